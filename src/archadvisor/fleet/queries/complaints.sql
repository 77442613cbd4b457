-- The files that could not be used, with every reason.
SELECT uri, message, hint, line, "column"
FROM diagnostics
ORDER BY uri, line NULLS FIRST, "column" NULLS FIRST, message
