"""What signed files, containers and archives prove; shares nothing with those who sign."""

from __future__ import annotations

from reportgen.verify.apart import judging_apart
from reportgen.verify.judge import judge
from reportgen.verify.trust import Trust, read_trust

__all__ = ["Trust", "judge", "judging_apart", "read_trust"]
