"""The index as a page that opens years later: one file, no script, nothing from outside."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent.parent
_FOLDER, _PAGE, _STYLE = "archive", "index.html.j2", "index.css"


def render(index: Mapping[str, Any]) -> bytes:
    """Return the page of what `index.view` gives.

    Its template is reportgen's own and no project can put another before it: the page must come out
    alike wherever an archive is inspected.
    """
    template, css = _looks()
    page: str = template.render(index=index, css=css)
    return page.encode()


@lru_cache(maxsize=1)
def _looks() -> tuple[Any, Any]:
    """Return the template and the style sheet."""
    import jinja2  # noqa: PLC0415 - only who writes or inspects an archive needs it
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415

    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=jinja2.FileSystemLoader(_templates()),
    )
    css = (_templates() / _STYLE).read_text(encoding="utf-8")
    return environment.get_template(_PAGE), Markup(css)  # noqa: S704 - our own file


def _templates() -> Path:
    """Return where the template lies: in the wheel, or beside the sources."""
    inside = _PACKAGE / "templates"
    return (inside if inside.is_dir() else _PACKAGE.parent / "templates") / _FOLDER
