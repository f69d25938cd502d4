"""Tools for a form's author: the schema of what a form asks for, and placeholder content."""

from __future__ import annotations
