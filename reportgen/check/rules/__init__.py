"""Rules that a careful secretary would know, by matter. A report that breaks one is still drawn."""

from __future__ import annotations
