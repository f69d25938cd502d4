"""Files put into a signed container (ASiC-E), at any baseline level; an old one carried on."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Mapping, Sequence

from asn1crypto import cms
from pyhanko.sign import Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext

from reportgen.model.verdict import Level
from reportgen.sign.cades import sign_detached, supply
from reportgen.sign.container import (
    ARCHIVED,
    Container,
    ContainerError,
    enclose,
    read_container,
    stamp_name,
    write_container,
)

_DIGEST = "sha256"
_WITH_EVIDENCE = (Level.LT, Level.LTA)


def signed_container(
    files: Mapping[str, bytes],
    signers: Sequence[Signer],
    level: Level,
    stamps: TimeStamper | None = None,
    context: ValidationContext | None = None,
) -> bytes:
    """Return a container of files that all signers have signed, each all files, in their order.

    Raises:
        ContainerError: for names of files that a container cannot have.
        ValueError: when the level needs a service that is not given.
    """
    container = enclose(files)
    return _written(_signed(container, signers, level, stamps, context), context)


def signed_further(
    data: bytes,
    signers: Sequence[Signer],
    level: Level,
    stamps: TimeStamper | None = None,
    context: ValidationContext | None = None,
) -> bytes:
    """Return a container with signatures of more signers; their keys may be at hand only later.

    Raises:
        ContainerError: for a container that is not ours, or has its archive time-stamp already.
        ValueError: when the level needs a service that is not given.
    """
    container = read_container(data)
    if ARCHIVED in container.meta:
        raise ContainerError("контейнер закрито архівною позначкою часу: підписів більше не додати")
    return _written(_signed(container, signers, level, stamps, context), context)


def renewed_container(data: bytes, stamps: TimeStamper, context: ValidationContext) -> bytes:
    """Return a container with one more archive time-stamp, over all that it holds.

    The time-stamp before gets what it will be judged by once its own certificate has expired.

    Raises:
        ContainerError: for a container that is not ours, or has no archive time-stamp.
    """
    container = read_container(data)
    return _written(_renewed(container, stamps, context), context)


def _written(work: Awaitable[Container], context: ValidationContext | None) -> bytes:
    async def released() -> Container:
        try:
            return await work
        finally:  # connections end with the loop in which they were opened
            if context is not None:
                await context.aclose()

    return write_container(asyncio.run(released()))


async def _signed(
    container: Container,
    signers: Sequence[Signer],
    level: Level,
    stamps: TimeStamper | None,
    context: ValidationContext | None,
) -> Container:
    if level is not Level.B and stamps is None:
        raise ValueError(f"{level.value} needs a time-stamping service")
    if level in _WITH_EVIDENCE and context is None:
        raise ValueError(f"{level.value} needs roots to judge certificates by")
    given = stamps if level is not Level.B else None, context if level in _WITH_EVIDENCE else None
    for signer in signers:
        container = container.prepared()
        asked = container.meta[container.unsigned or ""]
        container = container.signed(await sign_detached(asked, signer, *given))
    if level is Level.LTA and stamps is not None:
        return await _stamped(container.archived(), stamps)
    return container


async def _renewed(
    container: Container, stamps: TimeStamper, context: ValidationContext
) -> Container:
    former = [one for one in container.meta if one.endswith(".tst")]
    if not former:
        raise ContainerError("у контейнері немає архівної позначки часу: поновлювати нічого")
    last = stamp_name(len(former))
    token = cms.ContentInfo.load(container.meta[last], strict=True)
    await supply(token, [token], context)
    supplied = Container(container.files, {**container.meta, last: token.dump(force=True)})
    return await _stamped(supplied.archived(), stamps)


async def _stamped(container: Container, stamps: TimeStamper) -> Container:
    digest = hashlib.new(_DIGEST, container.meta[ARCHIVED]).digest()
    token = await stamps.async_timestamp(digest, _DIGEST)
    return container.stamped(token.dump())
