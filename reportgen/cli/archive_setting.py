"""What work on an archive needs: its folder, a judge, services, who does it and when."""

from __future__ import annotations

import argparse
import datetime
import getpass
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportgen.archive.dating import LATE, disagreements
from reportgen.archive.inspection import Judge
from reportgen.archive.journal import LARGEST
from reportgen.archive.listing import JOURNAL
from reportgen.archive.stamp import moment_of, stamped, token_name
from reportgen.build.archive_folder import ArchiveFolder, opened
from reportgen.build.files import check_output, put_in_place, read_regular
from reportgen.build.project import Project
from reportgen.cli.messages import tell
from reportgen.diagnostics import has_errors, reason
from reportgen.load import Content
from reportgen.load.fields import Found
from reportgen.load.signing import load_signing
from reportgen.sign.faults import SigningError
from reportgen.sign.services import read_roots, time_stamper
from reportgen.sign.stamping import DIGEST
from reportgen.verify import judge, read_trust


@dataclass(frozen=True, slots=True)
class Setting:
    """How one command works on an archive. ``roots`` are trusted certificates, DER."""

    folder: Path
    judge: Judge
    service: str  # the address of a time-stamping service; "" for none
    roots: tuple[bytes, ...]
    who: str
    now: datetime.datetime
    set_aside: bool  # whether a torn end of the journal is to be put into a file of its own
    again: bool  # whether to go on although a bag of the archive is damaged

    @contextmanager
    def opened(self) -> Iterator[ArchiveFolder]:
        """Hold the archive for this command, and tell what a killed one has left."""
        with opened(
            self.folder,
            set_aside=self.set_aside,
            stamps=bool(self.service),
            despite_damage=self.again,
            told=tell,
        ) as archive:
            for bag in archive.damaged:
                tell(f"{bag}: пакет зіпсовано або зник; так його й назве покажчик")
            yield archive

    def finish(self, archive: ArchiveFolder, *, stamp: bool = True) -> None:
        """Let the service stamp the journal's end, write the index, and tell the journal's hash.

        A service that does not answer spoils nothing: the next command asks it again, as long as
        its time-stamp would still say when the last line was written.
        """
        token = archive.folder / token_name(len(archive.journal.hashes))
        if stamp and self.service and not os.path.lexists(token):
            self._add_stamp(archive, token)
        archive.write_index()
        print(f"Останній рядок журналу: {archive.journal.head}")  # noqa: T201

    def _add_stamp(self, archive: ArchiveFolder, token: Path) -> None:
        last = archive.journal.entries[-1:]
        if not any(abs(self.now - one.time) <= LATE for one in last):
            for one in last:
                tell(
                    f"Зауважте: рядок {one.number} журналу так і лишився без позначки часу: її "
                    "беруть не пізніше ніж за добу"
                )
            return
        try:
            put_in_place({token: self._stamp(archive)})
        except (OSError, ValueError, SigningError) as error:
            why = reason(error) if isinstance(error, OSError) else str(error)
            tell(
                f"Зауважте: журнал лишився без позначки часу: {why}; запустіть archive ще раз не "
                "пізніше ніж за добу, і вона додасться"
            )
        else:
            print(f"До журналу додано позначку часу: {token.name}")  # noqa: T201

    def _stamp(self, archive: ArchiveFolder) -> bytes:
        """Return the service's time-stamp over the journal.

        Raises:
            OSError: when the service does not answer, or the journal cannot be read.
            SigningError: when the service cannot be asked.
            ValueError: when it names a time that the journal's last line cannot be of.
        """
        service, _ = time_stamper(self.service, DIGEST)
        response = stamped(read_regular(archive.folder / JOURNAL, LARGEST), service)
        entries, lines = archive.journal.entries, len(archive.journal.hashes)
        for said in disagreements(entries, {lines: moment_of(response)}, lines):
            raise ValueError(f"{said}; перевірте годинник комп'ютера")
        return response


def find_setting(
    options: argparse.Namespace, project: Project, content: Content, found: Found
) -> Setting | None:
    """Return how the options and the council's ``signing.yaml`` would have it.

    ``None`` with the mistakes told if that file cannot be used.

    Raises:
        BrokenEnvironment: when the folder may not be used, or a certificate cannot be read.
    """
    folder: Path = options.archive or project.root / "archive"
    check_output(folder, project.root, asked=options.archive is not None)
    said: Found = []
    signing = content.council and load_signing(project.root, content.council, said)
    found += said
    if has_errors(said):
        return None
    trusted: Sequence[Path] = options.trust or (signing.trust if signing else ())
    roots = tuple(one.dump() for one in read_roots(trusted))
    now = datetime.datetime.now(datetime.UTC)
    return Setting(
        folder=folder,
        judge=judge_by(trusted, now),
        service=options.time_stamps or (signing.time_stamps if signing else ""),
        roots=roots,
        who=options.by or _user(),
        now=now,
        set_aside=options.set_aside,
        again=options.again,
    )


def judge_by(trusted: Sequence[Path], at: datetime.datetime) -> Judge:
    """Return what judges one signed file by these roots, as of a moment, without any network."""
    trust = read_trust(trusted)
    return lambda path: judge(path, path.name, trust, at)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a machine without names of users
        return "?"
