-- Forgets one day of pairs before it is built again. Grain: the partition.
ALTER TABLE pairs DROP PARTITION {day:String}
