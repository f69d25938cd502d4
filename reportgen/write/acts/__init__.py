"""Drafts of acts: a council's wording, filled with computed figures, becomes a document.

The wording is a text with tags of Jinja; whoever draws the document knows nothing of either.
"""

from __future__ import annotations

from reportgen.write.acts.making import Act, make_act
from reportgen.write.acts.values import Reported, act_values

__all__ = ["Act", "Reported", "act_values", "make_act"]
