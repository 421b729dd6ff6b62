-- When did the latest exchange happen? Grain: one row; no exchanges: 0. Cost: the time column of one day.
SELECT toUInt32(toUnixTimestamp(max(time))) AS latest FROM exchanges WHERE day = (SELECT max(day) FROM exchanges)
