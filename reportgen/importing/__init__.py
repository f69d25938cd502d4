"""A foreign report understood: its table, header, rows and figures become content."""
