"""``manifest.json``: what was built from what."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen import __version__
from reportgen.build.files import read_regular

NAME = "manifest.json"

#: Names of inputs that are the machine's fonts begin so.
FONTS = "font/"

# A programme's folder and a file of a period in it, as `run` names them, or of two: see `joint`.
_PERIOD = "20[0-9]{2}(?:-[a-z0-9]+)?"
_BUILT = re.compile(rf"[a-z0-9-]+/{_PERIOD}(?:-{_PERIOD})?\.[a-z]+")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LARGEST = 64 * 1024 * 1024  # bytes of a manifest; a council's of ten years takes a tenth of it
_ID = re.compile(r"[a-z0-9-]{1,80}")
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """One built file. ``inputs`` maps the names of the files it was made from to their SHA-256.

    What is made of many reports has a folder in place of the ``programme``, and ``form``.
    """

    sha256: str
    programme: str
    period: str
    form: str
    inputs: Mapping[str, str]


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_manifest(folder: Path) -> dict[str, Entry]:
    """Return the entries of earlier builds whose files are still there."""
    entries = recorded(folder)
    return {name: entry for name, entry in entries.items() if (folder / name).is_file()}


def recorded(folder: Path) -> dict[str, Entry]:
    """Return the entries of earlier builds, whether their files are still there or not.

    A manifest that is missing or damaged counts as empty: the next build writes it anew. Names that
    no build has given, above all those that lead out of the folder, are not carried on, nor are
    entries with anything else in them than a build writes.
    """
    path = folder / NAME
    try:
        record = json.loads(read_regular(path, _LARGEST).decode("utf-8"))
        entries = {name: Entry(**entry) for name, entry in record["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    return {
        name: entry
        for name, entry in entries.items()
        if _BUILT.fullmatch(name) and _is_sound(entry) and _is_named_for(entry, name)
    }


def _is_named_for(entry: Entry, name: str) -> bool:
    """Tell whether a file is named as those of its entry's report are."""
    return name.rpartition(".")[0] == f"{entry.programme}/{entry.period}"


def _is_sound(entry: Entry) -> bool:
    """Tell whether an entry that was read is such as a build writes."""
    ids: list[object] = [entry.programme, entry.period, entry.form]
    inputs: object = entry.inputs
    return (
        isinstance(inputs, dict)
        and all(isinstance(one, str) and _ID.fullmatch(one) for one in ids)
        and all(file.isprintable() for file in inputs)  # half a character cannot be written
        and all(
            isinstance(one, str) and _DIGEST.fullmatch(one)
            for one in (entry.sha256, *inputs.values())
        )
    )


def as_json(entries: Mapping[str, Entry]) -> bytes:
    """Return the manifest: the same entries always give the same bytes.

    It is written while a build of thousands goes on, and ``json`` with an indent takes longer.
    """
    files = {name: _entry(entries[name]) for name in sorted(entries)}
    record = {"files": _object(1, files), "reportgen": _ENCODE(__version__)}
    return (_object(0, record) + "\n").encode("utf-8")


def _entry(entry: Entry) -> str:
    inputs = {name: _ENCODE(entry.inputs[name]) for name in sorted(entry.inputs)}
    members = {"form": _ENCODE(entry.form), "inputs": _object(3, inputs)}
    members |= {name: _ENCODE(getattr(entry, name)) for name in ("period", "programme", "sha256")}
    return _object(2, members)


def _object(depth: int, members: Mapping[str, str]) -> str:
    """Return an object of members that are JSON already, each on a line of its own."""
    if not members:
        return "{}"
    margin = "\n" + "  " * depth
    lines = f",{margin}  ".join([f"{_ENCODE(name)}: {one}" for name, one in members.items()])
    return f"{{{margin}  {lines}{margin}}}"
