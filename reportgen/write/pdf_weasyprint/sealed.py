"""What the printing of a page may read: what is inside the page, and the typeface's own files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse


class SealedFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Answers ``data:`` addresses and the given files, and refuses everything else.

    A refusal ends the printing: a page that lost its coat of arms without a word is worse.
    """

    def __init__(self, files: Iterable[Path] = ()) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False)
        self._files = frozenset(file.as_uri() for file in files)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return what is at the address.

        Raises:
            FatalURLFetchingError: if it is not one of those that may be read.
        """
        if not url.lower().startswith("data:") and url not in self._files:
            raise FatalURLFetchingError(f"Сторінка має бути одним файлом, а потребує «{url}».")
        return super().fetch(url, headers)
