"""``content/packages/<id>.yaml``: what goes to a session, and in what order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reportgen.diagnostics import Span, finding, quoted, reason
from reportgen.load.content import Content
from reportgen.load.fields import Fields, Found
from reportgen.load.names import bare, is_leftover, misnamed
from reportgen.load.scalars import SLUG_HINT, boolean, date, is_slug, period, slug, text
from reportgen.load.values import official_of
from reportgen.load.words import suggest
from reportgen.load.yaml_file import load_yaml
from reportgen.model.council import Council, Official
from reportgen.model.package import Adopted, Annex, Package, Session
from reportgen.model.period import Period
from reportgen.source import Mapping, Node

FOLDER = "content/packages"
_ENDING = ".yaml"


def package_files(root: Path, found: Found) -> list[Path]:
    """Return the files of packages by name, and tell of those that are called otherwise."""
    folder = root / FOLDER
    if not folder.is_dir():
        return []
    try:
        paths = sorted(path for path in folder.iterdir() if not is_leftover(path.name))
    except OSError as error:
        found.append(
            finding("file-unreadable", Span(FOLDER), f"тека не читається: {reason(error)}")
        )
        return []
    for path in paths:
        right = bare(path.name)
        if path.suffix == _ENDING and not is_slug(path.stem):
            message = f"{quoted(path.name)} — не назва пакета"
            place = Span(f"{FOLDER}/{path.name}")
            found.append(finding("name-invalid", place, message, SLUG_HINT))
        elif path.suffix.lower() in (".yml", _ENDING) and path.suffix != _ENDING and is_slug(right):
            found.append(misnamed(FOLDER, path.name, right + _ENDING))
    return [path for path in paths if path.suffix == _ENDING and is_slug(path.stem)]


def load_package(
    path: Path, council: Council, content: Content, found: Found, adopted: Adopted | None = None
) -> Package | None:
    """Load one package, as far as it can be read; all its mistakes are told at once.

    ``adopted`` stands for what the file says of the vote. With an error found the package is not
    to be made: of its annexes only those are there that have a report.
    """
    node = load_yaml(path, content.root, found)
    if node is None:
        return None
    package = _package(path.stem, node, council, content, found)
    if package is None:
        return None
    package = replace(package, adopted=adopted or package.adopted)
    _early(package, node, found, is_given=adopted is not None)
    return package


def _package(
    expected: str, node: Node, council: Council, content: Content, found: Found
) -> Package | None:
    official = official_of(council)
    with Fields(node, found) as fields:
        given = fields.optional("id", slug, expected)
        if given != expected:
            message = f"у файлі пакет «{given}», а файл зветься «{expected}{_ENDING}»"
            fields.report("name-invalid", "id", message, "виправте одне з двох")
        title = fields.required("title", _line, "")
        place = fields.optional("place", _line, "")
        session = _session(fields)
        adopted = _adopted(fields.node("adopted"), found)
        speaker: Official | None = fields.optional("speaker", official, None)
        signatory = fields.required("signatory", official, None)
        consolidated = fields.optional("consolidated", boolean, default=True)
        annexes = _annexes(fields, content, found)
    if session is None or signatory is None:
        return None
    _late(annexes, session, found)
    return Package(
        id=expected,
        council=council.genitive,
        title=title,
        place=place,
        session=session,
        adopted=adopted,
        speaker=speaker,
        signatory=signatory,
        annexes=annexes,
        consolidated=consolidated,
        span=fields.span,
    )


def _line(node: Node) -> str:
    """One line: breaks become blanks."""
    return " ".join(text(node).split())


def _session(fields: Fields) -> Session | None:
    with fields.inner("session") as inner:
        number = inner.required("number", _line, "")
        convocation = inner.required("convocation", _line, "")
        day = inner.required("date", date, None)
    return Session(number, convocation, day) if day else None


def _adopted(node: Node | None, found: Found) -> Adopted | None:
    if node is None:
        return None
    with Fields(node, found) as fields:
        number = fields.required("number", _line, "")
        day = fields.required("date", date, None)
    return Adopted(number, day) if day else None


def _early(package: Package, node: Node, found: Found, *, is_given: bool) -> None:
    """Tell of a decision before its session, where the file or the command dates it."""
    day, held = package.day, package.session.date
    if day >= held or not isinstance(node, Mapping):
        return
    message = f"рішення від {day:%d.%m.%Y}, а сесія — {held:%d.%m.%Y}"
    written = node.entries.get("adopted")
    if is_given:
        message, place = f"--adopted: {message}", node.key_spans["session"]
    else:
        place = written.key_spans["date"] if isinstance(written, Mapping) else package.span
    hint = "рішення ухвалюють на сесії: звірте обидві дати"
    found.append(finding("decision-early", place, message, hint))


def _annexes(fields: Fields, content: Content, found: Found) -> tuple[Annex, ...]:
    """Take the reports, numbered in their order; one that stands there already is told of."""
    known: dict[str, list[str]] = {}
    for one in content.sources:
        known.setdefault(one.slug, []).append(one.period.id)
    annexes: list[Annex] = []
    first: dict[tuple[str, Period], Span] = {}
    for node in fields.each("annexes", lambda one: one, required=True):
        with Fields(node, found) as entry:
            name = entry.required("programme", slug, "")
            covered = entry.required("period", period, None)
            if name and name not in known:
                entry.report("reference-unknown", "programme", *_unknown(name, covered, content))
            elif name and covered and covered.id not in known[name]:
                message = f"звіту {name} за період {covered.id} немає"
                hint = f"є: {', '.join(known[name])}"
                entry.report("reference-unknown", "period", message, hint)
        if not name or covered is None:
            continue
        if covered.id not in known.get(name, ()):
            continue
        if (name, covered) in first:
            message = f"звіт {name} за {covered} у цьому пакеті вже є"
            places = ((first[name, covered], "уперше тут"),)
            hint = "залиште одне з двох"
            found.append(finding("value-choice", node.span, message, hint, places))
            continue
        first[name, covered] = node.span
        annexes.append(Annex(len(annexes) + 1, name, covered, node.span))
    return tuple(annexes)


def _unknown(name: str, covered: Period | None, content: Content) -> tuple[str, str]:
    """Return what to say of a programme without reports, and a hint; it may have its passport."""
    if content.is_begun(name):
        hint = f"почніть його: reportgen new {name} {covered.id if covered else 'ПЕРІОД'}"
        return f"програма {quoted(name)} ще не має жодного звіту", hint
    known = {one.slug for one in content.sources}
    return f"програми {quoted(name)} немає в content/programmes", suggest(name, known)


def _late(annexes: Sequence[Annex], session: Session, found: Found) -> None:
    """Tell of reports of a time that had not passed when the session was held."""
    for one in annexes:
        if one.period.last_day >= session.date:
            message = f"період звіту закінчується {one.period.last_day:%d.%m.%Y}, після сесії"
            found.append(finding("decision-date", one.span, message, "перевірте дату сесії"))
