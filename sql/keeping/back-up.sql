-- Writes all tables to a folder, as of one moment, but kept text and its keys: what is forgotten is then in no backup. Grain: the database. Cost: a copy of it.
BACKUP DATABASE default EXCEPT TABLES sealed_texts, text_keys TO File({path:String})
