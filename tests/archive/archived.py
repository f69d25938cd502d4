"""Archives of small files for tests, and a judge that knows a signed file by its first bytes."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from reportgen.archive.bearing import may_bear
from reportgen.archive.description import Description, Held
from reportgen.archive.inspection import inspect
from reportgen.archive.journal import Entry, What
from reportgen.build.archive_folder import opened
from reportgen.build.bagging import Filling
from reportgen.model.verdict import Holder, Kind, Level, Outcome, Signed, Verdict

TIME = datetime.datetime(2024, 2, 16, 9, 30, tzinfo=datetime.UTC)
UNTIL = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)
HOLDER = Holder(
    name="Краснопір Вікторія Іванівна",
    position="директор департаменту",
    organisation="Департамент соціальної політики",
    code="03192737",
    serial="1A2B",
    issuer="Випробний КНЕДП",
    since=TIME - datetime.timedelta(days=300),
    until=TIME + datetime.timedelta(days=300),
)
FILES: Mapping[str, bytes] = {
    "book.pdf": b"%PDF-1.7 book" + bytes(range(256)) * 20,
    "book.pdf.p7s": b"\x30\x82 detached",
    "01-biblioteky.docx": b"PK docx" + b"\x00\x01" * 900,
    "manifest.json": b"{}\n",
}


def signed_by_head(name: str, until: datetime.datetime = UNTIL) -> Signed:
    return Signed(
        place=name,
        kind=Kind.SIGNATURE,
        outcome=Outcome.VALID,
        holder=HOLDER,
        level=Level.LTA,
        claimed=TIME,
        stamped=TIME,
        holds_until=until,
    )


def lenient(path: Path) -> Verdict:
    """Judge nothing: whatever is noticed is noticed by hashes."""
    return Verdict(path.name, "", (signed_by_head("Підпис1"),))


def described(
    filling: Filling, package: str = "sesiia-5", what: What = What.ADDED
) -> tuple[Description, str]:
    files = tuple(
        Held(
            name=name,
            called=name,
            size=told.size,
            sha256=told.sha256,
            pages=3 if name.endswith(".pdf") else 0,
            programme="Програма «Бібліотеки»" if name.startswith("01") else "",
            period="2024-h1" if name.startswith("01") else "",
            outcome=Outcome.VALID if may_bear(name) else None,
            signed=(signed_by_head(name),) if may_bear(name) else (),
        )
        for name, told in sorted(filling.payload.items())
    )
    description = Description(
        package=package,
        version=filling.version,
        what=what,
        time=TIME,
        council="Вербівська сільська рада",
        title="Про звіт про виконання програми",
        session="5 сесія VIII скликання, 30.08.2024",
        decision="№ 7 від 30.08.2024",
        files=files,
    )
    return description, "reportgen"


def add(
    folder: Path,
    package: str = "sesiia-5",
    files: Mapping[str, bytes] = FILES,
    describe: Callable[[Filling], tuple[Description, str]] | None = None,
) -> Entry:
    """Put a bag into an archive, and write its index."""
    with opened(folder) as archive:
        entry = archive.add(
            package, dict(files), describe or (lambda one: described(one, package)), "Олена Мельник"
        )
        archive.write_index()
        return entry


def archive(folder: Path) -> Path:
    """Return an archive of three bags: one package came twice."""
    add(folder)
    add(folder, "sesiia-6", {"book.pdf": b"%PDF six" * 50})
    add(folder, "sesiia-5", {**FILES, "manifest.json": b"{ }\n"})
    return folder


def faults(folder: Path, head: str = "") -> list[str]:
    """Return all that inspection finds wrong with a bag or an archive."""
    found = inspect(folder, lenient, head=head)
    return [f"{one.name}: {fault}" for one in found for fault in one.faults] + [
        f"{one.name}: {one.outcome.value}" for one in found if one.outcome is not Outcome.VALID
    ]


def remarks(folder: Path) -> list[str]:
    """Return all that is to be known of a bag or an archive, however sound it is."""
    return [said for one in inspect(folder, lenient) for said in one.remarks]


def held(folder: Path) -> dict[str, str]:
    """Return the hash of every file of an archive but the lock, by its place."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".reportgen.lock"
    }


def loosen(folder: Path) -> None:
    """Make all of an archive writable, as whoever tampers with it would."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
