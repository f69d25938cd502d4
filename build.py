#!/usr/bin/env python3
"""Run reportgen in an environment of its own, prepared on first use.

``python3 build.py`` builds every report of ``content/``; ``python3 build.py test`` runs the tests;
any other arguments go to the ``reportgen`` command line. Standard library only.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "prepared"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Prepare what is needed, then hand over."""
    if sys.version_info < OLDEST:
        print(f"Потрібен Python {OLDEST[0]}.{OLDEST[1]} або новіший.", file=sys.stderr)
        return 2
    testing = arguments[:1] == ["test"]
    if not prepare("requirements-dev.lock" if testing else "requirements.lock"):
        return 2
    if testing:
        # Each worker goes through modules in their order, so that what one of them prepares
        # is prepared once; who has done helps the others.
        command = ["-m", "pytest", "-n", "auto", "--dist", "worksteal", *arguments[1:]]
    else:
        command = ["-m", "reportgen", *(arguments or ["build"])]
    os.chdir(ROOT)
    # Consoles of Windows would otherwise take Ukrainian text for their own code page.
    environment = {**os.environ, "PYTHONUTF8": "1"}
    # What messages advise to type next begins with what was typed now.
    environment["REPORTGEN_STARTED_AS"] = f"python3 {sys.argv[0]}"
    if os.name == "nt":
        return subprocess.call([PYTHON, *command], env=environment)
    sys.stdout.flush()
    return os.execve(PYTHON, [str(PYTHON), *command], environment)  # noqa: S606 - our own


def prepare(lock: str) -> bool:
    """Make the environment unless it is there; tell in one line what the machine lacks."""
    try:
        wanted = fingerprint(lock)
        done = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []
        if wanted in done:
            return True
        print("Готую середовище (лише першого разу)…", file=sys.stderr, flush=True)
        install_system_packages()
        if not done:
            make_environment()
        subprocess.run(
            [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--no-deps", "--require-hashes", "-r", ROOT / lock],
            check=True,
        )  # fmt: skip
        # What tests need includes what reports need, so both are ready after either dev install.
        ready = {wanted, fingerprint("requirements.lock")}
        STAMP.write_text("\n".join(sorted(ready)), encoding="utf-8")
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"Не вдалося підготувати середовище: {why(error)}", file=sys.stderr)
        return False
    return True


def why(error: OSError | subprocess.CalledProcessError) -> str:
    """Return what stopped the preparation; the command that failed has told its part itself."""
    from reportgen.diagnostics import reason  # noqa: PLC0415 - an older Python could not read it

    if isinstance(error, OSError):
        return f"{reason(error)} ({error.filename})" if error.filename else reason(error)
    return f"команда {error.cmd[2]} завершилася з кодом {error.returncode}"


def fingerprint(lock: str) -> str:
    """Name a state of the environment: the lock's content, this kind of Python, this folder."""
    python = f"{lock} {sys.implementation.cache_tag} {ENVIRONMENT} "
    return hashlib.sha256(python.encode() + (ROOT / lock).read_bytes()).hexdigest()


def make_environment() -> None:
    """Make an empty virtual environment in place of what may be left of one."""
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)


def install_system_packages() -> None:
    """Install what is missing on Debian as root; elsewhere say what is missing."""
    missing = missing_packages()
    if missing and can_install():
        names = sorted({package for package, _ in missing})
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        options = ["-y", "-qq", "--no-install-recommends"]
        for command in (["update", "-qq"], ["install", *options, *names]):
            subprocess.run(
                ["apt-get", *command],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # what is still missing afterwards is told below
                check=False,
            )
        missing = missing_packages()
    if missing:
        print("Бракує: " + "; ".join(dict.fromkeys(why for _, why in missing)), file=sys.stderr)


def can_install() -> bool:
    """Tell whether packages can be installed without asking anybody."""
    return (
        Path("/etc/debian_version").exists()
        and shutil.which("apt-get") is not None
        and os.geteuid() == 0
    )


def missing_packages() -> list[tuple[str, str]]:
    """Return (Debian package, what does not work without it) for all that is not here."""
    missing = []
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(("python3-venv", "python3-venv — без нього середовище не створити"))
    if not has_font():
        missing.append(
            ("fonts-liberation2", "шрифт Liberation Serif — PDF складеться запасним шрифтом")
        )
    pango = "Pango — не працюватиме запасний рушій PDF (weasyprint), решта працює"
    for library, package in (
        ("pango-1.0", "libpango-1.0-0"),
        ("pangoft2-1.0", "libpangoft2-1.0-0"),
        ("harfbuzz-subset", "libharfbuzz-subset0"),
    ):
        if ctypes.util.find_library(library) is None:
            missing.append((package, pango))
    return missing


def has_font() -> bool:
    """Tell whether a face with the metrics of Times is installed."""
    if sys.platform in ("win32", "darwin"):
        return True  # these systems come with Times New Roman
    wanted = {"LiberationSerif-Regular.ttf", "Tinos-Regular.ttf", "times.ttf"}
    wanted.add("Times_New_Roman.ttf")
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    homes = (Path.home() / ".fonts", Path.home() / ".local/share/fonts")
    return any(
        wanted.intersection(files)
        for folder in (*folders, *homes)
        for _, _, files in os.walk(folder)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
