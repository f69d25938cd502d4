"""Bare Jinja2: one template with loops, everything escaped."""

from __future__ import annotations

import jinja2
from plain import Plain, load

__all__ = ["SUFFIX", "draw", "load"]

SUFFIX = "html"

_PAGE = """<!DOCTYPE html>
<html lang="uk"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="author" content="{{ author }}">
<style>
table { table-layout: fixed; border-collapse: collapse; font-size: 9pt }
th, td { border: .5pt solid; vertical-align: top }
.total { font-weight: bold } .centre { text-align: center } .right { text-align: right }
</style></head><body>
{% macro row(one, tag) %}
<tr class="{{ one.role }}">{% for cell in one.cells %}<{{ tag }}
{%- if cell.columns > 1 %} colspan="{{ cell.columns }}"{% endif %}
{%- if cell.rows > 1 %} rowspan="{{ cell.rows }}"{% endif %}
{%- if cell.align != "left" %} class="{{ cell.align }}"{% endif %}>
{%- if cell.paragraphs|length > 1 %}{% for text in cell.paragraphs %}<p>{{ text }}</p>{% endfor %}
{%- else %}{{ cell.paragraphs|first }}{% endif %}</{{ tag }}>{% endfor %}</tr>
{% endmacro %}
{% for line in lines %}<p class="{{ line.style }}">{{ line.text }}</p>{% endfor %}
<table><colgroup>{% for width in widths %}<col style="width: {{ width }}mm">{% endfor %}</colgroup>
<thead>{% for one in header %}{{ row(one, "th") }}{% endfor %}</thead>
<tbody>{% for one in body %}{{ row(one, "td") }}{% endfor %}</tbody></table>
<p>{{ position }} {{ name }}</p>
</body></html>"""


def draw(plain: Plain) -> bytes:
    """Return the report as an HTML page."""
    template = jinja2.Environment(autoescape=True).from_string(_PAGE)
    return template.render(plain).encode("utf-8")
