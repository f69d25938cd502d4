"""What members of a container are for, by their names (EN 319 162-1), and which nobody signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from reportgen.verify.asic_manifest import Manifest, is_list

MIME: Final = "mimetype"
TYPES: Final = (b"application/vnd.etsi.asic-e+zip", b"application/vnd.etsi.asic-s+zip")
META: Final = "META-INF/"
SIGNING: Final = re.compile(r"META-INF/ASiCManifest[^/]*\.xml")
ARCHIVING: Final = re.compile(r"META-INF/ASiCArchiveManifest[^/]*\.xml")
CMS: Final = re.compile(r"META-INF/[^/]*signature[^/]*\.p7s", re.IGNORECASE)
XADES: Final = re.compile(r"META-INF/[^/]*signatures[^/]*\.xml", re.IGNORECASE)
LISTED: Final = "META-INF/manifest.xml"  # a list of files, of ODF; it signs nothing
LAST: Final = "META-INF/ASiCArchiveManifest.xml"


def strangers(members: Mapping[str, bytes], manifests: Mapping[str, Manifest]) -> Iterator[str]:
    """Yield what does not belong into a container: nobody has signed it."""
    if members.get(MIME, TYPES[0]) not in TYPES:
        yield "файл mimetype каже, що це не контейнер підписаних файлів"
    known = {LISTED, *manifests, *(one.signature for one in manifests.values())}
    signing = [one for one in members if XADES.fullmatch(one) or CMS.fullmatch(one)]
    if not signing:
        yield "у контейнері немає жодного підпису"
    for name in sorted(members):
        if name.startswith(META) and not (name in known or name in signing):
            yield f"файл «{name}» не охоплено підписом: його могли докласти будь-коли"
    if LISTED in members and not is_list(members[LISTED]):
        yield f"файл «{LISTED}» не охоплено підписом, і це не перелік файлів: у ньому щось інше"


def uncovered(members: Mapping[str, bytes], manifests: Mapping[str, Manifest]) -> Iterator[str]:
    """Yield what may lie in a container unsigned, as it says nothing but names of files."""
    covered = {each.name for one in manifests.values() for each in one.references}
    if LISTED in members and LISTED not in covered:
        yield f"перелік файлів «{LISTED}» не охоплено підписом"
