"""EU DSS finds every level in what ``reportgen sign`` signs, by RSA and by ECDSA."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from authority import Authority
from dss import validate
from signed_project import DEPUTY, HEAD, REPORT, SEAL, SIGNING, built, described, passwords, sign
from small_project import write

__all__ = ["passwords"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.judge("dss"),
    pytest.mark.usefixtures("passwords"),
]

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")
ALL = (HEAD, DEPUTY, SEAL)


@pytest.mark.parametrize("which", ["authority", "rsa_authority"])
def test_every_level_is_what_it_says(
    tmp_path: Path, which: str, request: pytest.FixtureRequest
) -> None:
    authority: Authority = request.getfixturevalue(which)
    root = built(tmp_path, described(authority))
    found: dict[str, list[str]] = {}
    for level in LEVELS:
        write(root / SIGNING, described(authority, ALL, level))
        assert sign(root, "--replace", "--signed", str(tmp_path / level)) == 0
    files = [tmp_path / level / REPORT for level in LEVELS]
    for path, judged in validate(files, [authority.root], online=True).items():
        assert judged.fault is None
        found[path.parents[1].name] = [*judged.levels]
    # Only the last one has the stamp over the document, which covers the evidence of them all.
    assert found == {level: [f"PAdES-BASELINE-{level.removeprefix('B-')}"] * 3 for level in LEVELS}


def test_a_container_of_a_report_holds_for_dss(tmp_path: Path, authority: Authority) -> None:
    root = built(tmp_path, described(authority, ALL, "B-LTA"))
    assert sign(root, "--container") == 0
    path = root / "signed" / "biblioteky" / "2024-h1.asice"
    judged = validate([shutil.copy(path, tmp_path / "zvit.asice")], [authority.root])
    [seen] = judged.values()
    assert [*seen.levels] == ["CAdES-BASELINE-LTA"] * 3
    assert {"2024-h1.pdf", "2024-h1.yaml", "programme.yaml"} <= set(seen.contents)
