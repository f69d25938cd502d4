"""Work done by other machines: a Dask cluster, behind the interface of local processes.

Its workers need reportgen and the typeface, and no disk in common: reports travel as bytes.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from reportgen.build.workers import Pool
from reportgen.diagnostics import BrokenEnvironment

if TYPE_CHECKING:
    from distributed import Client

_ADDRESS = re.compile(
    r"(?:tcp|tls|ws|wss)://[^\s/:]+:\d{1,5}|(?:tcp|tls)://\[[0-9a-fA-F:.]+\]:\d{1,5}"
)
_PATIENCE = 10  # seconds for the scheduler to answer


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Pool]:
    """Hold a connection to the scheduler at an address such as ``tcp://10.0.0.5:8786``.

    Raises:
        BrokenEnvironment: when Dask is not installed, nobody answers there or no worker is there.
    """
    if not _ADDRESS.fullmatch(address):
        raise BrokenEnvironment(f"--scheduler «{address}»: пишіть адресу як tcp://10.0.0.5:8786")
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 - an extra of its own
    except ImportError:
        raise BrokenEnvironment(
            "для --scheduler потрібен Dask: встановіть reportgen із додатком dask "
            "(pip install 'reportgen[dask]')"
        ) from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BrokenEnvironment(
            f"планувальник {address} не відповідає: перевірте адресу й чи його запущено"
        ) from error
    with client:
        jobs = sum(client.nthreads().values())
        if not jobs:
            raise BrokenEnvironment(f"у планувальника {address} немає жодного робочого процесу")
        yield Pool(lambda: _executor(client), jobs, KilledWorker)


@contextlib.contextmanager
def _executor(client: Client) -> Iterator[Executor]:
    executor = client.get_executor(pure=False)
    try:
        yield executor
    finally:
        executor.shutdown(wait=False)
