-- Findings that are not accepted, by team and rule.
SELECT team, rule, severity, count(*) AS findings, count(DISTINCT uri) AS workloads
FROM findings
WHERE NOT accepted
GROUP BY team, rule, severity
ORDER BY team NULLS LAST, findings DESC, rule, severity
