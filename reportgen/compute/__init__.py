"""Content and form to figures: exact, without files, clock or formatting."""
