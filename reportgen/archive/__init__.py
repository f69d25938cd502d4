"""An archive of signed packages: bags, an index, a journal; nothing in it is ever changed."""
