"""Why the system refused, in Ukrainian whatever the system speaks."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from reportgen.diagnostics import reason
from reportgen.diagnostics.reasons import _REASONS


def test_reasons_have_no_english() -> None:
    for text in _REASONS.values():
        assert re.fullmatch(r"[а-яіїєґ', ]+", text)


def test_a_real_refusal_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        (tmp_path / "none").read_bytes()
    assert reason(missing.value) == "немає такого файлу чи теки"
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileExistsError) as taken:
        (tmp_path / "file").mkdir()
    assert reason(taken.value) == "на цьому місці лежить щось інше"


def test_what_has_no_words_is_named_by_its_number() -> None:
    assert reason(OSError(errno.EXDEV, "x")) == f"помилка системи {errno.EXDEV} (EXDEV)"
    assert reason(OSError(99999, "x")) == "помилка системи 99999 (невідома)"


def test_what_comes_from_a_library_keeps_its_words() -> None:
    assert reason(OSError("cannot load library")) == "cannot load library"
    assert reason(OSError()) == "OSError"


def test_a_file_that_word_holds_is_told_apart() -> None:
    error = PermissionError(errno.EACCES, "used by another process")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]  # as Windows sets it
    assert reason(error) == "файл відкрито в іншій програмі, наприклад у Word чи Excel"


def test_lack_of_memory_is_not_silent() -> None:
    assert reason(MemoryError()) == "бракує оперативної пам'яті"
