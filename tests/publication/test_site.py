"""The site: pages that anybody can read, links that lead somewhere, nothing from outside."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import bs4
import html5lib
import pytest
from overlays import ROOT, small

from reportgen.build import publish
from reportgen.cli import main
from reportgen.publication import pages
from reportgen.publication.facts import alphabetical
from reportgen.publication.pages import SiteView
from reportgen.publication.soundness import page_faults
from reportgen.publication.templates import TEMPLATES
from reportgen.publication.views import print_size
from reportgen.publication.way_back import with_way_back
from reportgen.write.frame import FrameError

Said = Callable[..., tuple[int, str, str]]

DONE, MISTAKES, ENVIRONMENT = 0, 1, 2
HOSTILE = "=HYPERLINK('http://x.example') </h2><script>alert(1)</script> & {{ 7 * 7 }}"
POLICY = "default-src 'none'"


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str]) -> Said:
    """Run the program and return its exit code and what it prints."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main([*map(str, arguments)])
        out, err = capfd.readouterr()
        return code, out, err

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A village of two programmes."""
    return small(tmp_path / "project", "shkoly")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def soup(path: Path) -> bs4.BeautifulSoup:
    return bs4.BeautifulSoup(path.read_bytes(), "html5lib")


def own_pages(site: Path) -> list[Path]:
    top = [site / "index.html", site / "executors.html", site / "periods.html"]
    return [*top, site / "data" / "index.html", *site.glob("programmes/*/index.html")]


def spoil(root: Path) -> None:
    period = root / "content" / "programmes" / "shkoly" / "2024-h1.yaml"
    text = period.read_text("utf-8").replace("actual: 18.0", "actual: багато")
    period.write_text(text, encoding="utf-8")


# what is there


def test_every_report_is_there_in_every_format(shipped_site: Path) -> None:
    there = set(contents(shipped_site))
    reports = {
        ("social-protection", "2023-h1"),
        ("equal-opportunities", "2023"),
        ("socioeconomic", "2024-h1"),
        ("concept", "2023"),
    }
    for form in ("html", "docx", "xlsx", "pdf"):
        assert {f"programmes/{slug}/{period}.{form}" for slug, period in reports} <= there
        assert {f"consolidated/{period}.{form}" for _, period in reports} <= there
    assert {"index.html", "executors.html", "data/datapackage.json", "site.json"} <= there


def test_the_files_are_those_that_were_built(shipped_site: Path) -> None:
    built = shipped_site.parent / "output" / "social-protection"
    published = shipped_site / "programmes" / "social-protection"
    for form in ("docx", "xlsx", "pdf"):
        name = f"2023-h1.{form}"
        assert (published / name).read_bytes() == (built / name).read_bytes()
    page, page_built = ((one / "2023-h1.html").read_text("utf-8") for one in (published, built))
    without_way = re.sub(r"<style>\.site-way .*</style>\n|\n<nav .*</nav>", "", page)
    assert without_way == page_built != page


def test_pages_of_reports_lead_back_to_the_site(shipped_site: Path) -> None:
    paths = set(contents(shipped_site))
    ways = {
        "programmes/*/2*.html": ["index.html", "programmes/{}/index.html"],
        "consolidated/*.html": ["index.html", "periods.html"],
    }
    for pattern, wanted in ways.items():
        for path in shipped_site.glob(pattern):
            name = path.relative_to(shipped_site).as_posix()
            page = soup(path)
            [policy] = page.select("meta[http-equiv=Content-Security-Policy]")
            faults = page_faults(name, path.read_bytes(), paths, str(policy["content"]))
            astray = [one for one in faults if "адреса «" in one]
            assert all("адреса «data:image/" in one for one in astray)  # charts
            addresses = [str(one["href"]) for one in page.select("nav a")]
            led = [(path.parent / one).resolve() for one in addresses]
            there = [shipped_site / one.format(path.parent.name) for one in wanted]
            assert led == [one.resolve() for one in there]
            assert ".site-way { display: none }" in path.read_text("utf-8")


def test_a_page_of_unusual_tags_is_left_alone() -> None:
    assert with_way_back(b"<p>x</p>", [("a.html", "A")]) == b"<p>x</p>"


def test_programmes_and_executors_lead_to_each_other(shipped_site: Path) -> None:
    first = soup(shipped_site / "index.html")
    named = [one.get_text() for one in first.select(".card h2")]
    assert named[0].startswith("Комплексна Програма соціального захисту")
    assert len(named) == 4
    executors = soup(shipped_site / "executors.html")
    cards = {one.h2.get_text(): one for one in executors.select(".card") if one.h2}
    department = cards["Департамент соціальної політики Житомирської міської ради"]
    assert [one.get_text() for one in department.select("h3")] == [
        "Відповідає за програми",
        "Виконує заходи програм",
    ]
    order = [*cards]
    assert order == sorted(order, key=alphabetical)


def test_a_programme_shows_its_money(shipped_site: Path) -> None:
    page = soup(shipped_site / "programmes" / "social-protection" / "index.html")
    [row] = page.select("tbody tr")
    texts = [" ".join(one.get_text().split()) for one in row.find_all(["th", "td"])]
    assert texts[:4] == ["За I півріччя 2023 року", "515 595,8", "451 977,3", "87,7"]
    assert "Рішення Житомирської міської ради" in page.get_text()
    assert "від 24.12.2020 № 35, зі змінами" in page.get_text()


# how it is made


def test_every_page_is_valid_html(shipped_site: Path) -> None:
    there = [*shipped_site.rglob("*.html")]
    assert len(there) == len(own_pages(shipped_site)) + 4 + 3
    for path in there:
        html5lib.HTMLParser(strict=True).parse(path.read_bytes(), transport_encoding="utf-8")


def test_every_link_leads_to_a_file_of_the_site(shipped_site: Path) -> None:
    for path in own_pages(shipped_site):
        page = soup(path)
        addresses = [str(one[name]) for name in ("href", "src") for one in page.select(f"[{name}]")]
        assert addresses
        for address in addresses:
            parts = urlsplit(address)
            assert not parts.scheme
            assert not parts.netloc
            assert not address.startswith("/")
            if parts.path:
                target = (path.parent / unquote(parts.path)).resolve()
                assert target.is_relative_to(shipped_site.resolve())
                assert target.is_file()
            else:
                assert page.find(id=parts.fragment)


def test_every_file_can_be_reached(shipped_site: Path) -> None:
    reached = {path for page in own_pages(shipped_site) for path in linked(page)}
    there = {path.resolve() for path in shipped_site.rglob("*") if path.is_file()}
    assert there - reached == {(shipped_site / "site.json").resolve()}


def linked(page: Path) -> list[Path]:
    addresses = (urlsplit(str(one["href"])).path for one in soup(page).select("a[href]"))
    return [(page.parent / address).resolve() for address in addresses]


def test_every_page_lets_in_nothing_else(shipped_site: Path) -> None:
    for path in shipped_site.rglob("*.html"):
        page = soup(path)
        [policy] = page.select("meta[http-equiv=Content-Security-Policy]")
        assert str(policy["content"]).startswith(POLICY)
        assert not page.select("link, iframe, object, embed, form, base")
        addresses = [one.get("src") or one.get("srcset") for one in page.select("[src], [srcset]")]
        assert all(str(one).startswith("data:image/svg+xml;base64,") for one in addresses)
    for path in own_pages(shipped_site):
        text = path.read_text("utf-8")
        assert not re.search(r"https?:|//[a-z]", text.replace("/* ", ""))


def test_lists_work_without_scripts(shipped_site: Path) -> None:
    page = soup(shipped_site / "index.html")
    [search] = page.select(".search")
    assert search.has_attr("hidden")
    assert not page.select(".card[hidden]")


def test_pages_speak_to_those_who_listen(shipped_site: Path) -> None:
    for path in own_pages(shipped_site):
        page = soup(path)
        assert page.html
        assert page.html["lang"] == "uk"
        assert page.title
        assert len(page.select("h1")) == 1
        levels = [int(one.name[1]) for one in page.select("h1, h2, h3")]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert page.select("main")
        for one in page.select("th"):
            assert one["scope"]
        for one in page.select("input"):
            assert page.select(f"label[for={one['id']}]")
        assert not page.select("nav [aria-current]") or len(page.select("[aria-current]")) == 1


@pytest.mark.tool("chromium")
def test_search_finds_programmes_by_executor(shipped_site: Path) -> None:
    address = f"{(shipped_site / 'index.html').as_uri()}?q=служба+ДІТЕЙ"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", address]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    page = bs4.BeautifulSoup(done.stdout, "html5lib")
    shown = [one.h2.get_text() for one in page.select(".card:not([hidden])") if one.h2]
    assert len(shown) == 1
    assert "територія рівних можливостей" in shown[0]
    [found] = page.select("#found")
    assert found.get_text() == "Знайдено: 1 із 4"


# what is asked for


def test_the_same_content_gives_the_same_site(say: Said, project: Path, tmp_path: Path) -> None:
    sites = []
    for seed in ("1", "2"):
        site = tmp_path / f"site-{seed}"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "reportgen", "publish", "shkoly", "--root", project]
        subprocess.run([*command, "--output", site], env=environment, check=True, text=True)
        sites.append(contents(site))
    assert sites[0] == sites[1]
    assert say("publish", "--root", project, "shkoly", "--output", tmp_path / "site-1")[0] == DONE
    assert contents(tmp_path / "site-1") == sites[0]


def test_what_is_asked_for_is_published(say: Said, project: Path) -> None:
    code, out, _ = say("publish", "--root", project, "shkoly", "--period", "2024-h1")
    assert code == DONE
    site = project / "output" / "site"
    assert f"Оприлюднено 1 звіт: 19 файлів у теці {site}" in out
    assert [path.name for path in (site / "programmes").iterdir()] == ["shkoly"]
    code, _, err = say("publish", "--root", project, "--period", "2023")
    assert code == ENVIRONMENT
    assert "немає звіту за період «2023»; є: 2024-h1" in err


def test_a_report_with_errors_is_not_published_and_the_site_says_so(
    say: Said, project: Path
) -> None:
    site = project / "output" / "site"
    assert say("publish", "--root", project, "--jobs", 1)[0] == DONE
    assert (site / "programmes" / "shkoly").is_dir()
    spoil(project)
    code, out, err = say("publish", "--root", project, "--jobs", 1)
    assert code == MISTAKES
    assert "Не оприлюднено через помилки: shkoly/2024-h1" in err
    assert "помилка[amount-invalid]" in err
    assert "Оприлюднено 1 звіт" in out
    assert not (site / "programmes" / "shkoly").exists()
    told = soup(site / "index.html").select_one(".refused")
    assert told
    assert "shkoly" in told.get_text()
    assert "за I півріччя 2024 року" in told.get_text()
    assert b"shkoly" not in (site / "data" / "figures.csv").read_bytes()


def test_a_programme_without_a_published_report_is_listed_all_the_same(
    say: Said, project: Path
) -> None:
    spoil(project)
    content = project / "content"
    passport = (content / "programmes" / "shkoly" / "programme.yaml").read_text("utf-8")
    begun = content / "programmes" / "begun" / "programme.yaml"
    begun.parent.mkdir()
    begun.write_text(passport.replace("«shkoly»", "«begun»"), encoding="utf-8")
    executors = content / "registers" / "executors.yaml"
    text = executors.read_text("utf-8").replace("ради}", 'ради, code: "04053625"}')
    executors.write_text(text, encoding="utf-8")
    register = content / "registers" / "programmes.yaml"
    entry = "opalennia: {name: Програма опалення, executor: viddil-kultury}\n"
    register.write_text(entry, encoding="utf-8")
    say("publish", "--root", project, "--jobs", 1)
    site = project / "output" / "site"
    with (site / "data" / "programmes.csv").open(encoding="utf-8", newline="") as stream:
        lines = {one["identifier"]: one for one in csv.DictReader(stream)}
    assert {*lines} == {"biblioteky", "begun", "shkoly", "opalennia"}
    known = ("publisherName", "orderDateAccepted", "yearFrom", "executorName", "executorIdentifier")
    for slug in ("begun", "shkoly"):
        assert slug in lines[slug]["title"]
        assert [lines[slug][one] for one in known] == [lines["biblioteky"][one] for one in known]
        assert (lines[slug]["url"], lines[slug]["reportUrls"]) == ("", "")
    assert [lines["opalennia"][one] for one in known[3:]] == [
        "Відділ культури Вербівської сільської ради",
        "04053625",
    ]
    told = soup(site / "index.html").find(id="unreported")
    assert told
    assert told.parent
    named = [one.get_text() for one in told.parent.select("li")]
    assert len(named) == 2
    assert "«begun»" in named[0]
    assert "«shkoly»" in named[1]


def test_without_a_sound_report_the_old_site_stays(say: Said, project: Path) -> None:
    asked = ("publish", "--root", project, "shkoly")
    assert say(*asked)[0] == DONE
    before = contents(project / "output" / "site")
    spoil(project)
    code, out, err = say(*asked)
    assert (code, out) == (MISTAKES, "")
    assert err.endswith("Сайт не змінено.\n")
    assert contents(project / "output" / "site") == before


def test_hostile_names_are_but_text(say: Said, project: Path) -> None:
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    for file, old in (
        ("content/programmes/shkoly/programme.yaml", r"name: .*"),
        ("content/registers/executors.yaml", r"name: [^,}]*"),
    ):
        path = project / file
        text = re.sub(old, f"name: {quoted}", path.read_text("utf-8"), count=1)
        path.write_text(text, encoding="utf-8")
    _, out, err = say("publish", "--root", project, "--jobs", 1)
    assert "Оприлюднено" in out, err
    site = project / "output" / "site"
    for page in own_pages(site):
        assert len(soup(page).select("script")) == 1
        html5lib.HTMLParser(strict=True).parse(page.read_bytes(), transport_encoding="utf-8")
    assert HOSTILE in soup(site / "index.html").get_text()
    assert HOSTILE in soup(site / "executors.html").get_text()
    table = (site / "data" / "programmes.csv").read_text("utf-8")
    assert "'=HYPERLINK" in table
    assert not re.search(r"(?m)(^|,)\"?=", table)


# templates of a council's own


SHIPPED = {name: (ROOT / "templates" / "site" / name).read_text("utf-8") for name in TEMPLATES}
SHOWN = SiteView("Рада", "Ради", (), (), (), (), (), ())


def faults(templates: dict[str, str]) -> list[str]:
    """Return what is wrong with the pages that templates make, or with themselves."""
    try:
        made = pages.render_pages(SHOWN, templates)
        policy = pages.policy_of(templates)
    except FrameError as error:
        return [f"{error.file}:{error.line}: {error}"]
    paths = {*made, "data/datapackage.json"}
    return [one for path, page in made.items() for one in page_faults(path, page, paths, policy)]


def test_the_shipped_templates_are_sound() -> None:
    assert faults(SHIPPED) == []


@pytest.mark.parametrize(
    ("place", "new", "told"),
    [
        ("layout.html.j2|</main>", "</main><img src='https://x.example/a.png'>", "нікуди"),
        ("layout.html.j2|</main>", "</main><iframe></iframe>", "тегу «iframe»"),
        ("layout.html.j2|<main", "<main onclick='x()'", "атрибута «onclick»"),
        ("layout.html.j2|{{ policy }}", "default-src *", "Content-Security-Policy"),
        (
            "layout.html.j2|<title>",
            "<meta http-equiv='refresh' content='0;url=https://e.example/'><title>",
            "http-equiv",
        ),
        ("layout.html.j2|<head>", "<head><script>alert(1)</script>", "не перше"),
        ("layout.html.j2|</main>", "<script>alert(1)</script></main>", "у файлі search.js"),
        ("layout.html.j2|</main>", "<style>*{color:red}</style></main>", "у файлі site.css"),
        ("layout.html.j2|<main", "<main style='background:url(x.png)'", "атрибута «style»"),
        ("layout.html.j2| lang=", " data-lang=", "немає мови"),
        ("layout.html.j2|</main>", "</div>", "не чинний HTML"),
        ("index.html.j2|<h1>", "<h1><a href='nowhere.html'>x</a>", "«nowhere.html»"),
        ("index.html.j2|<h1>", "<h1>{{ site.secret }}", "index.html.j2:5: "),
        ("index.html.j2|<h1>", "<h1>{{ site.secret }}", "немає поля «secret»"),
        ("index.html.j2|<h1>", "<h1>{{ ''.__class__ }}", "поле «__class__»"),
        ("index.html.j2|<h1>", "<h1>{% if %}", "index.html.j2:5: "),
        ("index.html.j2|<h1>", "<h1>{{ 'x' * 'y' }}", "index.html.j2:5: "),
        ("index.html.j2|layout.html.j2", "other.html.j2", "Немає шаблону «other.html.j2»"),
        ("site.css|.card", "</style><script>", "тут не може бути"),
        ('search.js|"use strict";', "</script>", "search.js:3: тут не може бути"),
    ],
)
def test_a_template_that_spoils_pages_is_refused(place: str, new: str, told: str) -> None:
    name, _, old = place.partition("|")
    assert old in SHIPPED[name]
    found = faults({**SHIPPED, name: SHIPPED[name].replace(old, new, 1)})
    assert any(told in one for one in found), found


def test_figures_that_change_meanwhile_are_told(
    say: Said, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is published as data is reckoned after the pages were built, and must be the same."""
    report = project / "content" / "programmes" / "shkoly" / "2024-h1.yaml"
    add = publish.add_pages

    def late(*given: Any) -> Any:
        report.write_text(report.read_text("utf-8").replace("18.0", "17.0"), encoding="utf-8")
        return add(*given)

    monkeypatch.setattr(publish, "add_pages", late)
    code, _, err = say("publish", "--root", project)
    assert code == ENVIRONMENT
    assert "shkoly/2024-h1: дані змінилися, поки складався сайт" in err
    assert not (project / "output" / "site").exists()


