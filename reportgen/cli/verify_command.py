"""``reportgen verify``."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from reportgen.archive.bag_inspection import is_bag
from reportgen.archive.inspection import inspect, is_archive
from reportgen.build.project import open_project
from reportgen.cli.messages import show, tell
from reportgen.cli.verify_json import verdicts_json
from reportgen.cli.verify_text import verdicts_text
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, has_errors, natural, plural
from reportgen.load.council import load_council
from reportgen.load.signing import load_signing
from reportgen.model.kyiv import shown_day
from reportgen.model.verdict import Outcome, Verdict
from reportgen.verify import Trust, judging_apart, read_trust
from reportgen.verify.apart import FileJudge
from reportgen.verify.judge import SIGNED

_UNGUARDED = (
    "{}: чи не відрізано кінець журналу й чи не переписано його весь, без --head не видно: "
    "звірте останній рядок із записаним у протоколі або запишіть його й перевіряйте з ним"
)
_ENDING = (
    "{}: докази діють менше ніж {} {}, до {}: поновіть позначки часу командою archive renew, "
    "а файли поза архівом внесіть до нього або підпишіть знову рівнем B-LTA"
)


def run(options: argparse.Namespace) -> int:
    """Tell who signed what, when, and whether it is still so; nothing is fetched.

    The exit code is 0 when every signature of every file is valid and there is at least one of
    each, 1 otherwise. With ``--expires-within`` it is 1, too, when some do not hold for so long.
    """
    trust = _trust(options)
    if trust is None:
        return 1
    at = _moment(options.on)
    with judging_apart(trust, at) as judge:
        judged = (_judged(path, trust, judge, options.head or "") for path in options.paths)
        verdicts = [*chain.from_iterable(judged)]
    if options.format == "json":
        print(verdicts_json(verdicts))  # noqa: T201
    else:
        print(verdicts_text(verdicts, details=options.details))  # noqa: T201
    late = _ending(verdicts, at, options.expires_within)
    for one in late:
        tell(one)
    sound = bool(verdicts) and all(one.outcome is Outcome.VALID for one in verdicts)
    return 0 if sound and not late else 1


def _ending(
    verdicts: Sequence[Verdict], at: datetime.datetime, within: datetime.timedelta
) -> list[str]:
    """Tell which files have evidence that ends within a time, and what to do about it."""
    told = []
    for verdict in verdicts if within else ():
        end = min((one.holds_until for one in verdict.signed if one.holds_until), default=None)
        if end and end - at < within:
            days = plural(within.days, ("дня", "днів", "днів"))
            told.append(_ENDING.format(verdict.name, within.days, days, shown_day(end)))
    return told


def _moment(day: datetime.date | None) -> datetime.datetime:
    """Return the moment at which files have to hold: now, or the end of a day."""
    if day is None:
        return datetime.datetime.now(datetime.UTC)
    return datetime.datetime.combine(day, datetime.time.max, datetime.UTC)


def _trust(options: argparse.Namespace) -> Trust | None:
    """Return the roots that the call names, or else the project; ``None`` if these are unclear."""
    if options.trust:
        return read_trust(options.trust)
    root: Path = options.root
    if not (root / "content" / "signing.yaml").is_file():
        return Trust()
    project = open_project(root)
    found: list[Diagnostic] = []
    council = load_council(project.root, found)
    signing = load_signing(project.root, council, found) if council else None
    if has_errors(found):
        show(found, project)
        print("Нічого не перевірено: виправте показане.", file=sys.stderr)  # noqa: T201
        return None
    return read_trust(signing.trust if signing else ())


def _judged(path: Path, trust: Trust, judge: FileJudge, head: str) -> Iterator[Verdict]:
    """Yield what is found of a file, or of every signed file of a folder; a bag or an archive too.

    Of these two everything is judged that lies in them, whether it is signed or not.
    """
    if path.is_dir() and (is_bag(path) or is_archive(path)):
        roots = [one.dump() for one in trust.roots]
        yield from inspect(path, lambda one: judge(one, one.name), head=head, roots=roots)
        if not head and is_archive(path):
            print(_UNGUARDED.format(path), file=sys.stderr)  # noqa: T201
        return
    for file in _files(path):
        name = file.as_posix()
        if file.is_symlink() and file != path:
            yield Verdict(name, "", (), ("це посилання, а не файл: у теці таких не перевіряють",))
            continue
        yield judge(file, name)


def _files(path: Path) -> Sequence[Path]:
    """Return the file, or the signed files of a folder.

    A file beside which its signature lies need not be signed itself.

    Raises:
        BrokenEnvironment: for what is not there, and for a folder without signed files.
    """
    if not path.exists():
        raise BrokenEnvironment(f"немає файлу {path}: перевірте назву й теку")
    if not path.is_dir():
        return [path]
    found = [one for one in path.rglob("*") if one.suffix.lower() in SIGNED]
    if not found:
        raise BrokenEnvironment(f"у теці {path} немає підписаних файлів ({', '.join(SIGNED)})")
    return sorted(found, key=lambda one: natural(one.as_posix()))
