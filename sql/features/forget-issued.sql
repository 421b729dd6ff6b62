-- Forgets one day of issued before it is built again. Grain: the partition.
ALTER TABLE issued DROP PARTITION {day:String}
