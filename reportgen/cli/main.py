"""Entry point.

Exit codes: 0 done; 1 the author's mistakes; 2 the machine or the call; 3 our bug.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import traceback
from collections.abc import Sequence

from reportgen.cli.options import parse_options
from reportgen.cli.passwords import withheld
from reportgen.diagnostics import BrokenEnvironment, reason, tame

MISTAKES = 1
ENVIRONMENT = 2
OUR_BUG = 3
_INTERRUPTED = 130  # as shells report it
_LOGGING = ("pyhanko", "pyhanko_certvalidator")
_SILENT = logging.NullHandler()


def main(arguments: Sequence[str] | None = None) -> int:  # noqa: PLR0911 - one for each ending
    """Run one command and return its exit code."""
    for library in _LOGGING:  # their warnings, in English; what matters is a finding of ours
        logging.getLogger(library).addHandler(_SILENT)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            # A console that lacks a character shows «?» instead of ending the program.
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except BrokenEnvironment as error:
        print(f"reportgen: {tame(str(error))}", file=sys.stderr)  # noqa: T201
        return ENVIRONMENT
    except BrokenPipeError:  # the reader has seen enough, as `| head` does
        _drop_output()
        return 0
    except (OSError, MemoryError) as error:  # a full disk under the output, a pulled-out drive
        _drop_output()
        file = getattr(error, "filename", None)
        what = f"{reason(error)} ({file})" if file else reason(error)
        print(f"reportgen: заважає комп'ютер: {tame(what)}", file=sys.stderr)  # noqa: T201
        return ENVIRONMENT
    except KeyboardInterrupt:
        print("reportgen: перервано", file=sys.stderr)  # noqa: T201
        return _INTERRUPTED
    except SystemExit as error:  # argparse has said what there was to say
        return error.code if isinstance(error.code, int) else ENVIRONMENT
    except Exception:  # noqa: BLE001 - the last place where a bug of ours can be named as one
        traceback.print_exc()
        message = "reportgen: це помилка самої програми; надішліть текст вище розробникам"
        print(message, file=sys.stderr)  # noqa: T201
        return OUR_BUG


def _drop_output() -> None:
    """Let what is still to be printed go nowhere: Python would try once more as it ends."""
    with contextlib.suppress(OSError, ValueError):  # a stream of a test has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: Sequence[str]) -> int:
    options = parse_options(arguments)
    with withheld():
        code: int = options.run(options)
    sys.stdout.flush()  # here, where a reader that has gone is no surprise
    return code
