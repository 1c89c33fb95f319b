"""The hand-written pages as all publishers share them."""

import posixpath
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from msgspec.structs import replace

from generator import urls
from generator.handwritten import CopiedFile

_LINK = re.compile(r"(?P<before>\]\(\s*<?)(?P<link>[^)\s>]+)")


def _page(link: str, folder: str) -> str | None:
    """The file that a link of a page leads to; None where it leads out of the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    return posixpath.normpath(posixpath.join(folder, parts.path))


def shared(file: CopiedFile, known: Collection[str]) -> CopiedFile:
    """A page whose links to what only a publisher has lead to the list of publishers instead.

    `known` are the files that can be linked to, below `docs/`.
    """
    if file.page is None:
        return file
    folder = posixpath.dirname(file.path)
    instead = posixpath.relpath(urls.source_file(urls.PUBLISHERS), folder or ".")

    def led(match: re.Match[str]) -> str:
        page = _page(match["link"], folder)
        return match["before"] + (match["link"] if page is None or page in known else instead)

    return replace(file, content=_LINK.sub(led, file.text).encode())
