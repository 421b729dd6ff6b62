-- Reads all tables back that back-up.sql wrote, into a warehouse without any but its empty list of migrations. Grain: the database.
RESTORE DATABASE default FROM File({path:String})
