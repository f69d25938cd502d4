"""Signatures by programs of others: the PDF with a gap, the bytes to be signed, what fills the gap.

Ukrainian qualified keys (ДСТУ 4145) sit in tokens and services that only their own programs reach.
Such a program is given a file and returns a detached signature of it; all that follows is here.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError as LibraryError
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from reportgen.model.verdict import Holder
from reportgen.sign.appearance import put_on
from reportgen.sign.expected import Expected, misfit
from reportgen.sign.fields import Field, add
from reportgen.sign.message import Message, is_genuine
from reportgen.sign.refused import RefusedError
from reportgen.sign.revision import revision_of

#: Bytes that a signature may take: one of a Ukrainian key with certificates of its whole chain, a
#: time-stamp and answers of OCSP takes about half.
ROOM = 32 * 1024
#: What programs of others may be told to sign: a gap of this kind takes a signature with the
#: signer's own time in it, as all of them write it; PAdES wants the time in the PDF instead.
CMS, PADES = "pkcs7", "pades"

#: Ukrainian keys whose signatures only programs of others can reckon, by their algorithm.
_ELSEWHERE = "підпис ДСТУ тут не обчислюється (байти й сертифікат звірено): перевірте його на "
_SERVICE = "czo.gov.ua/verify"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A PDF that waits for its signature in ``start:end``, hexadecimal in angle brackets."""

    pdf: bytes
    start: int
    end: int

    @property
    def room(self) -> int:
        """Bytes that the signature may take."""
        return (self.end - self.start - 2) // 2

    @property
    def signed_part(self) -> bytes:
        """The bytes to be signed: all but the gap."""
        return self.pdf[: self.start] + self.pdf[self.end :]


@dataclass(frozen=True, slots=True)
class Finished:
    """A signed PDF, whose signature it is, and what its reader should know of it, in Ukrainian."""

    pdf: bytes
    holder: Holder
    remarks: tuple[str, ...]


def next_field(pdf: bytes) -> str:
    """Return the name of a signature's field that the PDF does not have yet: «Підпис1».

    Raises:
        RefusedError: when the PDF cannot be read.
    """
    try:
        taken = {name for name, _, _ in enumerate_sig_fields(PdfFileReader(BytesIO(pdf)))}
    except (PdfError, ValueError, KeyError, TypeError) as error:
        raise RefusedError("файл не читається як PDF") from error
    numbers = (f"Підпис{number}" for number in range(1, len(taken) + 2))
    return next(name for name in numbers if name not in taken)


@dataclass(frozen=True, slots=True)
class Place:
    """The field that is to be signed: one of those that are added, or one that is there.

    ``look`` is a PDF whose page is drawn into the field; without it nothing is seen there.
    """

    field: str
    added: tuple[Field, ...] = ()
    look: bytes | None = None


def unseen(pdf: bytes) -> Place:
    """Return a new place that no page shows.

    Raises:
        RefusedError: when the PDF cannot be read.
    """
    name = next_field(pdf)
    return Place(name, (Field(name, "Електронний підпис", None),))


def prepare(
    pdf: bytes, place: Place, room: int, kind: str, moment: datetime.datetime | None
) -> Prepared:
    """Return a PDF with a gap of ``room`` bytes for a signature; it begins with the given bytes.

    ``moment`` is the time of signing that the PDF tells, for ``PADES`` alone.

    Raises:
        RefusedError: when the PDF cannot be read or added to.
    """
    subfilter = SigSeedSubFilter.PADES if kind == PADES else SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    gap = SignatureObject(
        timestamp=moment if kind == PADES else None, subfilter=subfilter, bytes_reserved=room * 2
    )
    try:
        writer = revision_of(pdf)
        add(writer, place.added)
        steps = PdfCMSEmbedder().write_cms(place.field, writer, existing_fields_only=True)
        widget = next(steps).get_object()
        if place.look:
            put_on(writer, widget, place.look)
        steps.send(SigObjSetup(gap))
        region, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    except (PdfError, LibraryError, ValueError, KeyError, TypeError) as error:
        raise RefusedError("до цього PDF підпису не додати: він пошкоджений чи закритий") from error
    prepared = output.getvalue()
    if not prepared.startswith(pdf):
        raise AssertionError("the built file must stay as it is")
    return Prepared(prepared, region.reserved_region_start, region.reserved_region_end)


def finish(
    prepared: Prepared, message: Message, expected: Expected, kind: str, moment: datetime.datetime
) -> Finished:
    """Put a signature into its gap, if it is of these bytes and of whom it was expected.

    ``moment`` is now: a signature without any time in it is taken to be of this moment.

    Raises:
        RefusedError: when it is not; the sentence says what to do.
    """
    data = prepared.signed_part
    if message.content is not None and message.content != data:
        raise RefusedError("у файлі підпису лежить інший файл, не той, що дано на підпис")
    if not message.covers(data):
        raise RefusedError(_not_these(message, prepared))
    genuine = is_genuine(message)
    if genuine is False:
        raise RefusedError("підпис не справжній: не сходиться з ключем свого сертифіката")
    _require_valid(message, moment)
    wrong = misfit(expected, message.holder)
    if wrong:
        raise RefusedError(wrong)
    size = len(message.der)
    if size > prepared.room:
        asked = -(-size // 1024) + 1
        raise RefusedError(
            f"підпис завеликий: {size} Б, а місця для нього {prepared.room} Б; "
            f"підготуйте файл наново з --room {asked} і підпишіть ще раз"
        )
    written = message.der.hex().upper().encode("ascii")
    begins = prepared.start + 1
    filled = prepared.pdf[:begins] + written + prepared.pdf[begins + len(written) :]
    return Finished(filled, message.holder, (*_remarks(message, kind, genuine=genuine),))


def _not_these(message: Message, prepared: Prepared) -> str:
    if message.covers(prepared.pdf):
        return "підписано сам PDF, а підписати треба файл .pdf.tbs, що лежить поруч"
    return "це підпис іншого файлу: його хеш не збігається з хешем файлу .pdf.tbs"


def _require_valid(message: Message, moment: datetime.datetime) -> None:
    """Refuse a certificate that was not valid when it signed."""
    holder = message.holder
    told = [one for one in (message.claimed, message.stamped) if one] or [moment]
    for one in told:
        if not holder.since <= one <= holder.until:
            raise RefusedError(
                f"сертифікат {holder.serial} діє з {_day(holder.since)} до {_day(holder.until)}, "
                f"а підписано {_day(one)}"
            )


def _remarks(message: Message, kind: str, *, genuine: bool | None) -> list[str]:
    remarks = []
    if genuine is None:
        remarks.append(_ELSEWHERE + _SERVICE)
    if kind == PADES and message.claimed is not None:
        remarks.append(
            "програма вписала час у сам підпис, тож до PAdES-B-B він не дотягує: "
            "готуйте такі файли без --pades"
        )
    return remarks


def _day(moment: datetime.datetime) -> str:
    return moment.strftime("%d.%m.%Y %H:%M UTC")
