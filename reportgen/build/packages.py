"""The council's packages: which there are, and what is wrong with them."""

from __future__ import annotations

from reportgen.diagnostics import BrokenEnvironment, Diagnostic, has_errors, quoted
from reportgen.load import Content, load_package, package_files
from reportgen.model.package import Adopted, Package


def packages(content: Content) -> tuple[tuple[Package, ...], list[Diagnostic]]:
    """Return the packages without errors, and what is found in all of them."""
    found: list[Diagnostic] = []
    sound: list[Package] = []
    if content.council is None:
        return (), found
    for path in package_files(content.root, found):
        said: list[Diagnostic] = []
        package = load_package(path, content.council, content, said)
        if package and not has_errors(said):
            sound.append(package)
        found += said
    return tuple(sound), found


def find_package(
    package_id: str, content: Content, adopted: Adopted | None = None
) -> tuple[Package | None, list[Diagnostic]]:
    """Return one package as far as it can be read, and what is found in its file.

    ``adopted`` stands for what the file says of the vote.

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
    return load_package(named[package_id], content.council, content, found, adopted), found
