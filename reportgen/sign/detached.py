"""Signatures of whole files that lie beside them: ``.p7s`` and ASiC-E, as ЦЗО and Дія give them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from asn1crypto import cms

from reportgen.model.verdict import Holder
from reportgen.sign.holder import holder_of
from reportgen.sign.parts import (
    MESSAGE_DIGEST,
    algorithm_of,
    attributes_of,
    certificate_of,
    decoded,
    reading,
)
from reportgen.sign.refused import RefusedError

_ZIP = b"PK\x03\x04"
_CONTAINER = b"application/vnd.etsi.asic-e+zip"
_MOST_MEMBERS = 1000
_OTHER = "це підпис іншого файлу: його хеш не збігається"


def belongs(file: bytes, signature: bytes) -> tuple[Holder, ...]:
    """Return who has signed this very file; of a container nobody is named.

    All signers of a ``.p7s`` must have signed it. A container must hold the file and signatures:
    whether these are of it, and all else about signatures, verification judges.

    Raises:
        RefusedError: when the signature is of another file, or is none.
    """
    if signature.startswith(_ZIP):
        _require_within(file, signature)
        return ()
    return reading(lambda: tuple(_signers(file, signature)))


def _signers(file: bytes, signature: bytes) -> Iterator[Holder]:
    info = cms.ContentInfo.load(decoded(signature), strict=True)
    if info["content_type"].native != "signed_data" or not len(info["content"]["signer_infos"]):
        raise RefusedError("у файлі немає жодного підпису")
    signed = info["content"]
    content = signed["encap_content_info"]["content"].native
    if content is not None and content != file:
        raise RefusedError(_OTHER)
    for signer in signed["signer_infos"]:
        attributes = attributes_of(signer["signed_attrs"])
        if MESSAGE_DIGEST not in attributes:
            raise RefusedError("підпис без підписаних атрибутів: у програмі підпису виберіть CAdES")
        digest = algorithm_of(signer["digest_algorithm"]).reckon(file)
        if digest != attributes[MESSAGE_DIGEST].native:
            raise RefusedError(_OTHER)
        yield holder_of(certificate_of(signed, signer))


def _require_within(file: bytes, container: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(container)) as opened:
            members = opened.infolist()
            names = [one.filename for one in members]
            if len(names) > _MOST_MEMBERS or len(set(names)) != len(names):
                raise RefusedError("у контейнері забагато файлів або назви повторюються")
            kind = next((one for one in members if one.filename == "mimetype"), None)
            if kind is None or kind.file_size != len(_CONTAINER) or opened.read(kind) != _CONTAINER:
                raise RefusedError("це не контейнер ASiC-E")
            if not any(_is_signature(one) for one in names):
                raise RefusedError("у контейнері немає жодного підпису")
            sized = [one for one in members if one.file_size == len(file)]
            if not any(opened.read(one) == file for one in sized):
                raise RefusedError("у контейнері лежить інший файл")
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise RefusedError("контейнер пошкоджено") from error


def _is_signature(name: str) -> bool:
    folder, _, file = name.partition("/")
    return folder == "META-INF" and "signature" in file.lower() and file.endswith((".p7s", ".xml"))
