-- Forgets the texts of one past day. Grain: the partition.
ALTER TABLE texts DELETE WHERE until < {today:Date} SETTINGS mutations_sync = 1
