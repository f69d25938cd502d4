"""Official Ukrainian programme reports from structured YAML."""

from __future__ import annotations

__version__ = "0.1.0"
