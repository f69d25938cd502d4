"""Why a certificate is not good, in words, and what to do about it."""

from __future__ import annotations

import datetime
from typing import Final

from asn1crypto import x509
from pyhanko_certvalidator import errors as refused

from reportgen.model.kyiv import shown, shown_day
from reportgen.verify.evidence import Evidence
from reportgen.verify.holder import name_of

_WHERE: Final = (
    "візьміть його на сайті центру чи в переліку ЦЗО (czo.gov.ua), покладіть у теку content "
    "і впишіть у trust: файлу content/signing.yaml або назвіть параметром --trust"
)


def without_root(certificate: x509.Certificate, evidence: Evidence) -> str:
    """Return which certificate is missing for trust in another one, and where to put it."""
    top = _top(certificate, evidence)
    root, last = name_of(top.issuer), name_of(top.subject)
    if top.issuer.hashable != top.subject.hashable:
        return f"бракує сертифіката центру «{root}», що видав сертифікат «{last}»: {_WHERE}"
    if top.dump() == certificate.dump():
        return f"сертифікат «{last}» видано самому собі: жоден центр за нього не ручається"
    return f"корінь «{root}» є лише в самому файлі, серед довірених його немає: {_WHERE}"


def _top(certificate: x509.Certificate, evidence: Evidence) -> x509.Certificate:
    """Return the last certificate that names lead to."""
    by_name = {one.subject.hashable: one for one in evidence.certificates}
    seen: set[bytes] = set()
    while (above := by_name.get(certificate.issuer.hashable)) and above.dump() not in seen:
        seen.add(above.dump())
        certificate = above
    return certificate


def of_chain(error: Exception, moment: datetime.datetime) -> str:
    """Return in Ukrainian what is wrong with a chain."""
    when = shown(moment)
    whose = _subject(error)
    if isinstance(error, refused.RevokedError):
        since = shown(error.revocation_dt)
        return f"{whose} відкликано {since}, а підпис діє з {when}"
    if isinstance(error, refused.ExpiredError):
        return f"{whose} діяв до {shown_day(error.expired_dt)}: на {when} він уже не чинний"
    if isinstance(error, refused.NotYetValidError):
        return f"{whose} діє з {shown_day(error.valid_from)}: на {when} він ще не чинний"
    if isinstance(error, refused.DisallowedAlgorithmError):
        return f"{whose} засвідчено застарілим алгоритмом"
    return f"{whose} не проходить перевірки: його зіпсовано або видано не для цього"


def _subject(error: Exception) -> str:
    path = getattr(error, "current_path", None)
    named = path.get_ee_cert_safe() if path else None
    return f"сертифікат «{name_of(named.subject)}»" if named else "сертифікат"
