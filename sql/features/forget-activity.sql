-- Forgets one day of activity before it is built again. Grain: the partition.
ALTER TABLE activity DROP PARTITION {day:String}
