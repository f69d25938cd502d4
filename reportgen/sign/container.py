"""Containers of signed files: ASiC-E with CAdES (ETSI EN 319 162-1), as values.

The bytes of a container depend on nothing but what is in it: members stand in one order, are not
compressed (what reportgen writes is compressed already, and compressors differ), and have no times.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from reportgen.sign.manifests import manifest

MIME_TYPE = b"application/vnd.etsi.asic-e+zip"
META = "META-INF/"
ARCHIVED = f"{META}ASiCArchiveManifest.xml"
_FIRST = "mimetype"
_LARGEST = 2**31 - 2**20  # beyond that a ZIP needs extensions that not every reader knows
_MOST = 999  # signatures, as their numbers have three digits


class ContainerError(ValueError):
    """Files cannot stand together in a container; the message is a Ukrainian sentence."""


@dataclass(frozen=True, slots=True)
class Container:
    """Files that are signed, and members of ``META-INF`` that sign them; both by their names."""

    # Not in the text of it: the loop of asyncio takes that of each result, and books are large.
    files: Mapping[str, bytes] = field(repr=False)
    meta: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def unsigned(self) -> str | None:
        """The manifest that is not signed yet."""
        waiting = (one for one in self._manifests if _signature_of(one) not in self.meta)
        return next(waiting, None)

    @property
    def _manifests(self) -> list[str]:
        return sorted(one for one in self.meta if one.startswith(f"{META}ASiCManifest"))

    def prepared(self) -> Container:
        """Return it with one more manifest, which waits for a signature; only one may wait.

        Raises:
            ContainerError: when there are too many already.
        """
        if self.unsigned:
            return self
        number = len(self._manifests) + 1
        if number > _MOST:
            raise ContainerError(f"у контейнері вже {_MOST} підписів")
        name = f"{META}ASiCManifest{number:03}.xml"
        return self._with(name, manifest(_signature_of(name), self.files))

    def signed(self, cms: bytes) -> Container:
        """Return it with the detached signature of the manifest that awaits one."""
        if self.unsigned is None:
            raise ContainerError("у контейнері всі маніфести вже підписано")
        return self._with(_signature_of(self.unsigned), cms)

    def archived(self) -> Container:
        """Return it with a manifest of all that is there, which waits for an archive time-stamp.

        The former one of these, if any, gets a number, and the new one carries it on.
        """
        former = [one for one in self.meta if one.startswith(ARCHIVED.removesuffix(".xml"))]
        meta = dict(self.meta)
        roots: list[str] = []
        if ARCHIVED in meta:
            roots = [f"{META}ASiCArchiveManifest{len(former):03}.xml"]
            meta[roots[0]] = meta.pop(ARCHIVED)
        covered = {**_sorted(self.files), **_sorted(meta)}
        stamp = stamp_name(len(former) + 1)
        return replace(self, meta={**meta, ARCHIVED: manifest(stamp, covered, roots)})

    def stamped(self, token: bytes) -> Container:
        """Return it with the archive time-stamp over its last manifest of all."""
        number = sum(one.startswith(ARCHIVED.removesuffix(".xml")) for one in self.meta)
        return self._with(stamp_name(number), token)

    def _with(self, name: str, data: bytes) -> Container:
        return replace(self, meta={**self.meta, name: data})


def stamp_name(number: int) -> str:
    """Return the name of an archive time-stamp."""
    return f"{META}timestamp{number:03}.tst"


def enclose(files: Mapping[str, bytes]) -> Container:
    """Return files as a container that nobody has signed.

    Raises:
        ContainerError: when names lead out of a folder, or two would be one file somewhere.
    """
    if not files:
        raise ContainerError("у контейнері не може бути жодного файлу")
    _check(files)
    return Container(_sorted(files))


def write_container(container: Container) -> bytes:
    """Return the bytes of a container."""
    members = {_FIRST: MIME_TYPE, **_sorted(container.files), **_sorted(container.meta)}
    if sum(map(len, members.values())) > _LARGEST:
        raise ContainerError("файли завеликі: у контейнер вміщається до 2 ГБ; поділіть їх")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            member = zipfile.ZipInfo(name)
            member.create_system = 3  # as if made on Unix, wherever it is made
            member.external_attr = 0o100644 << 16
            archive.writestr(member, data)
    return stream.getvalue()


def read_container(data: bytes) -> Container:
    """Return the container that ``write_container`` has written.

    Raises:
        ContainerError: for bytes that it would not write: signing adds to our own containers only.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(one.file_size for one in infos) > len(data):
                raise ContainerError("у цьому контейнері стиснені файли: його зроблено не тут")
            members = {one.filename: archive.read(one) for one in infos}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise ContainerError("це не контейнер ASiC-E") from error
    first = members.pop(_FIRST, b"")
    meta = {name: one for name, one in members.items() if name.startswith(META)}
    files = {name: one for name, one in members.items() if name not in meta}
    _check(files)
    container = Container(files, meta)
    if first != MIME_TYPE or write_container(container) != data:
        raise ContainerError(
            "контейнер змінено або зроблено іншою програмою: додати підпис не можна"
        )
    return container


def add_signature(data: bytes, cms: bytes) -> bytes:
    """Return the bytes of a container with a signature that another program has made.

    It must be a detached CAdES of the manifest that awaits one (``Container.unsigned``), DER.
    """
    return write_container(read_container(data).signed(cms))


def _signature_of(manifest_name: str) -> str:
    number = manifest_name.removeprefix(f"{META}ASiCManifest").removesuffix(".xml")
    return f"{META}signature{number}.p7s"


def _sorted(members: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: members[name] for name in sorted(members)}


def _check(names: Iterable[str]) -> None:
    seen: dict[str, str] = {}
    for name in names:
        parts = name.split("/")
        strange = any(one in "\\:" or not one.isprintable() for one in name)
        if strange or {"", ".", ".."} & set(parts):
            raise ContainerError(f"назва «{name!a}» не годиться для файлу в контейнері")
        if parts[0].casefold() in ("meta-inf", _FIRST):
            raise ContainerError(f"назва «{name}» у контейнері зайнята: перейменуйте файл")
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            raise ContainerError(f"«{seen[key]}» і «{name}» — на декому комп'ютері один файл")
        seen[key] = name
    for key, name in seen.items():
        parts = key.split("/")
        for count in range(1, len(parts)):
            if "/".join(parts[:count]) in seen:
                raise ContainerError(f"«{name}» лежить у файлі, а не в теці: перейменуйте його")
