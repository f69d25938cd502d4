"""What a council's own page template and style sheet may do, and how it is told what not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from small import small_document
from test_html import FRAME

from reportgen.write.frame import FrameError
from reportgen.write.html import write_html


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("<p>\n{% if x %}", 2, "«if» не закрито"),
        ("{% if %}", 1, "бракує значення"),
        ("\n{% fro a in b %}", 2, "невідома дія «fro»"),
        ("{% for a in b %}{% endif %}", 1, "«endif» не на місці: спершу закрийте «for»"),
        ("{{ a | zz }}", 1, "немає фільтра «zz»"),
        ("{{ a is zz }}", 1, "немає перевірки «zz»"),
        ("{{ a b }}", 1, "зайве «b»"),
        ("{{ a", 1, "запис обривається"),
        ("{{ (1 }}", 1, "зайвий знак «}»"),
        ("{# a", 1, "пояснення {# не закрито"),
        ("{{ document.nothing }}", 1, "немає поля «nothing»"),
        ("{{ ''.__class__ + 1 }}", 1, "поле «__class__» закрите"),
        ("\n{% include 'other.html' %}", 2, "шаблон має бути одним файлом"),
        ("\n{{ 'a' + 1 }}", 2, "не вдалося виконати («can only concatenate"),
        ("{{ " + "(" * 900, 1, "завелика вкладеність"),
        ("{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}", 1, "макрос викликає сам себе"),
    ],
)
def test_jinja_is_told_in_ukrainian(template: str, line: int, message: str) -> None:
    with pytest.raises(FrameError, match=re.escape(message)) as caught:
        write_html(small_document(), replace(FRAME, html=template))
    assert (caught.value.file, caught.value.line) == ("page.html.j2", line)


#: A piece of a template → what is found in the page that it makes.
UNFIT = {
    "<script>alert(1)</script>": "<script>",
    "<scr{{''}}ipt>alert(1)</scr{{''}}ipt>": "<script>",
    "<SCRIPT/x>": "<script>",
    "<p on{{''}}click='x()'>": "onclick",
    "<p onclick=x()>": "onclick",
    "<p/onclick=x()>": "неоднозначний",
    "<p class='a'onclick='x()'>": "неоднозначний",
    "<a href='javascript:alert(1)'>": "«javascript:alert(1)»",
    "<a href='java&Tab;script:alert(1)'>": "«java&Tab;script:alert(1)»",
    "<a href='&#104;ttps://x/'>": "«&#104;ttps://x/»",
    "<a href=' javascript:alert(1)'>": "« javascript:alert(1)»",
    "<a href='other.html'>": "«other.html»",
    "<a href='data:text/html,a'>": "«data:text/html,a»",
    "<a ping='http://x' href='#'>": "ping",
    """<img alt='' src="'data:image/png;base64,a'">""": "«'data:image/png;base64,a'»",
    "<img alt='' src='data:text/html,a'>": "«data:text/html,a»",
    "<img alt='' srcset='http://x/y.png 2x'>": "«http://x/y.png 2x»",
    "<svg><a xlink:href='http://x'>": "<svg>",
    "<p xlink:href='http://x'>": "«http://x»",
    "<meta http-equiv='refresh' content='0;url=http://x'>": "http-equiv='refresh'",
    "<meta http-equiv='&#114;efresh' content='0;url=http://x'>": "http-equiv",
    "<meta charset='iso-2022-jp'>": "charset='iso-2022-jp'",
    "<form action='http://x'>": "<form>",
    "<base href='http://x/'>": "<base>",
    "<link rel='stylesheet' href='http://x/'>": "<link>",
    "<iframe srcdoc='a'></iframe>": "<iframe>",
    "<object data='x'>": "<object>",
    "<embed src='x'>": "<embed>",
    "<body background='http://x/y.png'>": "«http://x/y.png»",
    "<template><p></template>": "<template>",
    "<p hidden>": "hidden",
    "<noscript><p title='</noscript><img src=x>'>": "<noscript>",
    "<textarea><!--</textarea><script>-->": "<textarea>",
    "<title><!--</title><script>--></script>": "неоднозначний",
    "<title><b class='</title><script>'></title>": "неоднозначний",
    "<style class='a'>": "неоднозначний",
    "<style><!--</style><script>--></style>": "неоднозначний",
    "<!--><script>-->": "неоднозначний",
    "<!-- --!><script> -->": "неоднозначний",
    "<![CDATA[x]]>": "неоднозначний",
    "a < b": "неоднозначний",
    "<p style='width: " + "(" * 5000 + "'>": "завелика вкладеність",
    r"<p style='background: \75rl(http://x)'>": "«http://x»",
    "<p style='background: &#117;rl(http://x)'>": "«http://x»",
    "<p style='background: &ur;'>": "неоднозначно",
    "<p style='color red'>": "запис не складається",
    "<style>p { background: ur{{''}}l(http://x) }</style>": "«http://x»",
    "<style>p { color: red</style>": "не закрито",
    "{{ '<script>' | safe }}": "<script>",
}


@pytest.mark.parametrize("piece", UNFIT)
def test_the_page_is_checked_as_it_comes_out(piece: str) -> None:
    html = FRAME.html.replace("<main>", f"<main>{piece}")
    with pytest.raises(FrameError, match=re.escape(UNFIT[piece])) as caught:
        write_html(small_document(), replace(FRAME, html=html))
    assert caught.value.file == "page.html.j2"


def test_what_is_found_has_its_line_in_the_template() -> None:
    html = FRAME.html.replace("<main>", "<main>\n<p>\n<img alt='' src='arms.png'>")
    with pytest.raises(FrameError) as caught:
        write_html(small_document(), replace(FRAME, html=html))
    assert html.split("\n")[caught.value.line - 1] == "<img alt='' src='arms.png'>"


@pytest.mark.parametrize(
    "piece",
    [
        "<!-- пояснення > тут -->",
        "<P CLASS=note>Рада &amp; місто</P>",
        "<a href='https://zt-rada.gov.ua/?a=1&amp;b=2' target='_blank'>Рада</a>",
        "<a href='mailto:rada@example.org'>лист</a> <a href='tel:+380'>дзвінок</a>",
        "<a href='#row-4-1'>до рядка</a>",
        "<p style='color: red; margin: 0 auto' data-x='y' aria-hidden='true'>так</p>",
        "<style>@media (400px <= width) { p > a { color: red } }</style>",
        "<p style=\"font-family: 'Times New Roman'\">а</p><br/><hr />",
        "<header>\n<img\n  alt='Герб'\n  src='data:image/png;base64,iVBORw0KGgo='\n></header>",
    ],
)
def test_what_a_document_needs_is_let_through(piece: str) -> None:
    html = FRAME.html.replace("<main>", f"<main>{piece}")
    assert piece.encode() in write_html(small_document(), replace(FRAME, html=html))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (FRAME.html, "", "клітинок 0, а має бути"),
        ("{% for body in block.bodies %}", "{% for body in block.bodies[1:] %}", "не всю таблицю"),
        ("{{ text(cell.paragraphs) }}", "", "Шаблон не друкує тексту «№ з/п»"),
        ("{{ paragraphs[0] }}", "{{ paragraphs[0] | upper }}", "не друкує тексту"),
        ("{{ block.name }}", "", "не друкує тексту «Ірина КОВАЛЬЧУК»"),
        ("<main>", "<main><table><tr><td>", "друкує зайві клітинки"),
        ("<main>", "<main><!--", "неоднозначний"),
    ],
)
def test_a_template_that_leaves_something_out_is_refused(old: str, new: str, message: str) -> None:
    html = FRAME.html.replace(old, new)
    assert html != FRAME.html
    with pytest.raises(FrameError, match=re.escape(message)):
        write_html(small_document(), replace(FRAME, html=html))


@pytest.mark.parametrize(
    ("css", "line", "message"),
    [
        ("body { color: red", 1, "не закрито"),
        ("p {}\n@media print {\n  p { color: red }\n", 2, "не закрито"),
        ("p {}\n@media print {\n  p { color: red \n}", 2, "не закрито"),
        ("p { width: calc((1px + 2px) }", 1, "зайвий знак «}» або не закрито дужку"),
        ("p {}\n/* пояснення", 2, "не закрито"),
        ("p {}\np::before { content: 'а }", 2, "лапки не закрито"),
        ("p {}\np { color red }", 2, "запис не складається"),
        ("p {}\n}", 2, "не складається"),
        ("p {}\nbody", 2, "не складається"),
        ("p { background: url(a b) }", 1, "адресу url"),
        ("a {" * 5000, 1, "завелика вкладеність"),
    ],
)
def test_a_style_sheet_that_is_not_whole_is_refused(css: str, line: int, message: str) -> None:
    with pytest.raises(FrameError, match=message) as caught:
        write_html(small_document(), replace(FRAME, css=css))
    assert (caught.value.file, caught.value.line) == ("page.css", line)


@pytest.mark.parametrize(
    ("css", "line"),
    [
        (r"p { background: \75rl(http://x) }", 1),
        (r"p { background: \75\72\6c('http://x') }", 1),
        ("\n@\\69mport 'x';", 2),
        ("p { background: -webkit-image-set('http://x' 1x) }", 1),
        ("p { background: cross-fade('http://x', red 50%) }", 1),
        ("p { background: cross-fade(image-set('http://x' 1x), red) }", 1),
        ("p { --a: 'http://x';\nbackground: image-set(var(--a) 1x) }", 2),
        ("p { background: src(attr(title)) }", 1),
        ("p { background: attr(title url) }", 1),
        ("p { background: url('data:text/html,a') }", 1),
        ("p { &:hover { & a { background: url(x) } } }", 1),
        ("@media print { @supports (color: red) { p {\nbackground: url(x) } } }", 2),
        ("p { --a: { background: url(x) } }", 1),
    ],
)
def test_no_notation_hides_an_address(css: str, line: int) -> None:
    with pytest.raises(FrameError, match="має бути одним файлом") as caught:
        write_html(small_document(), replace(FRAME, css=css))
    assert (caught.value.file, caught.value.line) == ("page.css", line)
