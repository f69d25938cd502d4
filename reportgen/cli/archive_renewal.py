"""``reportgen archive renew``: new time-stamps over the whole archive."""

from __future__ import annotations

import argparse

from reportgen.archive.listing import JOURNAL
from reportgen.archive.renewal import extended
from reportgen.build.renewing import Renewing, Step
from reportgen.cli.archive_setting import Setting
from reportgen.cli.messages import tell
from reportgen.diagnostics import BrokenEnvironment, plural
from reportgen.load.signing import FILE as SIGNING
from reportgen.sign.faults import SigningError
from reportgen.sign.services import time_stamper
from reportgen.sign.stamping import DIGEST

_BAGS = ("пакет", "пакети", "пакетів")


def run(options: argparse.Namespace, setting: Setting) -> int:
    """Renew what is due; the exit code is 1 when something may lose its force all the same.

    Raises:
        BrokenEnvironment: when there is no archive, or no service to ask.
    """
    if not (setting.folder / JOURNAL).is_file():
        raise BrokenEnvironment(f"у теці {setting.folder} немає архіву: у ній немає {JOURNAL}")
    if not setting.service or not setting.roots:
        raise BrokenEnvironment(
            f"щоб поновити позначки часу, потрібні служба й корінь довіри: time_stamps і trust "
            f"у {SIGNING} або --time-stamps і --trust"
        )
    try:
        stamper, _ = time_stamper(setting.service, DIGEST)
    except SigningError as error:
        raise BrokenEnvironment(f"нічого не поновлено: {error}") from error
    renewing = Renewing(
        before=options.before or setting.now + options.within,
        judge=setting.judge,
        extend=lambda data: extended(data, stamper, setting.roots),
        time=setting.now,
        who=setting.who,
    )
    steps: list[Step] = []
    with setting.opened() as archive:
        total = len(archive.journal.latest())
        try:
            for step in renewing.go(archive):
                steps.append(step)
                _tell(step, f"[{len(steps)}/{total}]")
        finally:  # one that is stopped by hand tells in the index, too, what was done
            setting.finish(archive, stamp=any(one.entry for one in steps))
    renewed = sum(one.entry is not None for one in steps)
    stuck = any(one.faults or one.remarks for one in steps)
    more = " Поновити можна не все: чому й що робити, сказано вище." if stuck else ""
    print(f"Поновлено {renewed} {plural(renewed, _BAGS)} із {total}.{more}")  # noqa: T201
    return 1 if any(one.faults for one in steps) else 0


def _tell(step: Step, number: str) -> None:
    """Tell what became of one bag, and of each of its files that cannot be renewed."""
    said = "поновлювати ще не час"
    if step.entry:
        said = f"поновлено як {step.entry.bag}"
    elif step.faults:
        said = "не поновлено"
    print(f"{number} {step.bag}: {said}", flush=True)  # noqa: T201
    for fault in (*step.faults, *step.remarks):
        tell(f"{step.bag}: {fault}")
