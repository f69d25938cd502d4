"""What is kept beside a PDF that waits for its signature: NAME.pdf.prepared.json."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass

from reportgen.sign.expected import Expected
from reportgen.sign.external import CMS, PADES, Prepared
from reportgen.sign.refused import RefusedError

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Record:
    """How a file was prepared: SHA-256 of its three forms, its gap, and who is to sign.

    ``size`` is that of the file as it was before: the prepared one begins with its bytes.
    """

    unsigned: str
    size: int
    prepared: str
    tbs: str
    field: str
    kind: str
    start: int
    end: int
    expected: Expected


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def record_of(unsigned: bytes, prepared: Prepared, field: str, kind: str, who: Expected) -> Record:
    """Return the record of a file that was just prepared."""
    return Record(
        unsigned=sha256(unsigned),
        size=len(unsigned),
        prepared=sha256(prepared.pdf),
        tbs=sha256(prepared.signed_part),
        field=field,
        kind=kind,
        start=prepared.start,
        end=prepared.end,
        expected=who,
    )


def as_json(record: Record) -> bytes:
    """Return a record as it is written."""
    return (json.dumps(asdict(record), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read_record(data: bytes) -> Record:
    """Read a record.

    Raises:
        RefusedError: when it is not one.
    """
    try:
        values = json.loads(data)
        record = Record(**{**values, "expected": Expected(**values["expected"])})
        sound = _is_sound(record)
    except (ValueError, TypeError, KeyError, RecursionError):
        sound = False
    if not sound:
        raise RefusedError("файл .prepared.json пошкоджено: підготуйте PDF наново")
    return record


def _is_sound(record: Record) -> bool:
    who = record.expected
    texts = (record.field, record.kind, who.name, who.code, who.serial, who.surname)
    numbers = (record.size, record.start, record.end)
    return (
        all(isinstance(one, str) for one in texts)
        and all(type(one) is int and one > 0 for one in numbers)
        and record.kind in (CMS, PADES)
        and all(_DIGEST.fullmatch(one) for one in (record.unsigned, record.prepared, record.tbs))
    )


def restored(pdf: bytes, record: Record) -> Prepared:
    """Return a prepared file as it was, when it is still that.

    Raises:
        RefusedError: when it was changed, or does not begin with the file it was made of.
    """
    prepared = Prepared(pdf, record.start, record.end)
    gap = pdf[record.start : record.end]
    if (
        sha256(pdf) != record.prepared
        or sha256(pdf[: record.size]) != record.unsigned
        or record.start < record.size
        or gap != b"<" + b"0" * (len(gap) - 2) + b">"
        or sha256(prepared.signed_part) != record.tbs
    ):
        raise RefusedError(
            "підготовлений PDF змінено після підготовки: підготуйте його наново й підпишіть ще раз"
        )
    return prepared
