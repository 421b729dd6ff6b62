-- With which keys are these accounts' texts sealed? Grain: account × day of deletion.
SELECT until, account, toString(wrapping) AS wrapping, wrapped FROM text_keys FINAL WHERE account IN {accounts:Array(String)} ORDER BY until, account