def test_without_sound_templates_there_is_no_site(say: Said, project: Path) -> None:
    own = project / "templates" / "site" / "index.html.j2"
    own.parent.mkdir()
    own.write_text(SHIPPED["index.html.j2"].replace("<h1>", "<h1>{{ x }}"), encoding="utf-8")
    code, _, err = say("publish", "--root", project, "biblioteky")
    assert code == MISTAKES
    assert "templates/site/index.html.j2:5:1: помилка[template-invalid]" in err
    assert err.endswith("Сайт не змінено.\n")
    assert not (project / "output" / "site").exists()


def test_a_council_may_dress_its_site(say: Said, project: Path) -> None:
    own = project / "templates" / "site" / "layout.html.j2"
    own.parent.mkdir()
    text = (ROOT / "templates" / "site" / "layout.html.j2").read_text("utf-8")
    link = '<footer><p><a href="https://rada.example/">Сайт ради</a></p>'
    own.write_text(text.replace("<footer>", link), encoding="utf-8")
    code, _, err = say("publish", "--root", project, "shkoly")
    assert code == DONE, err
    assert "Сайт ради" in (project / "output" / "site" / "index.html").read_text("utf-8")


def test_a_template_elsewhere_is_refused(say: Said, project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("таємниця", encoding="utf-8")
    own = project / "templates" / "site"
    own.mkdir()
    (own / "site.css").symlink_to(tmp_path / "secret")
    code, _, err = say("publish", "--root", project, "shkoly")
    assert code == MISTAKES
    assert "templates/site/site.css:1:1: помилка[file-outside]" in err
    assert not (project / "output" / "site").exists()


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (b"<a href='b.html'>x</a>", ()),
        (b"<a href='../b.html'>x</a>", ("../b.html",)),
        (b"<a href='//x.example'>x</a>", ("//x.example",)),
        (b"<a href='javascript:alert(1)'>x</a>", ("javascript:",)),
        (b"<a href='#here' id='here'>x</a>", ()),
        (b"<a href='#there'>x</a>", ("#there",)),
        (b"<a href='http://[x'>x</a>", ("http://[x",)),
        (b"<img alt='' src='data:image/png;base64,AA=='>", ()),
        (b"<img alt='' src='data:text/html,x'>", ("data:text/html",)),
    ],
)
def test_links_are_judged(page: bytes, told: tuple[str, ...]) -> None:
    head = b"<!DOCTYPE html><html lang=uk><meta http-equiv=Content-Security-Policy content=p>"
    title = b"<title>x</title>"
    faults = [*page_faults("a.html", head + title + page, {"a.html", "b.html"}, "p")]
    assert len(faults) == len(told)
    assert all(one in fault for one, fault in zip(told, faults, strict=True))


def test_sizes_as_people_read_them() -> None:
    assert [print_size(one) for one in (0, 1023, 1025, 1572864)] == [
        *("0 Б", "1023 Б"),
        *("2 КБ", "1,5 МБ"),
    ]


def test_the_alphabet_is_ukrainian() -> None:
    names = ["Ящик", "їжак", "Іній", "Ґанок", "Гай", "«Єдність»", "Дім"]
    assert sorted(names, key=alphabetical) == [
        *("Гай", "Ґанок", "Дім", "«Єдність»", "Іній", "їжак", "Ящик"),
    ]
