-- Forgets keys of texts that are not wrapped by a wrapping key. Grain: the row.
ALTER TABLE text_keys DELETE WHERE wrapping != {wrapping:String} SETTINGS mutations_sync = 1
