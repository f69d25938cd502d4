"""Document to bytes, one module for each format. Nothing here reads content or decides text."""
