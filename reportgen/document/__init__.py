"""The neutral document: what is printed and how it is arranged, for no file format."""
