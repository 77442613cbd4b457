-- How many workloads both runs could use, and how many only one of them.
SELECT
    count(*) FILTER (before.uri IS NOT NULL AND after.uri IS NOT NULL) AS shared,
    count(*) FILTER (after.uri IS NULL) AS only_here,
    count(*) FILTER (before.uri IS NULL) AS only_there
FROM (SELECT DISTINCT uri FROM decisions) AS before
FULL JOIN (SELECT DISTINCT uri FROM other_decisions) AS after ON before.uri = after.uri
