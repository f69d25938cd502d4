"""How a council signs: whose keys, in what order, at what level; no secret is part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from reportgen.diagnostics import Span
from reportgen.model.council import Official
from reportgen.model.verdict import Level


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key in a PKCS#12 file (RFC 7292)."""

    path: Path


@dataclass(frozen=True, slots=True)
class Token:
    """A key on a protected carrier, reached by PKCS#11.

    ``module`` is the library of the carrier's maker; ``label`` names the token and ``certificate``
    the certificate on it.
    """

    module: Path
    label: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A key in a program of its own, as qualified keys by ДСТУ 4145 are."""


Carrier: TypeAlias = KeyFile | Token | Elsewhere


@dataclass(frozen=True, slots=True)
class Key:
    """A key by the name that the profiles call it."""

    id: str
    carrier: Carrier
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature of a profile: an official's, or the seal of an organisation (no official)."""

    key: Key
    official: Official | None

    @property
    def is_seal(self) -> bool:
        """Whether an organisation puts it and no person."""
        return self.official is None


@dataclass(frozen=True, slots=True)
class SigningProfile:
    """Who signs, one after another, and how; ``mark`` asks for a visible mark of each."""

    id: str
    level: Level
    signers: tuple[Signer, ...]
    mark: bool
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Signing:
    """All of ``content/signing.yaml``.

    ``time_stamps`` is the address of a service by RFC 3161, "" for none; ``trust`` are files with
    the certificates of roots, PEM or DER.
    """

    time_stamps: str
    trust: tuple[Path, ...]
    profiles: Mapping[str, SigningProfile]
