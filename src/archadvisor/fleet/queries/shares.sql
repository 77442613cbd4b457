-- How often each option is advised: one row an option of a decision, the most frequent first.
SELECT
    decision,
    option,
    count(*) AS outcomes,
    sum(count(*)) OVER (PARTITION BY decision) AS of_all,
    count(DISTINCT uri) AS workloads,
    count(*) FILTER (NOT settled) AS provisional
FROM decisions
GROUP BY decision, option
ORDER BY decision, outcomes DESC, option NULLS LAST
