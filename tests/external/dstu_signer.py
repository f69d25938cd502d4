"""Signatures by ДСТУ 4145, as programs of Ukrainian keys make: the npm package jkurwa makes them.

Versions and checksums are pinned in ``dstu/package-lock.json``; the packages lie outside the tree,
where judges lie, and are brought once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_name("dstu")
LOCK = SOURCE / "package-lock.json"


class NoSignerError(Exception):
    """The packages cannot be had."""


def sign_dstu(data: bytes) -> bytes:
    """Return a detached signature by a key that is made for this call.

    Raises:
        NoSignerError: when the packages cannot be had.
    """
    environment = {**os.environ, "NODE_PATH": str(_packages())}
    command = ["node", str(SOURCE / "sign.js")]
    done = subprocess.run(command, input=data, capture_output=True, check=True, env=environment)
    return done.stdout


def _packages() -> Path:
    """Return the folder of the packages, which are fetched unless they are there."""
    version = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    place = _cache() / f"dstu-{version}"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as name:
            folder = Path(name, "dstu")
            shutil.copytree(SOURCE, folder)
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                raise NoSignerError(done.stderr)
            if not place.exists():  # another process of the tests may have been faster
                folder.rename(place)
    return place / "node_modules"


def _cache() -> Path:
    given = os.environ.get("REPORTGEN_JUDGES")
    return Path(given) if given else Path.home() / ".cache" / "reportgen" / "judges"
