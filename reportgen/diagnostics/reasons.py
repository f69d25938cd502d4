"""Why the system refused, in words that an official understands."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType

_DENIED = "немає дозволу"
_BUSY = "файл зайнятий іншою програмою"
_FULL = "на диску немає місця"

_REASONS: Mapping[int, str] = MappingProxyType(
    {
        errno.ENOENT: "немає такого файлу чи теки",
        errno.EACCES: _DENIED,
        errno.EPERM: _DENIED,
        errno.EEXIST: "на цьому місці лежить щось інше",
        errno.ENOSPC: _FULL,
        errno.EDQUOT: _FULL,
        errno.EFBIG: "файл завеликий для цього диска",
        errno.EROFS: "диск лише для читання",
        errno.EISDIR: "це тека, а має бути файл",
        errno.ENOTDIR: "це файл, а має бути тека",
        errno.ENOTEMPTY: "тека не порожня",
        errno.ELOOP: "посилання вказує саме на себе",
        errno.ENAMETOOLONG: "назва задовга",
        errno.EIO: "диск не відповідає або пошкоджений",
        errno.EBUSY: _BUSY,
        errno.ETXTBSY: _BUSY,
        errno.EMFILE: "відкрито забагато файлів",
        errno.ENOMEM: "бракує оперативної пам'яті",
    }
)
# ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION: Windows tells both as a lack of permission.
_HELD = (32, 33)


def reason(error: OSError | MemoryError) -> str:
    """Return why something failed; what has no words here is named by its number.

    The system's own texts are no use: they speak the language of the system or English.
    """
    if isinstance(error, MemoryError):
        return _REASONS[errno.ENOMEM]
    if getattr(error, "winerror", None) in _HELD:
        return "файл відкрито в іншій програмі, наприклад у Word чи Excel"
    number = error.errno
    if number is None:  # raised by a library rather than by the system
        return str(error) or type(error).__name__
    known = _REASONS.get(number)
    return known or f"помилка системи {number} ({errno.errorcode.get(number, 'невідома')})"
