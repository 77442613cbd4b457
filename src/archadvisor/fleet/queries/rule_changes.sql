-- Findings that only one of two runs has, by rule, of workloads that both could use; accepted ones do not count.
WITH shared AS (
    SELECT DISTINCT uri FROM decisions
    INTERSECT
    SELECT DISTINCT uri FROM other_decisions
),
before AS (
    SELECT rule, severity, uri, fingerprint FROM findings SEMI JOIN shared USING (uri) WHERE NOT accepted
),
after AS (
    SELECT rule, severity, uri, fingerprint FROM other_findings SEMI JOIN shared USING (uri) WHERE NOT accepted
)
SELECT
    coalesce(before.rule, after.rule) AS rule,
    count(*) FILTER (after.uri IS NULL) AS gone,
    count(*) FILTER (before.uri IS NULL) AS added,
    count(*) FILTER (before.severity <> after.severity) AS other_severity
FROM before
FULL JOIN after
    ON before.uri = after.uri AND before.rule = after.rule AND before.fingerprint = after.fingerprint
GROUP BY ALL
HAVING gone + added + other_severity > 0
ORDER BY gone + added + other_severity DESC, rule
