"""By which profile files are signed, and the passwords of its keys."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence

from reportgen.build.bench import Plan, secrets_of
from reportgen.build.project import Project, find_mark
from reportgen.cli.passwords import given, variable_of
from reportgen.diagnostics import BrokenEnvironment, Diagnostic, quoted
from reportgen.load import Content
from reportgen.load.names import nearly
from reportgen.load.signing import FILE, load_signing
from reportgen.model.signing import Elsewhere, Key, Signing, SigningProfile, Token
from reportgen.sign.faults import KeyFaultError
from reportgen.sign.services import read_roots


def read_signing(project: Project, content: Content) -> tuple[Signing | None, list[Diagnostic]]:
    """Return how the council signs, and what is wrong with its file.

    Raises:
        BrokenEnvironment: when there is no such file.
    """
    found: list[Diagnostic] = []
    if content.council is None:
        return None, found
    if not (project.root / FILE).is_file():
        raise BrokenEnvironment(f"немає файлу {FILE}: у ньому ключі й профілі (docs/uk/sign.md)")
    return load_signing(project.root, content.council, found), found


def find_profile(signing: Signing, name: str | None) -> SigningProfile:
    """Return the profile that is asked for; the only one need not be named.

    Raises:
        BrokenEnvironment: when there is no such profile, or it is not said which of several.
    """
    known = ", ".join(signing.profiles) or "жодного"
    if name is None:
        if len(signing.profiles) != 1:
            raise BrokenEnvironment(f"вкажіть профіль: --profile НАЗВА; є: {known}")
        return next(iter(signing.profiles.values()))
    if name not in signing.profiles:
        near = nearly(name, signing.profiles)
        meant = f"; можливо, {near}" if near else ""
        raise BrokenEnvironment(f"немає профілю {quoted(name)}{meant}; є: {known}")
    return signing.profiles[name]


def make_plan(
    profile: SigningProfile,
    signing: Signing,
    content: Content,
    project: Project,
    keys: Sequence[str] = (),
) -> Plan:
    """Return how files are signed by a profile; passwords are asked for here.

    Raises:
        KeyFaultError: when a key cannot be opened.
        BrokenEnvironment: when a file of trusted roots is of no use.
    """
    read_roots(signing.trust)
    secrets = secrets_of(profile, keys, _password)
    council = content.council
    return Plan(
        profile=profile,
        keys=tuple(secrets),
        secrets=tuple(secrets.values()),
        service=signing.time_stamps,
        roots=signing.trust,
        template=find_mark(project).encode("utf-8"),
        font=council.page.font if council else "",
    )


def _password(key: Key) -> str:
    """Return the password of a key: from the environment, else as typed without being shown.

    Raises:
        KeyFaultError: when there is nobody to ask.
    """
    if isinstance(key.carrier, Elsewhere):
        return ""
    password = given(key.id)
    if password is not None:
        return password
    if not sys.stdin.isatty():
        raise KeyFaultError(
            f"ключ {key.id}: немає пароля; дайте його у змінній {variable_of(key.id)}"
        )
    what = "PIN токена" if isinstance(key.carrier, Token) else "Пароль ключа"
    return getpass.getpass(f"{what} {key.id}: ", sys.stderr)
