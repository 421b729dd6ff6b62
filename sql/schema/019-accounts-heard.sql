-- When a line about an account came last: retention counts from then. What is there already counts from this migration's day (020).
ALTER TABLE accounts ADD COLUMN IF NOT EXISTS heard Date DEFAULT today()
