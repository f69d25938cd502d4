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


TABLE = "<table><tbody><tr><td>1</td></tr></tbody></table>"
ROW = "<tr><td>1</td></tr>"

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
    "<div>" * 200 + "</div>" * 200: "Завелика вкладеність",
    "<p>": "<h1> не може стояти у <p>",
    "<section>": "</main> не на місці: спершу закрийте <section>",
    "</p>": "</p> не на місці: спершу закрийте <main>",
    "<p><table></table></p>": "<table> не може стояти у <p>",
    "<td>а</td>": "<td> не може стояти у <main>",
    "<table><tr></tr></table>": "<tr> не може стояти у <table>",
    "<ul>а</ul>": "«а» стоїть просто в <ul>",
    "<q>а</q>": "<q>",
    "<bdo dir='rtl'>а</bdo>": "<bdo>",
    "<p dir='rtl'>а</p>": "dir='rtl'",
    "<ol type='a'></ol>": "type='a'",
    "<div style='display:none'></div>": "«display: none»",
    "<div style='displa&#121;:none'></div>": "«display: none»",
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
        (FRAME.html, "", "не всі таблиці: їх 0, а має бути 1"),
        ("{% for body in block.bodies %}", "{% for body in block.bodies[1:] %}", "не всю таблицю"),
        ("{{ text(cell.paragraphs) }}", "", "Шаблон не друкує тексту «№ з/п»"),
        ("{{ paragraphs[0] }}", "{{ paragraphs[0] | upper }}", "не друкує тексту"),
        ("{{ block.name }}", "", "не друкує тексту «Ірина КОВАЛЬЧУК»"),
        ("<main>", f"<main>{TABLE}", "друкує зайву таблицю: їх 2, а має бути 1"),
        (
            "{% for one in body %}",
            f"{ROW}{{% for one in body %}}",
            "зайві клітинки: їх 38, а має бути 37",
        ),
        ("{{ text(cell.paragraphs) }}", "<!-- {{ text(cell.paragraphs) }} -->", "тексту «№ з/п»"),
        ("{{ text(cell.paragraphs) }}", "<p title='{{ cell.paragraphs }}'></p>", "«№ з/п»"),
        ("{{ text(cell.paragraphs) }}", "1{{ text(cell.paragraphs) }}", "в клітинці «1№ з/п»"),
        ("{{ text(cell.paragraphs) }}", "{{ text(cell.paragraphs) }}0", "в клітинці «№ з/п0»"),
        (' rowspan="{{ cell.rows }}"', "", "інакше об'єднує клітинку «№ з/п»"),
        ("{% for one in body %}{{", "{% for one in body | reverse %}{{", "ділить таблицю на рядки"),
        ("{{ block.position }}", "<!-- {{ block.position }} -->", "не друкує тексту «Начальник"),
        ("{{ block.name }}", "<img alt='{{ block.name }}' src='data:image/png;,'>", "КОВАЛЬЧУК»"),
        ("<main>", "<main><!--", "неоднозначний"),
        (' title="{{ view.title }}"', "", "не пояснює числа «33,3»"),
        (' title="{{ view.title }}"', ' data-title="{{ view.title }}"', "не пояснює числа «33,3»"),
        (' title="{{ view.title }}"', ' title="інше"', "не пояснює числа «33,3»"),
        (' title="{{ view.title }}"', ' title="{{ view.title }}."', "не пояснює числа «33,3»"),
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


@pytest.mark.parametrize(
    "css",
    [
        "td { display: none }",
        "td { display: none !important }",
        "td { DISPL\\41Y: none }",
        "td { display: contents }",
        "td { display: table-column }",
        "caption, td { display: none }",
        "caption + * { display: none }",
        "caption { & ~ * { display: none } }",
        "caption { position: fixed; inset: 0; width: 100vw }",
        "td { visibility: hidden }",
        "td { opacity: 0 }",
        "td { font-size: 0 }",
        "td { font-size: 4.9pt }",
        "td { font-size: 1px }",
        "td { font-size: .1em }",
        "td { font-size: calc(1pt) }",
        "td { font: 0/0 a }",
        "td { line-height: 0 }",
        "td::before { content: '1' }",
        "td { content: none }",
        "@media print { td::after { content: '000' } }",
        "td { clip-path: inset(50%) }",
        "td { clip: rect(0, 0, 0, 0) }",
        "td { text-indent: -9999px }",
        "td { text-indent: 900mm }",
        "td { margin-left: -900mm }",
        "td { margin: 0 0 0 calc(1mm - 900mm) }",
        "td { padding-left: 900mm }",
        "td { transform: translateX(-100vw) }",
        "td { translate: -100vw }",
        "td { position: absolute; left: -900mm }",
        "td { position: relative; left: -900mm }",
        "td { letter-spacing: -1em }",
        "td { vertical-align: -900mm }",
        "td { color: transparent }",
        "td { color: #fff0 }",
        "td { color: rgba(0, 0, 0, .01) }",
        "td { color: white }",
        "td { background: #000 }",
        "td { color: var(--width) }",
        "td { -webkit-text-fill-color: #fff }",
        "td { text-decoration: line-through }",
        "td { direction: rtl; unicode-bidi: bidi-override }",
        "tr { display: flex; flex-direction: row-reverse }",
        "td { order: 1 }",
        ".table { overflow: hidden }",
        ".table { overflow: auto }",
        "@media screen, print { .table { overflow: auto } }",
        "@media not screen { .table { overflow: auto } }",
        ".table { max-height: 0 }",
        ".table { --width: 0mm }",
        "ol { list-style: none }",
        "ol { list-style-type: none }",
        "ol { counter-reset: list-item 5 }",
        "@layer { td { color: red } }",
        "@supports (color: red) { td { display: none } }",
        "tr { td { display: none } }",
    ],
)
def test_no_style_hides_a_text(css: str) -> None:
    with pytest.raises(FrameError, match="має лишатися видимим") as caught:
        write_html(small_document(), replace(FRAME, css=css))
    assert (caught.value.file, caught.value.line) == ("page.css", 1)


@pytest.mark.parametrize(
    "css",
    [
        "thead th { color: #fff; background: #1d4ed8 }",
        "td { border: .5pt solid #888; padding: 1mm clamp(1mm, 2vw, 4mm) }",
        "td { border-top-width: 2px; border-inline-start: thin dotted red; margin: 0 auto }",
        "h1 { font-size: 16pt; letter-spacing: .1em; text-transform: uppercase }",
        ".signature { margin-top: 3em; page-break-inside: avoid }",
        "header img { float: right; width: 20mm; height: auto }",
        "caption { display: none }",
        "@font-face { font-family: A; src: url(data:font/woff2;base64,AA==) }",
        "@page { @bottom-center { content: 'с. ' counter(page); font-size: 8pt } }",
        "@media (max-width: 40rem) { td { font-size: 80%; line-height: 1 } }",
        "@media screen and (max-width: 40rem) { .table { overflow-x: auto } }",
    ],
)
def test_looks_are_free(css: str) -> None:
    assert css.encode() in write_html(small_document(), replace(FRAME, css=css))
