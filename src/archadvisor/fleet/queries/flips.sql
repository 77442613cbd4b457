-- The outcomes that differ between two runs, of workloads that both could use; a decision that is not made has no row.
WITH shared AS (
    SELECT DISTINCT uri FROM decisions
    INTERSECT
    SELECT DISTINCT uri FROM other_decisions
),
before AS (SELECT * FROM decisions SEMI JOIN shared USING (uri)),
after AS (SELECT * FROM other_decisions SEMI JOIN shared USING (uri))
SELECT
    coalesce(before.decision, after.decision) AS decision,
    CASE WHEN before.uri IS NULL THEN 'not asked' ELSE coalesce(before.option, 'no answer') END AS was,
    CASE WHEN after.uri IS NULL THEN 'not asked' ELSE coalesce(after.option, 'no answer') END AS becomes,
    coalesce(before.uri, after.uri) AS uri,
    coalesce(before.team, after.team) AS team,
    coalesce(before.subject, after.subject) AS subject
FROM before
FULL JOIN after
    ON before.uri = after.uri
    AND before.decision = after.decision
    AND before.subject IS NOT DISTINCT FROM after.subject
WHERE before.uri IS NULL OR after.uri IS NULL OR before.option IS DISTINCT FROM after.option
ORDER BY decision, was, becomes, uri, subject NULLS FIRST
