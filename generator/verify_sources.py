"""Where a built site is read from to be verified: a folder, a zip, or its own address."""

import io
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Protocol, cast
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from generator import elsewhere
from generator.elsewhere import Elsewhere
from generator.errors import UsageProblem
from generator.manifest import NAME
from generator.write_site import MARK

_SECONDS = 30
_MB = 1_000_000
_DIRECTORY = 32 * _MB
"""Bytes of a zip's list of entries; that of 100,000 awards, 270,000 files, has some 30 MB."""
_PACKED, _RATIO = 1_000 * _MB, 50
"""Bytes beyond which a zip must not unpack to more than so many times its size."""
_PLAIN_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, OSError),
)
"""What a zip that is broken, locked or made to harm makes the library say."""


class Unread(Exception):
    """A file could not be read, and why, in plain words."""


class Opened(Protocol):
    """What is read from, piece by piece."""

    def read1(self, size: int, /) -> bytes:
        """The next bytes, as many as are there and at most so many; none at the end."""


class Source(Protocol):
    """A built site, wherever it is."""

    at_once: int
    """How many files are sooner asked for together than one by one."""

    def opened(self, path: str) -> AbstractContextManager[Opened | None]:
        """A file to read; None when there is no such file. Raises Unread, also while it is read."""

    def names(self) -> frozenset[str] | None:
        """Every file there is; None when that can't be known."""

    def must_not_unpack_to(self, size: int) -> None:
        """Raise UsageProblem when no honest site as large as this can have so many bytes."""


class Folder:
    """A site in a folder."""

    at_once = 1

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def opened(self, path: str) -> Iterator[Opened | None]:
        """A file; a link that leads out of the folder is no file of the site."""
        file = self._folder / path
        try:
            if not file.is_file() or not file.resolve().is_relative_to(self._folder.resolve()):
                yield None
                return
            with file.open("rb") as opened:
                yield opened
        except (OSError, RuntimeError) as fault:  # links in a circle
            raise Unread(f"can't be read: {_words(fault)}") from fault

    def names(self) -> frozenset[str] | None:
        """Every file but the mark that says whose the folder is; a link is a file, too."""
        found = (path for path in self._folder.rglob("*") if path.is_symlink() or not path.is_dir())
        names = (path.relative_to(self._folder).as_posix() for path in found)
        return frozenset(name for name in names if name != MARK)

    def must_not_unpack_to(self, size: int) -> None:
        """Nothing is packed here."""


class Zip:
    """A site in a zip, at its top or in its one folder. Nothing is unpacked to a disk."""

    at_once = 1

    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        self._archive, self._size = archive, size
        names = [name for name in archive.namelist() if not name.endswith("/")]
        tops = {name.split("/")[0] for name in names}
        inside = len(tops) == 1 and NAME not in names
        self._top = f"{tops.pop()}/" if inside else ""
        self._names = Counter(name.removeprefix(self._top) for name in names)

    @contextmanager
    def opened(self, path: str) -> Iterator[Opened | None]:
        """An entry, unpacked as far as it is read."""
        if path not in self._names:
            yield None
            return
        if self._names[path] > 1:
            raise Unread("stands in the zip twice")
        entry = self._archive.getinfo(self._top + path)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Unread("is a link, and no file")
        if entry.compress_type not in _PLAIN_PACKINGS:
            raise Unread("is packed in a way that sites are not; zip the site anew")
        try:
            with self._archive.open(entry) as opened:
                yield cast("zipfile.ZipExtFile", opened)
        except _DAMAGED as fault:
            raise Unread(f"can't be unpacked: {_words(fault)}") from fault

    def names(self) -> frozenset[str] | None:
        """Every file but the mark."""
        return frozenset(self._names) - {MARK}

    def must_not_unpack_to(self, size: int) -> None:
        """Raise UsageProblem for a zip that is far smaller than what it holds."""
        if size > max(_PACKED, _RATIO * self._size):
            raise UsageProblem(
                f"The zip has {self._size // _MB:,} MB and would unpack to {size // _MB:,} MB: "
                "it is made to fill memory.",
                "don't unpack it; ask for the site's own address, or for another copy.",
            )


def _words(fault: Exception) -> str:
    said = fault.strerror if isinstance(fault, OSError) else str(fault)
    return said or type(fault).__name__


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

    at_once = 4

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/") + "/"
        self._opener = build_opener(_SameHost)

    @contextmanager
    def opened(self, path: str) -> Iterator[Opened | None]:
        """A file as served; None when the server says there is none."""
        request = Request(  # noqa: S310 - open_source() admits http and https only
            self._address + quote(path),
            headers={"Accept-Encoding": "identity", "User-Agent": "purse-verify"},
        )
        try:
            with self._opener.open(request, timeout=_SECONDS) as answer:
                yield answer
        except HTTPError as fault:
            fault.close()
            if fault.code not in (404, 410):
                raise Unread(f"is not served: the server answers {fault.code}") from fault
            yield None
        except URLError as fault:
            raise Unread(f"can't be fetched: {fault.reason}") from fault
        except (HTTPException, OSError, ValueError) as fault:
            raise Unread(f"can't be fetched: {_words(fault)}") from fault

    def names(self) -> frozenset[str] | None:
        """A website can't be asked for all of its files."""
        return None

    def must_not_unpack_to(self, size: int) -> None:
        """Nothing is packed here."""


class _Careful(io.FileIO):
    """A zip that is never read in one piece so large that memory could run out."""

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes. Raises BadZipFile where more is asked for than a list of entries has."""
        if size is not None and size > _DIRECTORY:
            raise zipfile.BadZipFile("its list of entries is too long for a site's")
        return super().read(size)


@contextmanager
def _zip(path: Path) -> Iterator[Zip]:
    with _Careful(path) as file:
        try:
            archive = zipfile.ZipFile(file)
            found = Zip(archive, path.stat().st_size)
        except _DAMAGED as fault:
            raise UsageProblem(
                f"{path} can't be opened as a zip: {_words(fault)}.",
                "get the file again, or name the site's folder or its address.",
            ) from fault
        with archive:
            yield found


class Pointed:
    """A site at a place without renaming, in the folder that the file at its top names."""

    at_once = 4

    def __init__(self, place: Elsewhere) -> None:
        self._place = place

    @contextmanager
    def opened(self, path: str) -> Iterator[Opened | None]:
        """A file; None when there is none."""
        content = self._place.content(path)
        yield None if content is None else io.BytesIO(content)

    def names(self) -> frozenset[str] | None:
        """Every file but the mark."""
        return frozenset(self._place.sizes()) - {MARK}

    def must_not_unpack_to(self, size: int) -> None:
        """Nothing is packed there."""


@contextmanager
def open_source(named: str) -> Iterator[Source]:
    """The site that a folder, a zip or an address holds. Raises UsageProblem for anything else."""
    try:
        scheme = urlsplit(named).scheme
    except ValueError:
        scheme = ""
    if scheme in ("http", "https"):
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
        with _zip(Path(named)) as found:
            yield found
    else:
        raise UsageProblem(
            f"{named} is neither a folder, a zip nor an address.",
            "name a built site: its folder, a zip of it, or where it is, such as https://...",
        )
