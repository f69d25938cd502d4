"""A PDF signed: fields, mark, signature and the evidence of its level, all behind the old bytes."""

from __future__ import annotations

import asyncio

from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.path import ValidationPath

from reportgen.model.verdict import Level
from reportgen.sign.appearance import MarkStyle
from reportgen.sign.faults import SigningError, explained
from reportgen.sign.keys import Opened
from reportgen.sign.laying import mark_of
from reportgen.sign.mark import Ink
from reportgen.sign.revision import Revision
from reportgen.sign.stamping import DIGEST, Services, add_evidence, add_time_stamp
from reportgen.sign.turns import Turn

_BESIDES = 4096  # bytes of a signature besides its certificates and its stamp


def sign(writer: Revision, turn: Turn, key: Opened, services: Services, ink: Ink) -> bytes:
    """Return a PDF with the signature of whose turn it is, which its revision has a field for.

    Only the last signature of B-LTA gets the archive time-stamp, which covers them all; those
    before it are B-LT.

    Raises:
        SigningError: when it cannot be signed.
    """
    profile = turn.profile
    metadata = PdfSignatureMetadata(
        field_name=turn.field, md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES
    )
    work = PdfSigner(
        metadata,
        key.signer,
        timestamper=None if profile.level is Level.B else services.time_stamper,
        stamp_style=MarkStyle(mark=mark_of(turn.signer, key.certificate), ink=ink),
    )
    with explained(key.key.id):
        chains = _chains(key, services) if profile.level in {Level.LT, Level.LTA} else ()
        room = _room(key, services)
        signed = work.sign_pdf(writer, existing_fields_only=True, bytes_reserved=room)
        out = bytes(signed.getbuffer())
        if profile.level is Level.LTA and turn.is_last:
            return add_time_stamp(out, services, chains)
        return add_evidence(out, services, chains) if chains else out


def _chains(key: Opened, services: Services) -> tuple[ValidationPath, ...]:
    """Return the chains of a signer's certificate and of the service's, with what is revoked.

    Raises:
        PathError: when no trusted root stands behind one of them, or one was revoked.
    """
    trust, stamper = services.trust, services.time_stamper
    if trust is None or stamper is None:
        raise SigningError("для рівнів B-LT і B-LTA потрібні служба позначок часу і корені довіри")
    validator = CertificateValidator(
        key.certificate,
        intermediate_certs=[*key.signer.cert_registry],
        validation_context=trust,
    )

    async def found() -> tuple[ValidationPath, ...]:
        try:
            own = await validator.async_validate_usage(set())
            return (own, *[one async for one in stamper.validation_paths(trust)])
        finally:  # connections end with the loop in which they were opened
            await trust.aclose()

    return asyncio.run(found())


def _room(key: Opened, services: Services) -> int:
    """Return how many hexadecimal digits a signature may take: with its chain, and a stamp.

    The library would sign twice to see.
    """
    chain = sum(len(one.dump()) for one in {key.certificate, *key.signer.cert_registry})
    return 2 * (chain + services.stamp_size + _BESIDES)
