"""What all tests share: the project's own reports, and how tests that need a program behave."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

import authority as authorities
import pytest
from hypothesis import settings
from judges import held
from overlays import lay_out

from reportgen.build.prepare import Prepared, prepare
from reportgen.build.project import Project, open_project
from reportgen.cli import main
from reportgen.diagnostics import Diagnostic, as_text, has_errors
from reportgen.load import load_content

ROOT = Path(__file__).resolve().parent.parent
# Machines are noisy, so no example is timed. CI draws the same examples each time: what fails there
# must be the change, not the dice; every other run draws new ones.
settings.register_profile("reportgen", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("reportgen")

pytest.register_assert_rewrite("reading.compare")  # it compares, and so it must tell what differs

# Where no compiled modules may lie in the tree, each of the hundreds of processes that tests start
# would compile all that it imports; so they lie elsewhere. Workers and their children inherit it.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(ROOT / ".pytest_cache" / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

# What one test has found no other may remember; whoever tests memory gives it a folder.
os.environ["REPORTGEN_CACHE"] = ""
os.environ.pop("REPORTGEN_STARTED_AS", None)  # of whoever has started the tests

CORPUS = ROOT.parent / "shared" / "corpus"


def pytest_configure() -> None:
    """Give each of many workers a core of its own, and all that it starts.

    Else each of their commands would start a process for every core, which the others need.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if worker and hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[int(worker) % len(cores)]})


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what is there to stay: thousands of tests, modules."""
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write golden files anew")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without its program a test fails in CI and is skipped elsewhere, saying so."""
    for marker in item.iter_markers("tool"):
        for name in marker.args:
            if shutil.which(name) is None:
                _missing(f"потрібна програма {name}")
    for marker in item.iter_markers("judge"):
        for name in marker.args:
            if held(name) is None:
                _missing(f"немає {name} або Java (JDK) для нього: python3 tools/judges.py")
    if item.get_closest_marker("corpus") and not CORPUS.is_dir():
        pytest.skip("поруч немає ../shared/corpus")


def _missing(message: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def project() -> Project:
    """This repository as a project: its content and the shipped templates."""
    return open_project(ROOT)


@pytest.fixture(scope="session")
def reports(project: Project) -> Mapping[tuple[str, str], Prepared]:
    """Every shipped report, ready to be drawn, by (programme, period)."""
    found: list[Diagnostic] = []
    content = load_content(project.root, found)
    prepared = {
        (source.slug, source.period.id): prepare(source, content, project, None)
        for source in content.sources
    }
    found += [one for report in prepared.values() for one in report.found]
    assert not has_errors(found), "\n".join(as_text(one) for one in found)
    return prepared


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


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[authorities.Authority]:
    """Return a certification authority of ECDSA keys, with its services on loopback."""
    with authorities.running(tmp_path_factory.mktemp("ecdsa"), "ecdsa") as running:
        yield running


@pytest.fixture(scope="session")
def rsa_authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[authorities.Authority]:
    """Return one of RSA keys."""
    with authorities.running(tmp_path_factory.mktemp("rsa"), "rsa") as running:
        yield running
