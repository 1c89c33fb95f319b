"""What a download is: a path on the site, its bytes, and what it holds in words."""

from collections.abc import Callable
from functools import cached_property

from msgspec import Struct

from generator.manifest import Entry
from generator.tables import PublishedTable, TableFile
from generator.write import Content, entry_of, pieces_of

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


class Download(Struct, frozen=True, dict=True):
    """A file to download, with what it holds in words."""

    path: str
    name: str
    title: str
    description: str
    given: Content | Callable[[], Content]
    """The file's bytes; or what makes them anew each time, so that a large file isn't held."""
    table: PublishedTable | None = None
    """The table whose rows it has."""
    part: TableFile | None = None
    """Which part of the table it is, where that is in parts."""
    ready: Entry | None = None
    """What is known of the file, where it is at its place already."""
    of: str | None = None
    """The table that this file is one form of; None when it holds more, or something else."""

    @property
    def stored(self) -> Content:
        """The file's bytes, or where they are read if there are many."""
        return self.given() if callable(self.given) else self.given

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return b"".join(pieces_of(self.stored))

    @cached_property
    def entry(self) -> Entry:
        """The file as the list of a site's files has it."""
        return self.ready or entry_of(self.path, self.stored)

    @property
    def bytes(self) -> int:
        """How many bytes the file has."""
        return self.entry.bytes

    @property
    def said(self) -> str:
        """What it holds, and which rows of that."""
        rows = f" This part has {self.part.words}." if self.part else ""
        return f"{self.description}{rows}"

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
        return self.entry.sha256
