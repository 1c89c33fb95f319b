"""A zip written as its files are made: never all of them are held at once."""

import tempfile
import zipfile
from collections.abc import Iterable

from generator.write import File, Stored, pieces_of

_EPOCH = (1980, 1, 1, 0, 0, 0)


def archive(files: Iterable[File]) -> Stored:
    """Files by their names in a zip. Stored, not deflated: the same bytes from every zlib."""
    out = tempfile.TemporaryFile(prefix="purse-zip-")  # noqa: SIM115 - gone with the content
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as zipped:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            entry.file_size = len(content)
            with zipped.open(entry, "w") as file:
                for piece in pieces_of(content):
                    file.write(piece)
    return Stored(out, out.tell())
