"""The parts of a signature that no signature covers: whether each is what it must be.

A message of CMS covers its signed attributes and, by them, the file and the signer's certificate.
Around these stands what anybody could change without breaking anything: the version, names of
algorithms, certificates and attributes beside. Where no later signature covers them, they have to
be just what the rest of the message makes of them, or be signed by somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from asn1crypto import core, x509

from reportgen.model.verdict import Outcome
from reportgen.verify.canonical import is_canonical
from reportgen.verify.chain import is_issued
from reportgen.verify.holder import name_of
from reportgen.verify.message import STAMP, Message

# RFC 5652, 5.1: of a message on data, on anything else, with answers on revocation beside lists
_PLAIN, _TYPED, _MIXED = "v1", "v3", "v5"
_SIGNER: Final = {"issuer_and_serial_number": "v1", "subject_key_identifier": "v3"}
#: Unsigned attributes of CAdES whose values are looked at as evidence (EN 319 122-1).
_EVIDENCE: Final = frozenset({"1.2.840.113549.1.9.16.2.23", "1.2.840.113549.1.9.16.2.24"})


def envelope_faults(
    der: bytes, message: Message, known: Sequence[x509.Certificate]
) -> dict[str, Outcome]:
    """Return what in an envelope is not as it must be, and what that makes of the signature.

    ``known`` are certificates at hand beside it. A certificate in an envelope has to be signed by
    another one: where that is missing it could be anything, where that is there it must have.
    """
    if not is_canonical(der):
        fault = "підпис записано не за правилами DER: його оболонку могли змінити"
        return {fault: Outcome.INVALID}
    inside = _certificates(message)
    beside = (*known, *inside)
    faults = dict.fromkeys(_faults(message), Outcome.INVALID)
    for one in inside:
        issuers = [each for each in beside if each.subject.dump() == one.issuer.dump()]
        if not any(is_issued(one, each) for each in issuers):
            fault = f"за сертифікат «{name_of(one.subject)}» у підписі ніхто не ручається"
            faults[fault] = Outcome.INVALID if issuers else Outcome.UNTRUSTED
    return faults


def _faults(message: Message) -> Iterator[str]:
    data, signer = message.data, message.signer
    typed = data["encap_content_info"]["content_type"].native != "data"
    digests = {one.dump() for one in data["digest_algorithms"]}
    versions = [one["version"].native for one in data["signer_infos"]]
    if data["crls"] is not core.VOID and any(one.name == "other" for one in data["crls"]):
        versions.append(_MIXED)
    sound = (
        all(map(_is_whole, (data, signer, data["encap_content_info"]))),
        data["version"].native == max([_TYPED if typed else _PLAIN, *versions]),
        signer["version"].native == _SIGNER[signer["sid"].name],
        digests == {one["digest_algorithm"].dump() for one in data["signer_infos"]},
        _is_plain(signer["digest_algorithm"]),
        signer["signature_algorithm"].signature_algo != "rsassa_pkcs1v15"
        or _is_plain(signer["signature_algorithm"]),
        data["certificates"] is not core.VOID
        and len(message.certificates) == len(data["certificates"]),
    )
    if not all(sound):
        yield "оболонка підпису суперечить його вмісту: її змінено після підпису"
    for one in () if signer["unsigned_attrs"] is core.VOID else signer["unsigned_attrs"]:
        if one["type"].native != STAMP and one["type"].dotted not in _EVIDENCE:
            yield "до підпису докладено дані, яких він не охоплює"
    for stamp in message.stamps:
        yield from _faults(stamp)


def _is_whole(sequence: Any) -> bool:  # noqa: ANN401 - of a library without types
    """Tell whether all parts are those that the standard knows; others are read over silently."""
    return sum(len(sequence[name].dump()) for name in sequence) == len(sequence.contents)


def _is_plain(algorithm: Any) -> bool:  # noqa: ANN401 - of a library without types
    """Tell whether an algorithm stands without parameters, or with NULL for them."""
    return algorithm["parameters"].dump() in (b"", b"\x05\x00")


def _certificates(message: Message) -> list[x509.Certificate]:
    inner = [one for stamp in message.stamps for one in _certificates(stamp)]
    return [*message.certificates, *inner]
