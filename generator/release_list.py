"""What a release is, and the list of them that a package keeps as `releases.json`."""

import json
import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import asdict

from generator import json_text

VERSION = re.compile("[0-9A-Za-z][0-9A-Za-z.+-]{0,63}")
"""A version is part of file names: nothing that climbs."""
_SHAPES = {
    "version": VERSION,
    "date": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "sha256": re.compile("[0-9a-f]{64}"),
}


class Release(Struct, frozen=True):
    """A version that was released. It never changes again."""

    version: str
    date: str
    """The date of the data, as the descriptor has it."""
    sha256: str
    """The hash of the package's published zip."""
    url: str | None
    """Where the zip of this version stays, if that is known."""


def _release(one: object) -> Release:
    if not isinstance(one, dict) or set(one) != {*_SHAPES, "url"}:
        raise ValueError('each release needs "version", "date", "sha256" and "url", and no more')
    for key, shape in _SHAPES.items():
        if not isinstance(one[key], str) or not shape.fullmatch(one[key]):
            raise ValueError(f"{one[key]!r} is no {key} of a release")
    address = one["url"]
    if address is not None and not (isinstance(address, str) and address.startswith("https://")):
        raise ValueError(f"{address!r} is no address of a release: https://..., or null")
    return Release(one["version"], one["date"], one["sha256"], address)


def parse(text: str) -> tuple[Release, ...]:
    """Read the list. Raises ValueError with plain words when it isn't one."""
    try:
        listed = json_text.parse(text)
    except json_text.NotJson as fault:
        raise ValueError(str(fault)) from fault
    if not isinstance(listed, list):
        raise ValueError("this is not a list")  # noqa: TRY004 - of the file, not of the code
    releases = tuple(map(_release, listed))
    versions = [one.version for one in releases]
    for version, times in Counter(versions).items():
        if times > 1:
            raise ValueError(f"version {version} is listed twice")
    return releases


def as_json(releases: Sequence[Release]) -> str:
    """The list as its file has it, oldest release first."""
    return json.dumps([asdict(one) for one in releases], indent=2, ensure_ascii=False) + "\n"


def of_version(releases: Sequence[Release], version: str | None) -> Release | None:
    """The release of a version, if it was released."""
    return next((one for one in releases if one.version == version), None)
