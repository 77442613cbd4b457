-- Findings by rule: what is shown, what files accept, and how many workloads and teams it concerns.
SELECT
    rule,
    severity,
    count(*) FILTER (NOT accepted) AS findings,
    count(*) FILTER (accepted) AS accepted,
    count(DISTINCT uri) AS workloads,
    count(DISTINCT team) AS teams
FROM findings
GROUP BY rule, severity
ORDER BY findings DESC, rule, severity
