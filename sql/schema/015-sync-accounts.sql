-- A line about an account is acknowledged when its insert is answered, so its rows must be on disk by then.
ALTER TABLE accounts MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1
