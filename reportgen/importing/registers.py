"""Names of a source in the council's registers: known, nearly known, and new ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reportgen.diagnostics import Span, quoted
from reportgen.importing.findings import Findings
from reportgen.importing.fund_rows import FundNames
from reportgen.importing.ids import Ids
from reportgen.importing.likeness import same
from reportgen.importing.names import How, Register, folded, nearly_same, spellings
from reportgen.importing.signatures import Signed
from reportgen.model.council import Council, Executor, Official, RegisteredProgramme
from reportgen.read.source import Place


@dataclass(slots=True)
class NewEntries:
    """What an import adds to the registers, by id."""

    executors: dict[str, dict[str, str]] = field(default_factory=dict)
    programmes: dict[str, dict[str, str]] = field(default_factory=dict)
    officials: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Growing:
    """A register, and what is added to it: new entries by id, and their ids by name."""

    file: str
    register: Register
    new: dict[str, dict[str, str]]
    ids: Ids
    named: dict[str, str] = field(default_factory=dict)


class Registers:
    """The council's registers, and what is new."""

    def __init__(self, council: Council, findings: Findings) -> None:
        self._council = council
        self._findings = findings
        self.executors = Register(
            spellings([(one.id, (one.name, one.short, *one.aliases))
                       for one in council.executors.values()])
        )  # fmt: skip
        programmes = Register(
            spellings([(one.id, (one.name, *one.aliases)) for one in council.programmes.values()])
        )
        self.fund_names = FundNames({key: one.name for key, one in council.funds.items()})
        self.officials = tuple(council.officials.values())
        self.new = new = NewEntries()
        self._asked: set[str] = set()
        self._executors = _Growing(
            "executors.yaml", self.executors, new.executors, Ids(council.executors)
        )
        self._programmes = _Growing(
            "programmes.yaml", programmes, new.programmes, Ids(council.programmes)
        )
        self._officials = Ids(council.officials)

    def executor_ids(self, text: str, place: Place) -> list[str]:
        """Return the ids of the bodies that a cell names."""
        return self._ids(text, place, self._executors)

    def programme_ids(self, text: str, place: Place) -> list[str]:
        """Return the ids of the target programmes that a cell names."""
        return self._ids(text, place, self._programmes)

    def official_id(self, signed: Signed) -> str:
        """Return the id of a person who signed: by name and position, or a new one."""
        officials = self._council.officials
        for one in officials.values():
            if same(one.surname, signed.surname) and same(one.given, signed.given):
                if signed.position and not same(one.position, signed.position):
                    message = f"{one.surname}: посада {quoted(signed.position)}, а в довіднику "
                    hint = "якщо посада змінилася, заведіть підписанта вдруге, з новою позначкою"
                    self._findings.tell(
                        "import-name-near", signed.place, message + quoted(one.position), hint
                    )
                return one.id
        key = self._officials.made(signed.surname)
        entry = {"position": signed.position or "посада", "given": signed.given}
        self.new.officials[key] = {**entry, "surname": signed.surname.upper()}
        self._tell_new(key, f"{signed.given} {signed.surname}", "officials.yaml", signed.place)
        return key

    def _ids(self, text: str, place: Place, of: _Growing) -> list[str]:
        ids: list[str] = []
        for one in of.register.read(text):
            if one.how is How.NEW:
                ids.append(self._new(one.text, place, of))
                continue
            ids.append(one.id)
            if one.how is How.NEAR and one.text not in self._asked:
                self._asked.add(one.text)
                message = f"{quoted(one.text)} прочитано як «{one.id}» ({quoted(one.meant)})"
                hint = f"якщо це вона, допишіть цю назву в aliases у {of.file}; якщо ні, виправте"
                self._findings.tell("import-name-near", place, message, hint)
        return list(dict.fromkeys(ids))

    def _new(self, name: str, place: Place, of: _Growing) -> str:
        known = of.named.get(folded(name))
        if known:
            return known
        near = nearly_same(folded(name), of.named)
        if near:
            key = of.named[folded(name)] = of.named[near]
            meant = of.new[key]["name"]
            message = f"{quoted(name)} прочитано як новий запис «{key}» ({quoted(meant)})"
            hint = f"якщо це різні, заведіть обидва в {of.file}; якщо одне, перевірте, де описка"
            self._findings.tell("import-name-near", place, message, hint)
            return key
        key = of.named[folded(name)] = of.ids.made(name)
        of.new[key] = {"name": name}
        self._tell_new(key, name, of.file, place)
        return key

    def _tell_new(self, key: str, name: str, file: str, place: Place) -> None:
        message = f"{quoted(name)} додано до {file} під позначкою «{key}»"
        hint = "перевірте назву; якщо вона там уже є під іншою, лишіть одну"
        self._findings.tell("import-name-new", place, message, hint)


def with_new(council: Council, new: NewEntries) -> Council:
    """Return the council with the entries that an import adds to its registers."""
    place = Span("content/registers")
    bodies = {key: Executor(key, one["name"], one["name"], (), "", place)
              for key, one in new.executors.items()}  # fmt: skip
    programmes = {key: RegisteredProgramme(key, one["name"], (), place)
                  for key, one in new.programmes.items()}  # fmt: skip
    officials = {
        key: Official(key, one["position"], one["given"], one["surname"], place)
        for key, one in new.officials.items()
    }
    return replace(
        council,
        executors={**council.executors, **bodies},
        programmes={**council.programmes, **programmes},
        officials={**council.officials, **officials},
    )
