-- What does a Parquet file say, as canonical lines? Grain: one row a row, as JSON. Cost: one read of the file, streamed.
SELECT formatRowNoNewline('JSONEachRow', *) AS line FROM file({path:String}, 'Parquet')
SETTINGS date_time_output_format = 'iso', output_format_json_named_tuples_as_objects = 1
