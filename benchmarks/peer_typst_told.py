"""Bare Typst, told which cells have words that need to be hyphenated: see ``peer_typst``."""

from __future__ import annotations

from functools import partial

import peer_typst
from peer_typst import SUFFIX, load

__all__ = ["SUFFIX", "draw", "load"]

draw = partial(peer_typst.draw, told=True)
