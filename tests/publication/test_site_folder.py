"""The site's folder: whole at every moment, and nobody else's file is ever lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from overlays import small

from reportgen.build import site_folder
from reportgen.build.site_folder import SiteFolder, check_site
from reportgen.cli import main
from reportgen.diagnostics import BrokenEnvironment

ENVIRONMENT = 2


def made(folder: Path, text: str = "перший") -> None:
    with SiteFolder(folder) as site:
        site.add("index.html", text.encode())
        site.add("data/figures.csv", b"a,")
        site.add("data/figures.csv", text.encode())
        site.replace()


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(params=["at once", "in two moves"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of changing folders: that of Linux, and that of other systems."""
    if request.param == "in two moves":
        monkeypatch.setattr(site_folder, "_exchange", lambda *_: False)


@pytest.mark.usefixtures("way")
def test_a_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    site = tmp_path / "www"
    made(site)
    with SiteFolder(site) as folder:
        folder.add("other.html", b"x")
        assert contents(site)["index.html"] == "перший"  # until all is there
        folder.replace()
    assert set(contents(site)) == {"other.html", "site.json"}
    assert [path.name for path in tmp_path.iterdir()] == ["www"]


@pytest.mark.usefixtures("way")
def test_an_empty_folder_may_be_a_site(tmp_path: Path) -> None:
    site = tmp_path / "www"
    site.mkdir()
    made(site)
    assert contents(site)["data/figures.csv"] == "a,перший"


@pytest.mark.usefixtures("way")
def test_a_site_that_is_not_finished_is_no_site(tmp_path: Path) -> None:
    site = tmp_path / "www"
    made(site)
    before = contents(site)
    with SiteFolder(site) as folder:
        folder.add("index.html", b"half")
    assert contents(site) == before
    assert [path.name for path in tmp_path.iterdir()] == ["www"]


def test_what_a_killed_run_has_left_is_put_right(tmp_path: Path) -> None:
    site = tmp_path / "www"
    made(site)
    site.rename(tmp_path / ".reportgen-site-www.old")  # killed between the two moves
    (tmp_path / ".reportgen-site-www.new").mkdir()
    (tmp_path / ".reportgen-site-www.new" / "half.html").write_bytes(b"half")
    with SiteFolder(site):
        assert contents(site)["index.html"] == "перший"
    assert contents(site)["index.html"] == "перший"
    made(site, "другий")
    assert contents(site)["index.html"] == "другий"
    assert [path.name for path in tmp_path.iterdir()] == ["www"]


@pytest.mark.parametrize("place", ["notes.txt", "data/notes.txt", "programmes/x/.htaccess"])
def test_a_file_of_somebody_else_stops_everything(tmp_path: Path, place: str) -> None:
    site = tmp_path / "www"
    made(site)
    (site / place).parent.mkdir(parents=True, exist_ok=True)
    (site / place).write_text("мої нотатки", encoding="utf-8")
    before = contents(site)
    with pytest.raises(BrokenEnvironment, match=place):
        check_site(site)
    with pytest.raises(BrokenEnvironment, match=place):
        made(site, "другий")
    assert contents(site) == before


def test_a_link_in_a_site_is_somebody_elses(tmp_path: Path) -> None:
    site = tmp_path / "www"
    made(site)
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"x")
    (site / "photos").symlink_to(tmp_path / "photos")
    with pytest.raises(BrokenEnvironment, match="photos"):
        made(site)
    assert (tmp_path / "photos" / "one.jpg").exists()


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "{}",
        "[]",
        '{"maker": "other", "files": {"index.html": ""}}',
        '{"maker": "reportgen publish"}',
        '{"maker": "reportgen publish", "files": 7}',
        json.dumps({"maker": "reportgen publish", "files": {"../notes.txt": ""}}),
    ],
)
def test_a_folder_that_only_looks_like_a_site_is_none(tmp_path: Path, mark: str) -> None:
    site = tmp_path / "www"
    site.mkdir()
    (site / "site.json").write_text(mark, encoding="utf-8")
    (site / "index.html").write_text("чужа сторінка", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("нотатки", encoding="utf-8")
    with pytest.raises(BrokenEnvironment):
        made(site)
    assert (site / "index.html").read_text("utf-8") == "чужа сторінка"
    assert (tmp_path / "notes.txt").exists()


def test_a_site_is_no_link_and_no_file(tmp_path: Path) -> None:
    made(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_bytes(b"x")
    for name in ("link", "file"):
        with pytest.raises(BrokenEnvironment, match="не тека"):
            check_site(tmp_path / name)


# the command


@pytest.mark.parametrize("place", ["", "content", "content/www", "templates", "output", "mine"])
def test_folders_that_are_no_place_for_a_site(
    tmp_path: Path, place: str, capfd: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path / "project")
    (root / "mine").mkdir()
    (root / "mine" / "notes.txt").write_text("нотатки", encoding="utf-8")
    before = contents(root)
    code = main(["publish", "--root", str(root), "--output", str(root / place)])
    assert code == ENVIRONMENT
    assert "--output" in capfd.readouterr().err
    assert contents(root) == before


def test_a_programme_may_be_called_site(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = small(tmp_path / "project", "site")
    assert main(["publish", "--root", str(root)]) == ENVIRONMENT
    assert "вкажіть у --output іншу" in capfd.readouterr().err
    asked = ["publish", "site", "--root", str(root), "--output", str(tmp_path / "www")]
    assert main(asked) == 0
    assert (tmp_path / "www" / "programmes" / "site" / "index.html").is_file()
