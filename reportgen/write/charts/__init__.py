"""Charts as pictures: one drawing for HTML and both PDF engines, one description for Office."""
