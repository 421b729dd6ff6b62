-- Which keys of texts are not wrapped by a wrapping key, after a key of another page? Grain: account × day of deletion, in order.
SELECT until, account, toString(wrapping) AS wrapping, wrapped FROM text_keys FINAL
WHERE wrapping != {wrapping:String} AND (until, account) > ({until:Date}, {account:String})
ORDER BY until, account
LIMIT {most:UInt32}
