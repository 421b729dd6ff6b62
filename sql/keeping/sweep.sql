-- Removes the files of rows that are deleted already: dropping a partition, even one that nobody has, takes every outdated part with it.
-- The engine would leave them for minutes, and for as long as nothing else happens.
ALTER TABLE {table:Identifier} DROP PARTITION ID 'none'
