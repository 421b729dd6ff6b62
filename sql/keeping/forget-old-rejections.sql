-- Forgets rejected lines recorded before a day. Grain: the line.
ALTER TABLE rejected DELETE WHERE heard < {before:Date} SETTINGS mutations_sync = 1
