"""The council's packages: which there are, and what is wrong with them."""

from __future__ import annotations

from reportgen.diagnostics import BrokenEnvironment, Diagnostic, quoted
from reportgen.load import Content, load_package, package_files
from reportgen.model.package import Package


def packages(content: Content) -> tuple[tuple[Package, ...], list[Diagnostic]]:
    """Return the packages without errors, and what is found in all of them."""
    found: list[Diagnostic] = []
    if content.council is None:
        return (), found
    paths = package_files(content.root, found)
    loaded = (load_package(path, content.council, content, found) for path in paths)
    return tuple(one for one in loaded if one), found


def find_package(package_id: str, content: Content) -> tuple[Package | None, list[Diagnostic]]:
    """Return one package, and what is found in its file.

    Raises:
        BrokenEnvironment: when there is no such file.
    """
    found: list[Diagnostic] = []
    named = {path.stem: path for path in package_files(content.root, found)}
    if package_id not in named:
        known = ", ".join(named) or "жодного"
        raise BrokenEnvironment(f"немає пакета {quoted(package_id)} у content/packages; є: {known}")
    if content.council is None:
        return None, found
    return load_package(named[package_id], content.council, content, found), found
