"""What the archive order asks for, laid over the files of a package: names of digits, envelopes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.archive.digit_names import digit_names
from reportgen.archive.envelope import envelope
from reportgen.archive.reading import digests
from reportgen.build.bagging import Payload
from reportgen.build.gathering import UnfitError
from reportgen.load.archive import FILE
from reportgen.model.archive import Codes
from reportgen.model.package import Package


@dataclass(frozen=True, slots=True)
class OrderedDress:
    """Names of digits, envelopes, or both, for the files of one package."""

    package: Package
    council: str
    codes: Codes
    digits: bool
    envelopes: bool

    def __call__(self, files: Mapping[str, Path]) -> tuple[Payload, Mapping[str, str]]:
        """Return the files under their new names with the envelopes, and old names by new."""
        names = {one: one for one in files}
        documents = sorted({one.partition(".")[0] for one in files if one.endswith(".pdf")})
        envelopes = {f"{one}.xml": one for one in documents} if self.envelopes else {}
        if self.digits:
            names = dict(
                digit_names([*files, *envelopes], self.codes, self._case(), self.package.day)
            )
        payload: dict[str, Path | bytes] = {names[one]: path for one, path in files.items()}
        for file, stem in envelopes.items():
            own = {names[one]: files[one] for one in files if one.partition(".")[0] == stem}
            payload[names.get(file, file)] = self._envelope(own)
        return payload, {new: old for old, new in names.items()}

    def _envelope(self, files: Mapping[str, Path]) -> bytes:
        adopted = self.package.adopted
        told = {
            "council": self.council,
            "title": self.package.title,
            "decision": f"№ {adopted.number} від {adopted.date:%d.%m.%Y}" if adopted else "",
            "date": self.package.day.isoformat(),
        }
        return envelope({name: digests(path) for name, path in files.items()}, told, self.codes)

    def _case(self) -> str:
        case = self.codes.cases.get(self.package.id)
        if case is None:
            raise UnfitError(f"{FILE}: у «cases» немає номера справи для пакета {self.package.id}")
        return case
