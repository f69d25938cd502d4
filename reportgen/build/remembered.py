"""Findings remembered by the contents of all that they depend on.

They lie in the user's own folder, not in the project: a project that comes from others must not
bring along what was found in it. A file for each programme holds what checking its reports came to,
one more what was found across the reports of each period. Who deletes them loses but time.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reportgen.build.checked import Checked
from reportgen.build.fingerprints import Fingerprints, fingerprint
from reportgen.build.plain import plain, revived
from reportgen.build.project import Project
from reportgen.build.records import UNREADABLE, Record, read_records, tidy, write_records
from reportgen.diagnostics import Diagnostic
from reportgen.load import Content, ReportSource, editions, form_ids

_MOST_FINDINGS = 1_000  # of what is remembered: a report with more is far from done
_ACROSS = "_across"  # no programme can be called so


class Memory:
    """What is remembered of one project. Make it before the project's content is read.

    Without a ``folder`` nothing is. One that does not ``recall`` answers nothing, and still keeps.
    """

    def __init__(self, project: Project, folder: Path | None, *, recall: bool = True) -> None:
        self._project = project
        self._folder = folder
        self._recall = recall
        self._prints = Fingerprints(project)
        self._forms = frozenset(form_ids(project.templates))
        self._prints.of_forms(self._forms)  # as they are now, before any is read

    def recalled(self, sources: Sequence[ReportSource], content: Content) -> list[Checked | None]:
        """Return what checking reports of one programme came to; ``None`` where it is not known."""
        records = self._read(sources[0].slug) if self._recall else {}
        return [self._checked(one, content, records.get(one.period.id)) for one in sources]

    def _checked(
        self, source: ReportSource, content: Content, record: Record | None
    ) -> Checked | None:
        if record and not self._forms.issuperset(record.forms):
            record = None
        # Without a record too: the files must stand still from here until what is found is kept.
        key = _key(self._prints, source, content, record.forms if record else ())
        if record is None or record.key != key:
            return None
        with contextlib.suppress(*UNREADABLE):
            known = replace(revived(Checked, record.value), statement=record.statement)
            editions_of = {path.name for path in editions(known.form_id, self._project.templates)}
            if known.form_id in self._forms and known.edition in {"", *editions_of}:
                return known
        return None

    def keep(
        self, sources: Sequence[ReportSource], checks: Sequence[Checked], content: Content
    ) -> None:
        """Remember what checking reports of one programme came to, if their files stood still."""
        if self._folder is None:
            return
        after = Fingerprints(self._project)
        slug = sources[0].slug
        there = {one.period.id for one in content.sources if one.slug == slug}
        records = {name: one for name, one in self._read(slug).items() if name in there}
        for source, one in zip(sources, checks, strict=True):
            records.pop(source.period.id, None)
            key = _key(after, source, content, one.forms)
            stood_still = key == _key(self._prints, source, content, one.forms)
            if one.forms is not None and key and stood_still and len(one.found) <= _MOST_FINDINGS:
                value = plain(replace(one, statement=""))
                name = source.period.id
                records[name] = Record(name, key, one.forms, value, one.statement)
        write_records(self._folder, slug, records.values())

    def across(
        self,
        period: str,
        statements: Iterable[str],
        content: Content,
        find: Callable[[], list[Diagnostic]],
    ) -> list[Diagnostic]:
        """Return what ``find`` finds in all statements of a period, or has found in the same."""
        if self._folder is None or self._prints.common is None:
            return find()
        digests = [hashlib.sha256(one.encode()).hexdigest() for one in statements]
        key = fingerprint(self._prints.common, digests)
        records = self._read(_ACROSS)
        record = records.get(period)
        if self._recall and record and record.key == key:
            with contextlib.suppress(*UNREADABLE):
                return [*revived(tuple[Diagnostic, ...], record.value)]
        found = find()
        there = {one.period.id for one in content.sources}
        kept = [one for name, one in records.items() if name in there and name != period]
        if len(found) <= _MOST_FINDINGS:
            kept.append(Record(period, key, (), plain(tuple(found))))
        write_records(self._folder, _ACROSS, kept)
        return found

    def tidy(self, content: Content) -> None:
        """Forget the programmes that are gone."""
        if self._folder is not None:
            tidy(self._folder, {_ACROSS, *(one.slug for one in content.sources)})

    def _read(self, name: str) -> Mapping[str, Record]:
        return read_records(self._folder, name) if self._folder else {}


def _key(
    prints: Fingerprints, source: ReportSource, content: Content, forms: Iterable[str] | None
) -> str | None:
    """Return the fingerprint of all that the findings about a report depend on, if it has one."""
    own = prints.of_report(source, content)
    of_forms = None if forms is None else prints.of_forms(forms)
    return fingerprint(own, of_forms) if own and of_forms else None
