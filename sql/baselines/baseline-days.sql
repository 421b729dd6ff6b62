-- On which days is there traffic? Grain: day. Cost: activity.
SELECT toString(day) AS day, toUInt32(toUnixTimestamp(toDateTime(day, 'UTC'))) AS start FROM activity GROUP BY day ORDER BY day
