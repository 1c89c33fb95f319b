"""Where a built site is read from to be verified: a folder, a zip, or its own address."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from generator import elsewhere
from generator.elsewhere import Elsewhere
from generator.errors import UsageProblem
from generator.manifest import NAME
from generator.write_site import MARK

_SECONDS = 30
_LARGEST = 2**30
"""Bytes; a larger file is no part of a site."""


class Unread(Exception):
    """A file could not be read, and why, in plain words."""


class Source(Protocol):
    """A built site, wherever it is."""

    def read(self, path: str, most: int = _LARGEST) -> bytes | None:
        """A file's content, or its beginning; None when there is no such file."""

    def names(self) -> frozenset[str] | None:
        """Every file there is; None when that can't be known."""


class Folder:
    """A site in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: str, most: int = _LARGEST) -> bytes | None:
        """A file's content; a link that leads out of the folder is no file of the site."""
        file = self._folder / path
        if not file.is_file() or not file.resolve().is_relative_to(self._folder.resolve()):
            return None
        with file.open("rb") as opened:
            return opened.read(most)

    def names(self) -> frozenset[str] | None:
        """Every file but the mark that says whose the folder is."""
        found = (path for path in self._folder.rglob("*") if not path.is_dir())
        names = (path.relative_to(self._folder).as_posix() for path in found)
        return frozenset(name for name in names if name != MARK)


class Zip:
    """A site in a zip, at its top or in its one folder."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        names = [name for name in archive.namelist() if not name.endswith("/")]
        tops = {name.split("/")[0] for name in names}
        inside = len(tops) == 1 and NAME not in names
        self._top = f"{tops.pop()}/" if inside else ""
        self._names = [name.removeprefix(self._top) for name in names]

    def read(self, path: str, most: int = _LARGEST) -> bytes | None:
        """A file's content, unpacked no further than asked."""
        if path not in self._names:
            return None
        if self._names.count(path) > 1:
            raise Unread("stands in the zip twice")
        try:
            with self._archive.open(self._top + path) as opened:
                return opened.read(most)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
            raise Unread(f"can't be unpacked: {fault}") from fault

    def names(self) -> frozenset[str] | None:
        """Every file but the mark."""
        return frozenset(self._names) - {MARK}


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect only within the host that was named, and never away from https."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The next request, as the library would make it. Raises Unread for another host."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        same = (old.hostname, old.port) == (new.hostname, new.port)
        if not same or new.scheme not in (old.scheme, "https"):
            fp.close()
            raise Unread(f"is sent on to another place, {new.scheme}://{new.netloc}; not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Address:
    """A site at its public address. No other host is asked for anything."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/") + "/"
        self._opener = build_opener(_SameHost)

    def read(self, path: str, most: int = _LARGEST) -> bytes | None:
        """A file's content as served; None when the server says there is none."""
        request = Request(  # noqa: S310 - open_source() admits http and https only
            self._address + quote(path),
            headers={"Accept-Encoding": "identity", "User-Agent": "purse-verify"},
        )
        try:
            with self._opener.open(request, timeout=_SECONDS) as answer:
                content: bytes = answer.read(most)
        except HTTPError as fault:
            fault.close()
            if fault.code in (404, 410):
                return None
            raise Unread(f"is not served: the server answers {fault.code}") from fault
        except URLError as fault:
            raise Unread(f"can't be fetched: {fault.reason}") from fault
        except (HTTPException, OSError) as fault:
            raise Unread(f"can't be fetched: {fault or type(fault).__name__}") from fault
        return content

    def names(self) -> frozenset[str] | None:
        """A website can't be asked for all of its files."""
        return None


class Pointed:
    """A site at a place without renaming, in the folder that the file at its top names."""

    def __init__(self, place: Elsewhere) -> None:
        self._place = place

    def read(self, path: str, most: int = _LARGEST) -> bytes | None:
        """A file's content; None when there is no such file."""
        content = self._place.content(path)
        return None if content is None else content[:most]

    def names(self) -> frozenset[str] | None:
        """Every file but the mark."""
        return frozenset(self._place.sizes()) - {MARK}


@contextmanager
def open_source(named: str) -> Iterator[Source]:
    """The site that a folder, a zip or an address holds. Raises UsageProblem for anything else."""
    if urlsplit(named).scheme in ("http", "https"):
        yield Address(named)
    elif elsewhere.is_address(named):
        place = Elsewhere(named)
        folder = elsewhere.current(place)
        if folder is None:
            raise UsageProblem(
                f"{named} holds no site that was built to the end.",
                "name the place that was given to purse build --out.",
            )
        yield Pointed(place.below(folder))
    elif Path(named).is_dir():
        yield Folder(Path(named))
    elif Path(named).is_file() and zipfile.is_zipfile(named):
        with zipfile.ZipFile(named) as archive:
            yield Zip(archive)
    else:
        raise UsageProblem(
            f"{named} is neither a folder, a zip nor an address.",
            "name a built site: its folder, a zip of it, or where it is, such as https://...",
        )
