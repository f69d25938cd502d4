"""Passwords are taken out of the environment before anything else is started."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from authority import PASSWORD, Authority
from signed_project import built, described, passwords, sign

from reportgen.build.signing import Outcome, Plan
from reportgen.build.workers import processes
from reportgen.cli import passwords as withholding
from reportgen.cli import sign_command

__all__ = ["passwords"]

SHOWN = "import os; print([one for one in os.environ if 'PASSWORD' in one])"


def inherited() -> list[str]:
    return [name for name in os.environ if name.startswith("REPORTGEN_PASSWORD_")]


def test_no_child_inherits_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_PASSWORD_ZASTUPNYK_2", "таємниця")
    assert withholding.given("zastupnyk-2") is None
    with withholding.withheld():
        assert withholding.given("zastupnyk-2") == "таємниця"
        assert withholding.given("zastupnyk") is None
        child = subprocess.run([sys.executable, "-c", SHOWN], capture_output=True, check=True)
        assert child.stdout.decode().strip() == "[]"
        with processes(1).opened() as workers:
            assert workers.submit(inherited).result() == []
    assert inherited() == ["REPORTGEN_PASSWORD_ZASTUPNYK_2"]


@pytest.mark.usefixtures("passwords")
def test_what_signs_has_passwords_by_another_way(
    tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[str], tuple[str, ...]]] = []

    def watched(_: object, plan: Plan, **__: object) -> Generator[Outcome, None, None]:
        seen.append((inherited(), plan.secrets))
        yield from ()

    root = built(tmp_path, described(authority))
    monkeypatch.setattr(sign_command, "sign_files", watched)
    sign(root)
    assert seen == [([], (PASSWORD,))]
