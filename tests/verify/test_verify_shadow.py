"""What is appended to a signed PDF: attacks of the literature, each as its authors do it.

Mainka and others, «Shadow Attacks» (NDSS 2021) and «1 Trillion Dollar Refund» (CCS 2019); Rohlmann
and others, «Breaking the Specification: PDF Certification» (S&P 2021).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from authority import Authority
from made_signatures import NOW, plain, signed, stamped_by_hand, trusted
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from reportgen.model.verdict import Level, Outcome
from reportgen.verify import Trust, judge
from reportgen.verify.slots import find_slots

_Change = Callable[[IncrementalPdfFileWriter], None]
_Name = generic.NameObject


def _updated(data: bytes, change: _Change) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    page = writer.root["/Pages"]["/Kids"][0]
    writer.update_container(page)
    found: generic.DictionaryObject = page
    return found


def _stream(text: bytes) -> generic.StreamObject:
    return generic.StreamObject(stream_data=text)


def _other_content(writer: IncrementalPdfFileWriter) -> None:
    """Incremental saving attack: the page shows something else."""
    _page(writer)[_Name("/Contents")] = writer.add_object(_stream(b"BT (0,0 %) Tj ET"))


def _overlay(writer: IncrementalPdfFileWriter) -> None:
    """Evil annotation attack: a stamp covers what was signed."""
    look = _stream(b"1 1 1 rg 0 0 500 500 re f")
    stamp = generic.DictionaryObject(
        {
            _Name("/Type"): _Name("/Annot"),
            _Name("/Subtype"): _Name("/Stamp"),
            _Name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500))),
            _Name("/AP"): generic.DictionaryObject({_Name("/N"): writer.add_object(look)}),
        }
    )
    _page(writer)[_Name("/Annots")] = generic.ArrayObject([writer.add_object(stamp)])


def _other_pages(writer: IncrementalPdfFileWriter) -> None:
    """Hide-and-replace: the catalogue leads to other pages."""
    page = generic.DictionaryObject({_Name("/Type"): _Name("/Page")})
    pages = generic.DictionaryObject(
        {
            _Name("/Type"): _Name("/Pages"),
            _Name("/Kids"): generic.ArrayObject([writer.add_object(page)]),
            _Name("/Count"): generic.NumberObject(1),
        }
    )
    writer.root[_Name("/Pages")] = writer.add_object(pages)
    writer.update_root()


def _visible_field(writer: IncrementalPdfFileWriter) -> None:
    """Sneaky signature attack: an unsigned field lies over the page."""
    fields.append_signature_field(writer, fields.SigFieldSpec("новий", box=(0, 0, 500, 500)))


def _text_field(writer: IncrementalPdfFileWriter) -> None:
    field = generic.DictionaryObject(
        {
            _Name("/FT"): _Name("/Tx"),
            _Name("/T"): generic.pdf_string("сума"),
            _Name("/V"): generic.pdf_string("0"),
        }
    )
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(field))
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


def _script(writer: IncrementalPdfFileWriter) -> None:
    action = {_Name("/S"): _Name("/JavaScript"), _Name("/JS"): generic.pdf_string("1")}
    writer.root[_Name("/OpenAction")] = generic.DictionaryObject(action)
    writer.update_root()


def _title(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.root["/Metadata"]
    text = bytes(stream.data).replace(b"2023", b"2024")
    writer.root[_Name("/Metadata")] = writer.add_object(
        generic.StreamObject(
            {_Name("/Type"): _Name("/Metadata"), _Name("/Subtype"): _Name("/XML")},
            stream_data=text,
        )
    )
    writer.update_root()


def _orphan(writer: IncrementalPdfFileWriter) -> None:
    """Any bytes that no page shows: nobody would have signed them."""
    writer.add_object(_stream(b"any bytes"))


def _less_evidence(writer: IncrementalPdfFileWriter) -> None:
    store = writer.root["/DSS"]
    store[_Name("/Certs")] = generic.ArrayObject()
    writer.update_container(store)


_CHANGES = (
    _other_content,
    _overlay,
    _other_pages,
    _visible_field,
    _text_field,
    _script,
    _title,
)


@pytest.fixture(scope="module")
def sound(rsa_authority: Authority) -> tuple[bytes, Trust]:
    return signed(plain(), rsa_authority, level=Level.T), trusted(rsa_authority)


@pytest.mark.parametrize("change", _CHANGES)
def test_an_update_is_refused(change: _Change, sound: tuple[bytes, Trust]) -> None:
    data, trust = sound
    verdict = judge(_updated(data, change), "x", trust, NOW)
    assert verdict.outcome is Outcome.INVALID
    assert verdict.faults == ("після підпису «head» до файлу дописано зміни",)


@pytest.mark.parametrize("change", _CHANGES)
def test_an_update_under_a_stamp_is_refused(
    change: _Change, sound: tuple[bytes, Trust], rsa_authority: Authority
) -> None:
    """A time-stamp makes the file whole again, and anybody can have one."""
    data, trust = sound
    stamped = stamped_by_hand(_updated(data, change), rsa_authority, NOW)
    verdict = judge(stamped, "x", trust, NOW)
    assert verdict.outcome is Outcome.INVALID
    assert verdict.faults == ("після підпису «head» до файлу дописано зміни",)


@pytest.mark.parametrize("change", _CHANGES)
def test_an_update_in_the_revision_of_the_next_signature_is_refused(
    change: _Change, sound: tuple[bytes, Trust], rsa_authority: Authority
) -> None:
    data, trust = sound
    cosigned = signed(_updated(data, change), rsa_authority, "seal")
    assert judge(cosigned, "x", trust, NOW).outcome is Outcome.INVALID


def test_an_object_that_leads_nowhere_is_refused(sound: tuple[bytes, Trust]) -> None:
    data, trust = sound
    assert judge(_updated(data, _orphan), "x", trust, NOW).outcome is Outcome.INVALID


def test_evidence_may_not_shrink(rsa_authority: Authority) -> None:
    data = signed(plain(), rsa_authority, level=Level.LTA)
    verdict = judge(_updated(data, _less_evidence), "x", trusted(rsa_authority), NOW)
    assert verdict.outcome is Outcome.INVALID
    assert verdict.faults[0].endswith("до файлу дописано зміни")


@pytest.mark.parametrize(
    "told",
    [
        "0 {gap} {resumed} {less}",
        "0 {before} {resumed} {rest}",
        "1 {before} {resumed} {rest}",
        "0 {gap} {resumed} 0",
        "0 0 {resumed} {rest}",
        "0 0 0 0",
        "0 {gap} {resumed} 99999999",
        "0 {end} {end} 0",
    ],
)
def test_other_ranges_are_refused(told: str, sound: tuple[bytes, Trust]) -> None:
    data, trust = sound
    [slot] = find_slots(data)
    rest = slot.end - slot.resumed
    ends = {"gap": slot.gap, "before": slot.gap - 1, "resumed": slot.resumed, "end": slot.end}
    numbers = told.format(**ends, rest=rest, less=rest - 10)
    written = re.search(rb"/ByteRange \[[0-9 ]+\] *", data)
    assert written is not None
    forged = f"/ByteRange [{numbers}]".encode().ljust(len(written[0]))
    verdict = judge(data.replace(written[0], forged), "x", trust, NOW)
    assert verdict.outcome is Outcome.INVALID


@pytest.mark.parametrize(
    ("old", "new"),
    [  # universal signature forgery: what a reader cannot read it may take for sound
        (rb"/Contents <", b"/Kontents <"),
        (rb"/ByteRange \[", b"/ByteRance ["),
        (rb"/SubFilter /ETSI.CAdES.detached", b"/SubFilter /ETSI.CAdES.attached"),
        (rb"/Filter /Adobe.PPKLite", b"/Filter /Adobe.PPKLight"),
        (rb"/Type /Sig\b", b"/Type /Zig"),
    ],
)
def test_a_signature_without_its_parts_is_none(
    old: bytes, new: bytes, sound: tuple[bytes, Trust]
) -> None:
    data, trust = sound
    forged = re.sub(old, new, data, count=1)
    assert forged != data
    assert judge(forged, "x", trust, NOW).outcome is not Outcome.VALID


def test_a_second_signature_dictionary_is_noticed(sound: tuple[bytes, Trust]) -> None:
    """A range in a remark that no reader shows: the file claims more than it has."""
    data, trust = sound
    [slot] = find_slots(data)
    remark = f"\n% /ByteRange [0 {slot.gap} {slot.resumed} {slot.end - slot.resumed}]\n"
    forged = _updated(data, lambda writer: writer.update_root()) + remark.encode()
    assert judge(forged, "x", trust, NOW).outcome is Outcome.INVALID


def test_many_signatures_are_refused_quickly() -> None:
    data = b"%PDF-1.7\n" + b"/ByteRange [0 1 2 3]\n" * 100_000
    assert judge(data, "x", Trust(), NOW).faults == ("у файлі забагато підписів: такого не буває",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7\nstartxref\n99999\n%%EOF",
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\n" + b"<<" * 20_000,
        b"PK\x03\x04",
        b"\x30\x80" * 5_000,
        b"\x30\x84\xff\xff\xff\xff",
        b"-----BEGIN PKCS7-----\n!\n-----END PKCS7-----",
        b"QUFB",
    ],
)
def test_whatever_the_bytes_are_there_is_a_verdict(data: bytes) -> None:
    assert judge(data, "x", Trust(), NOW).outcome in (Outcome.INVALID, Outcome.UNKNOWN)
