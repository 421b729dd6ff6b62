-- Writes the shapes of the tables whose rows back-up.sql leaves out. Grain: the table.
BACKUP TABLE sealed_texts, TABLE text_keys TO File({path:String}) SETTINGS structure_only = 1
