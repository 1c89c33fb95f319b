"""What a download is: a path on the site, its bytes, and what it holds in words."""

import hashlib
from dataclasses import dataclass

from generator.tables import PublishedTable


@dataclass(frozen=True)
class Download:
    """A file below `/data/v1/`, with what it holds in words."""

    path: str
    name: str
    title: str
    description: str
    content: bytes
    table: PublishedTable | None = None

    @property
    def size(self) -> str:
        """The exact size, as a reader sees it."""
        return f"{len(self.content):,} bytes"

    @property
    def sha256(self) -> str:
        """The hash that proves the file is the one described."""
        return hashlib.sha256(self.content).hexdigest()
