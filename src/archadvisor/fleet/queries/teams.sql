-- What each team has: workloads, decisions and findings that are not accepted; without a team last.
WITH decided AS (
    SELECT team, count(DISTINCT uri) AS workloads, count(*) AS decisions, count(*) FILTER (NOT settled) AS provisional
    FROM decisions
    GROUP BY team
),
found AS (
    SELECT
        team,
        count(*) FILTER (severity = 'error') AS errors,
        count(*) FILTER (severity = 'warning') AS warnings,
        count(*) FILTER (severity = 'note') AS notes
    FROM findings
    WHERE NOT accepted
    GROUP BY team
),
refused AS (
    SELECT team, count(DISTINCT uri) AS unusable
    FROM diagnostics
    GROUP BY team
),
every AS (
    SELECT team FROM decided UNION SELECT team FROM found UNION SELECT team FROM refused
)
SELECT
    every.team,
    coalesce(workloads, 0) AS workloads,
    coalesce(decisions, 0) AS decisions,
    coalesce(provisional, 0) AS provisional,
    coalesce(errors, 0) AS errors,
    coalesce(warnings, 0) AS warnings,
    coalesce(notes, 0) AS notes,
    coalesce(unusable, 0) AS unusable
FROM every
LEFT JOIN decided ON decided.team IS NOT DISTINCT FROM every.team
LEFT JOIN found ON found.team IS NOT DISTINCT FROM every.team
LEFT JOIN refused ON refused.team IS NOT DISTINCT FROM every.team
ORDER BY errors DESC, warnings DESC, notes DESC, every.team NULLS LAST
