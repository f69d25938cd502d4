"""Documents that may show something else than was signed, without any change of the file."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from authority import Authority
from made_signatures import NOW, plain, signed, trusted
from pikepdf import Array, Dictionary, Name, Pdf
from small_project import lay

from reportgen.cli import main
from reportgen.model.verdict import Outcome, Verdict
from reportgen.verify import judge

_TOLD = (
    "документ містить {}: те, що видно на сторінці, може залежати від програми перегляду "
    "й стати іншим без порушення підпису"
)
_Change = Callable[[Pdf], None]


def _open_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def _named_script(pdf: Pdf) -> None:
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=pdf.make_stream(b"app.alert(1)")))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["а", script])))


def _script_of_a_page(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="1"))


def _chained_script(pdf: Pdf) -> None:
    following = Dictionary(S=Name.JavaScript, JS="1")
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([following]))


def _link_that_runs(pdf: Pdf) -> None:
    _annotate(pdf, Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="cmd.exe")))


def _link_to_an_embedded_file(pdf: Pdf) -> None:
    _annotate(pdf, Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.GoToE)))


def _video(pdf: Pdf) -> None:
    _annotate(pdf, Dictionary(Subtype=Name.RichMedia))


def _xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))


def _layers(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="шар"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(ON=Array([group])))


def _annotate(pdf: Pdf, annotation: Dictionary) -> None:
    annotation.Type = Name.Annot
    annotation.Rect = Array([0, 0, 10, 10])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])


def _made(change: _Change, authority: Authority) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        change(pdf)
        pdf.save(out, deterministic_id=True)
    return signed(out.getvalue(), authority)


def _judged(data: bytes, authority: Authority) -> Verdict:
    return judge(data, "x", trusted(authority), NOW)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_open_script, "програмний код (JavaScript)"),
        (_named_script, "програмний код (JavaScript)"),
        (_script_of_a_page, "програмний код (JavaScript)"),
        (_chained_script, "програмний код (JavaScript)"),
        (_link_that_runs, "запуск програм чи файлів"),
        (_link_to_an_embedded_file, "перехід до вкладеного файлу"),
        (_video, "тривимірні чи рухомі вставки"),
        (_xfa, "форму XFA"),
        (_layers, "шари"),
    ],
)
def test_what_a_document_does_by_itself_is_told(
    change: _Change, told: str, authority: Authority
) -> None:
    verdict = _judged(_made(change, authority), authority)
    assert verdict.outcome is Outcome.VALID
    assert verdict.remarks == (_TOLD.format(told),)


def _web_link(pdf: Pdf) -> None:
    link = Dictionary(S=Name.URI, URI="https://example.com")
    _annotate(pdf, Dictionary(Subtype=Name.Link, A=link))


def _first_page(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])


@pytest.mark.parametrize("change", [_web_link, _first_page])
def test_links_and_places_are_nothing_to_tell(change: _Change, authority: Authority) -> None:
    assert _judged(_made(change, authority), authority).remarks == ()


def test_our_own_files_are_quiet(tmp_path: Path, authority: Authority) -> None:
    """Attachments of PDF/A-3 do nothing by themselves."""
    root = lay(tmp_path)
    command = ["build", "--root", str(root), "--format", "pdf", "--pdf-standard", "a-3a"]
    assert main(command) == 0
    [data] = [one.read_bytes() for one in (root / "output").rglob("*.pdf")]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.attachments
    assert _judged(signed(data, authority), authority).remarks == ()
