-- Makes the empty tables that back-up-shapes.sql wrote. Grain: the table.
RESTORE TABLE sealed_texts, TABLE text_keys FROM File({path:String})
