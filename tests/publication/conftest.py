"""Sites that tests look at: that of the shipped content, and those of a village."""

from __future__ import annotations

from pathlib import Path

import pytest
from overlays import lay_out

from reportgen.cli import main


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all shipped reports, with an official in the register who signs none of them."""
    root = lay_out(tmp_path_factory.mktemp("shipped"))
    officials = root / "content" / "registers" / "officials.yaml"
    with officials.open("a", encoding="utf-8") as stream:
        stream.write("inshyi: {position: Писар, given: Остап, surname: ТИХИЙ}\n")
    site = root / "www"
    assert main(["publish", "--root", str(root), "--output", str(site), "--jobs", "1"]) == 0
    return site
