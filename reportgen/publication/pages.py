"""The site's own pages, rendered from ``templates/site`` in a sandbox, everything escaped.

Style and script stand in each page, and its policy names them by their digests: so nothing else
is run or loaded, whether the page is served or opened from a folder.
"""

from __future__ import annotations

import base64
import hashlib
import traceback
from collections.abc import Mapping
from dataclasses import dataclass

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reportgen.publication.templates import FOLDER, PAGES, PROGRAMME, SCRIPT, STYLE
from reportgen.publication.views import (
    ExecutorView,
    ProgrammeView,
    RefusedView,
    ReportView,
    UnreportedView,
)
from reportgen.write.frame import FrameError
from reportgen.write.html.faults import in_ukrainian


@dataclass(frozen=True, slots=True)
class FieldView:
    """A column of open data, and what it holds."""

    name: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of open data with its files: paths from the site's folder, each with its size."""

    title: str
    description: str
    files: tuple[tuple[str, str, str], ...]
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class SiteView:
    """All that the pages show."""

    council: str
    genitive: str
    programmes: tuple[ProgrammeView, ...]
    unreported: tuple[UnreportedView, ...]
    executors: tuple[ExecutorView, ...]
    periods: tuple[ReportView, ...]
    refused: tuple[RefusedView, ...]
    tables: tuple[TableView, ...]


def render_pages(site: SiteView, templates: Mapping[str, str]) -> dict[str, bytes]:
    """Return the pages by their paths.

    Args:
        site: what they show.
        templates: the texts of `TEMPLATES`, by name.

    Raises:
        FrameError: if a template cannot be used; its name is that in ``templates``.
    """
    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=jinja2.FunctionLoader(lambda name: _source(name, templates)),
    )
    environment.globals |= {
        "site": site,
        "style": _inline(STYLE, templates),
        "script": _inline(SCRIPT, templates),
        "policy": policy_of(templates),
    }
    pages = {
        path: _render(environment, name, path, {"here": here})
        for here, (path, name) in PAGES.items()
    }
    for one in site.programmes:
        given = {"here": "", "programme": one}
        pages[one.page] = _render(environment, PROGRAMME, one.page, given)
    return pages


def policy_of(templates: Mapping[str, str]) -> str:
    """Return the content security policy of the pages: one style, one script, nothing else.

    Raises:
        FrameError: if the style or the script cannot stand in a page.
    """
    style, script = (digest_of(_inline(name, templates)) for name in (STYLE, SCRIPT))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def digest_of(text: str) -> str:
    """Return the digest of an element's content, as browsers reckon it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _inline(name: str, templates: Mapping[str, str]) -> Markup:
    """Return a text that stands in an element of its own, which it cannot end."""
    text = templates[name].replace("\r\n", "\n")
    if "</" in text or "<!--" in text:
        line = text[: min(at for one in ("</", "<!--") if (at := text.find(one)) >= 0)].count("\n")
        raise FrameError(name, line + 1, "тут не може бути «</» і «<!--».")
    return Markup(text)  # noqa: S704 - as checked above


def _source(name: str, templates: Mapping[str, str]) -> tuple[str, str, None] | None:
    text = templates.get(name)
    return None if text is None else (text, f"{FOLDER}/{name}", None)


def _render(
    environment: jinja2.Environment, name: str, path: str, given: Mapping[str, object]
) -> bytes:
    root = "../" * path.count("/")
    try:
        return environment.get_template(name).render(given, root=root).encode()
    except Exception as error:
        fault = _fault(name, error)
        if fault is None:
            raise
        raise fault from error


def _fault(name: str, error: Exception) -> FrameError | None:
    """Return what is wrong with a template and where; nothing for a fault that is not its own."""
    steps = [
        step
        for step in traceback.extract_tb(error.__traceback__)
        if step.filename.startswith(f"{FOLDER}/")
    ]
    line = steps[-1].lineno or 1 if steps else 1
    file = steps[-1].filename.removeprefix(f"{FOLDER}/") if steps else name
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, line = error.name or name, error.lineno
    if isinstance(error, jinja2.TemplateNotFound):
        return FrameError(file, line, f"Немає шаблону «{error.name}» у templates/{FOLDER}.")
    told = in_ukrainian(error)
    if told is not None:
        return FrameError(file, line, *told.messages)
    return FrameError(file, line, f"Шаблон не вдалося виконати («{error}»).") if steps else None
