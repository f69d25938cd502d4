"""Office documents that others made, read as tables of text with the place of every cell."""
