-- When a line was rejected: retention counts from then.
ALTER TABLE rejected ADD COLUMN IF NOT EXISTS heard Date DEFAULT today()
