-- How many lines about other accounts name one in `forgetting` as their parent? Grain: one row.
SELECT count() AS lines FROM accounts WHERE parent IN (SELECT account FROM forgetting)
