"""Where later signers may show something: in a field that those before saw empty."""

from __future__ import annotations

import io
from collections.abc import Callable

from authority import Authority
from made_signatures import NOW, plain, signed, stamped_by_hand, trusted
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from reportgen.model.verdict import Outcome
from reportgen.verify import judge

_Change = Callable[[generic.DictionaryObject], None]
_FAULT = ("після підпису «head» до файлу дописано зміни",)
_RECT = generic.NameObject("/Rect")
_WHOLE = (0, 0, 595, 842)


def _with_field(data: bytes, name: str, change: _Change | None = None) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    fields.append_signature_field(writer, fields.SigFieldSpec(name, box=_WHOLE))
    if change:
        change(writer.root["/AcroForm"]["/Fields"][-1])
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _numbers(*numbers: int) -> generic.ArrayObject:
    return generic.ArrayObject(map(generic.NumberObject, numbers))


def test_a_new_visible_field_is_refused(rsa_authority: Authority) -> None:
    """Sneaky signature attack: what an honest signer draws covers the page."""
    data = _with_field(signed(plain(), rsa_authority), "seal")
    forged = signed(data, rsa_authority, "seal")
    for one in (forged, stamped_by_hand(forged, rsa_authority, NOW)):
        verdict = judge(one, "x", trusted(rsa_authority), NOW)
        assert verdict.outcome is Outcome.INVALID
        assert verdict.faults[0] == _FAULT[0]


def test_a_field_that_was_there_may_be_filled(rsa_authority: Authority) -> None:
    data = signed(_with_field(plain(), "seal"), rsa_authority)
    verdict = judge(signed(data, rsa_authority, "seal"), "x", trusted(rsa_authority), NOW)
    assert (verdict.outcome, verdict.faults) == (Outcome.VALID, ())


def test_a_field_that_was_there_may_not_move(rsa_authority: Authority) -> None:
    data = signed(_with_field(plain(), "seal", _in_a_corner), rsa_authority)
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    field = writer.root["/AcroForm"]["/Fields"][0]
    assert field["/T"] == "seal"
    field[_RECT] = _numbers(*_WHOLE)
    writer.update_container(field)
    forged = signed(_written(writer), rsa_authority, "seal")
    verdict = judge(forged, "x", trusted(rsa_authority), NOW)
    assert (verdict.outcome, verdict.faults[0]) == (Outcome.INVALID, _FAULT[0])


def _in_a_corner(field: generic.DictionaryObject) -> None:
    field[_RECT] = _numbers(0, 0, 9, 9)
