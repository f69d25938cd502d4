"""What libraries and certificates say, as it is told to people."""

from __future__ import annotations

import logging

import pytest
from pyhanko.sign.general import SigningError as LibraryError
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator.errors import PathBuildingError

from reportgen.build.steps import State, Step
from reportgen.cli import main, sign_command
from reportgen.cli.signing_steps import show_steps
from reportgen.sign.faults import SigningError, explained
from reportgen.sign.holder import printable


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            PathBuildingError('Unable to build a validation path - no issuer matching "X"'),
            "не відомо, хто видав сертифікат",
        ),
        (
            TimestampRequestError("Timestamp server refused our request: statusString"),
            "служба позначок часу відмовила",
        ),
        (TimestampRequestError("Error in communication"), "служба позначок часу не відповіла"),
        (LibraryError("something unforeseen"), "бібліотека каже: «something unforeseen»"),
    ],
)
def test_what_a_library_tells_is_told_in_ukrainian(error: Exception, told: str) -> None:
    with pytest.raises(SigningError, match=told), explained("head"):
        raise error


def test_a_name_cannot_command_a_terminal() -> None:
    assert printable("Петро\x1b[2J\n ШЕВЧЕНКО\u202e") == "Петро�[2J ШЕВЧЕНКО�"


@pytest.mark.parametrize(
    ("number", "seconds", "told"),
    [
        (1, 0.5, ""),  # it waited for the key
        (4, 2, ", 2,0 файлу/с"),
        (30, 0, ", 30000,0 файлу/с"),
        (5, 50, ", 0,1 файлу/с"),
        (5, 51, ""),
    ],
)
def test_a_speed_is_told_where_it_says_something(number: int, seconds: float, told: str) -> None:
    assert sign_command.told_speed(number, seconds) == told


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([State.NOT_PREPARED] * 6, "Не підготовлено: 6 файлів."),
        ([State.SIGNED], "Підписано: 1 файл."),
        ([State.SIGNED, State.WAITING, State.SIGNED], "3 файли: підписано 2, чекає підпису 1."),
        ([], "0 файлів."),
    ],
)
def test_fates_of_files_are_summed_up(
    states: list[State], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show_steps(Step("book.pdf", one) for one in states)
    assert capsys.readouterr().out.splitlines()[-1] == told


def test_libraries_do_not_speak_past_us() -> None:
    """What they log, such as a stamp of other bytes, is told by verdicts and faults of ours."""
    assert main(["--version"]) == 0
    for name in ("pyhanko.sign.validation.generic_cms", "pyhanko_certvalidator.context"):
        logger: logging.Logger | None = logging.getLogger(name)
        handlers: list[logging.Handler] = []
        while logger and logger.parent:  # those of the root are the tests' own
            handlers += logger.handlers
            logger = logger.parent
        assert handlers
