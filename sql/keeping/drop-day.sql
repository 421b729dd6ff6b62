-- Forgets one day of a table that is partitioned by days. Grain: the partition. Cost: none; the files go at once.
ALTER TABLE {table:Identifier} DROP PARTITION {day:String}
