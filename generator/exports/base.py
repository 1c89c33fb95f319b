"""What a download is: a path on the site, its bytes, and what it holds in words."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from generator.tables import PublishedTable

_MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/atom+xml",
    "zip": "application/zip",
}


@dataclass(frozen=True)
class Download:
    """A file to download, with what it holds in words."""

    path: str
    name: str
    title: str
    description: str
    given: bytes | Callable[[], bytes]
    """The file's bytes; or what makes them anew each time, so that a large file isn't held."""
    table: PublishedTable | None = None
    of: str | None = None
    """The table that this file is one form of; None when it holds more, or something else."""

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self.given() if callable(self.given) else self.given

    @cached_property
    def _measured(self) -> tuple[int, str]:
        content = self.content
        return len(content), hashlib.sha256(content).hexdigest()

    @property
    def bytes(self) -> int:
        """How many bytes the file has."""
        return self._measured[0]

    @property
    def describes(self) -> bool:
        """Whether it only says what the columns of one CSV mean."""
        return self.of is not None and self.name.endswith("-metadata.json")

    @property
    def media_type(self) -> str:
        """The file's kind, as web servers and catalogues name it."""
        return _MEDIA_TYPES.get(self.name.rpartition(".")[2], "application/octet-stream")

    @property
    def size(self) -> str:
        """The exact size, as a reader sees it."""
        return f"{self.bytes:,} bytes"

    @property
    def sha256(self) -> str:
        """The hash that proves the file is the one described."""
        return self._measured[1]
