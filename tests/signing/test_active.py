"""What foreign PDFs do besides showing pages is told before anybody signs them."""

from __future__ import annotations

import io

import pikepdf
import pytest
from foreign_pdfs import page_of

from reportgen.sign.active import Active, look_through

SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
LAUNCH = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def with_root(**entries: object) -> bytes:
    with pikepdf.open(io.BytesIO(page_of())) as pdf:
        for name, value in entries.items():
            pdf.Root[f"/{name}"] = value
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def test_a_file_that_only_shows_pages_may_be_signed() -> None:
    assert look_through(page_of()) == Active()
    turn = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D="chapter")
    assert look_through(with_root(OpenAction=turn)) == Active()
    assert look_through(b"no PDF") == Active()


def test_a_form_that_shows_something_else_is_refused() -> None:
    form = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"), Fields=pikepdf.Array())
    assert "XFA" in look_through(with_root(AcroForm=form)).refusal


def test_pages_of_other_units_are_refused() -> None:
    with pikepdf.open(io.BytesIO(page_of())) as pdf:
        pdf.pages[0].obj.UserUnit = 2
        out = io.BytesIO()
        pdf.save(out)
    assert "UserUnit" in look_through(out.getvalue()).refusal


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"OpenAction": SCRIPT}, ("OpenAction", "JavaScript")),
        ({"OpenAction": LAUNCH}, ("OpenAction", "Launch")),
        ({"AA": pikepdf.Dictionary(WC=SCRIPT)}, ("JavaScript",)),
        (
            {"Names": pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", SCRIPT]))},
            ("JavaScript",),
        ),
    ],
)
def test_what_a_file_does_is_told(entries: dict[str, object], told: tuple[str, ...]) -> None:
    found = look_through(with_root(**entries))
    assert not found.refusal
    assert len(found.remarks) == len(told)
    for remark, word in zip(found.remarks, told, strict=True):
        assert word in remark


def test_an_action_of_an_annotation_is_told() -> None:
    with pikepdf.open(io.BytesIO(page_of())) as pdf:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=LAUNCH
        )
        pdf.pages[0].Annots = pdf.make_indirect([link])
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert ["Launch" in one for one in look_through(out.getvalue()).remarks] == [True]
