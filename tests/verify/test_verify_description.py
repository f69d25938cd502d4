"""What a later revision may write of the document in XMP."""

from __future__ import annotations

import io

import pikepdf
import pytest
from authority import Authority
from made_signatures import NOW, signed, trusted
from pyhanko.pdf_utils import generic

from reportgen.model.verdict import Outcome
from reportgen.sign.revision import revision_of
from reportgen.verify import judge

_Name = generic.NameObject
_XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="">
<xmp:ModifyDate>2024-01-01</xmp:ModifyDate><dc:format>a/b</dc:format>
<dc:title><rdf:Alt><rdf:li>Звіт</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Рада</rdf:li><rdf:li>Голова</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


@pytest.fixture(scope="module")
def sound(rsa_authority: Authority) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Metadata = pdf.make_stream(
            _XMP.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        pdf.save(out)
    return signed(out.getvalue(), rsa_authority)


@pytest.mark.parametrize(
    ("pairs", "outcome"),
    [
        ((("2024-01-01", "2024-02-02"),), Outcome.VALID),
        (((">Звіт<", ">@<"), (">Рада<", ">Звіт<"), (">@<", ">Рада<")), Outcome.INVALID),
        (((">Рада<", ">@<"), (">Голова<", ">Рада<"), (">@<", ">Голова<")), Outcome.INVALID),
        (((">Звіт<", "><!-- -->Звіт 2<"),), Outcome.INVALID),
        (
            (("<dc:format>a/b</dc:format>", ""), ('about=""', 'about="" dc:format="a/b"')),
            Outcome.VALID,
        ),
    ],
)
def test_only_dates_may_change(
    pairs: tuple[tuple[str, str], ...], outcome: Outcome, sound: bytes, rsa_authority: Authority
) -> None:
    text = _XMP
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    writer = revision_of(sound)
    kind = {_Name("/Type"): _Name("/Metadata"), _Name("/Subtype"): _Name("/XML")}
    place = writer.root.raw_get("/Metadata")
    stream = generic.StreamObject(kind, stream_data=text.encode())
    writer.objects[(place.generation, place.idnum)] = stream
    out = io.BytesIO()
    writer.write(out)
    cosigned = signed(out.getvalue(), rsa_authority, "seal")
    verdict = judge(cosigned, "x", trusted(rsa_authority), NOW)
    assert verdict.outcome is outcome, verdict
