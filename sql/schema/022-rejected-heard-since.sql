-- Writes the day down for the lines that are there; until then it is computed whenever it is read.
ALTER TABLE rejected MATERIALIZE COLUMN heard SETTINGS mutations_sync = 1
