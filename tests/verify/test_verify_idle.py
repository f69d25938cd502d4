"""What later revisions may add without changing anything that is seen: it is told of."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from authority import Authority
from made_signatures import NOW, plain, signed, signer, trusted
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from reportgen.model.verdict import Level, Outcome, Verdict
from reportgen.verify import judge

_Change = Callable[[IncrementalPdfFileWriter], None]
_Name = generic.NameObject
_IDLE = "дописано зміну без підпису й доказів: на сторінках вона нічого не міняє"
_BURDENED = "дописано об'єкти, які ніде не показано: на сторінках вони нічого не міняють"


def _extension(**more: generic.PdfObject) -> generic.DictionaryObject:
    held = {_Name("/BaseVersion"): _Name("/1.7"), _Name("/ExtensionLevel"): generic.NumberObject(3)}
    return generic.DictionaryObject({**held, **{_Name(f"/{key}"): more[key] for key in more}})


def _extended(writer: IncrementalPdfFileWriter) -> None:
    writer.root[_Name("/Extensions")] = generic.DictionaryObject({_Name("/ADBE"): _extension()})
    writer.update_root()


def _script_as_extension(writer: IncrementalPdfFileWriter) -> None:
    script = _extension(S=_Name("/JavaScript"), JS=generic.pdf_string("app.alert(1)"))
    writer.root[_Name("/Extensions")] = generic.DictionaryObject({_Name("/ADBE"): script})
    writer.update_root()


def _action_in_extension(writer: IncrementalPdfFileWriter) -> None:
    deep = _extension(URL=generic.DictionaryObject({_Name("/S"): _Name("/URI")}))
    writer.root[_Name("/Extensions")] = generic.DictionaryObject({_Name("/ADBE"): deep})
    writer.update_root()


def _catalogue_again(writer: IncrementalPdfFileWriter) -> None:
    writer.update_root()


def _orphan(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(generic.StreamObject(stream_data=b"any bytes"))


def _content(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"BT (0,0 %) Tj ET")
    page[_Name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)


def _updated(data: bytes, change: _Change) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _empty(data: bytes) -> bytes:
    """Return a file with a revision that holds no object at all."""
    before = re.findall(rb"startxref\s+(\d+)", data)[-1].decode()
    size = re.findall(rb"/Size (\d+)", data)[-1].decode()
    root = re.findall(rb"/Root (\d+ \d+ R)", data)[-1].decode()
    trailer = f"trailer\n<</Size {size} /Root {root} /Prev {before}>>"
    table = f"\nxref\n0 1\n0000000000 65535 f \n{trailer}\nstartxref\n{len(data) + 1}\n%%EOF\n"
    return data + table.encode()


def _by_seal(data: bytes, authority: Authority, change: _Change) -> bytes:
    """Return a file whose second signature comes in one revision with a change."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    metadata = signers.PdfSignatureMetadata(
        field_name="seal", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    out = signers.sign_pdf(writer, metadata, signer=signer("seal", authority))
    return bytes(out.getbuffer())


@pytest.fixture(scope="module")
def sound(authority: Authority) -> bytes:
    return signed(plain(), authority, level=Level.LT)


def _judged(data: bytes, authority: Authority) -> Verdict:
    return judge(data, "x", trusted(authority), NOW)


def test_what_signing_adds_is_not_remarked_on(sound: bytes, authority: Authority) -> None:
    for data in (sound, signed(sound, authority, "seal", Level.LTA)):
        assert _judged(data, authority).remarks == ()


@pytest.mark.parametrize("change", [_extended, _catalogue_again])
def test_a_revision_that_changes_nothing(
    change: _Change, sound: bytes, authority: Authority
) -> None:
    updated = _updated(sound, change)
    for data in (updated, signed(updated, authority, "seal")):
        verdict = _judged(data, authority)
        assert verdict.outcome is Outcome.VALID
        assert verdict.remarks == (f"після підпису «head» {_IDLE}",)


def test_an_empty_revision(sound: bytes, authority: Authority) -> None:
    verdict = _judged(_empty(sound), authority)
    assert verdict.outcome is Outcome.VALID
    assert verdict.remarks == (f"після підпису «head» {_IDLE}",)


@pytest.mark.parametrize("change", [_script_as_extension, _action_in_extension])
def test_nothing_hides_in_extensions(change: _Change, sound: bytes, authority: Authority) -> None:
    verdict = _judged(_updated(sound, change), authority)
    assert verdict.faults == ("після підпису «head» до файлу дописано зміни",)


def test_objects_that_lead_nowhere(sound: bytes, authority: Authority) -> None:
    """The next signature covers them; without one nobody would."""
    verdict = _judged(_by_seal(sound, authority, _orphan), authority)
    assert verdict.outcome is Outcome.VALID
    assert verdict.remarks == (f"після підпису «head» {_BURDENED}",)
    assert _judged(_updated(sound, _orphan), authority).outcome is Outcome.INVALID


def test_a_page_may_not_change_beside_the_next_signature(
    sound: bytes, authority: Authority
) -> None:
    verdict = _judged(_by_seal(sound, authority, _content), authority)
    assert verdict.faults == ("після підпису «head» до файлу дописано зміни",)


def _version(value: generic.PdfObject) -> _Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[_Name("/Version")] = value
        writer.update_root()

    return change


def test_a_version_may_rise_and_do_nothing_else(sound: bytes, authority: Authority) -> None:
    risen = _updated(sound, _version(_Name("/2.0")))
    assert _judged(risen, authority).outcome is Outcome.VALID
    fallen = _updated(risen, _version(_Name("/1.7")))
    strange = [_Name("/9.9"), generic.pdf_string("1.7"), generic.DictionaryObject()]
    for data in (fallen, *(_updated(sound, _version(one)) for one in strange)):
        assert _judged(data, authority).faults == ("після підпису «head» до файлу дописано зміни",)
