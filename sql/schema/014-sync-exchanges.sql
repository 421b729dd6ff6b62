-- Rows are on disk before an insert is answered: the only other copy of them, a segment, is removed right after.
ALTER TABLE exchanges MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1
