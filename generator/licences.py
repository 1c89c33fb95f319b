"""The open licences that are known by a code, and a source's own words for one."""

import re
from collections.abc import Mapping

LICENCES: Mapping[str, tuple[str, str]] = {
    "OGL-UK-3.0": (
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    "CC-BY-4.0": (
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC0-1.0": (
        "Creative Commons Zero v1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "ODC-BY-1.0": (
        "Open Data Commons Attribution 1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
    ),
    "ODC-PDDL-1.0": (
        "Open Data Commons Public Domain Dedication 1.0",
        "https://opendatacommons.org/licenses/pddl/1-0/",
    ),
}
"""The licences that can be named by their usual code: title and address of each."""
_SCHEME = re.compile("^https?://(www[.])?")
_CODES = {
    "ogl": "OGL-UK-3.0",
    "ogl-v3": "OGL-UK-3.0",
    "ogl-v3.0": "OGL-UK-3.0",
    "cc0": "CC0-1.0",
}
"""Other ways in which codes are written."""


def _place(address: str) -> str:
    return _SCHEME.sub("", address.strip().lower()).rstrip("/")


def as_stated(text: str) -> dict[str, str] | None:
    """A licence as a source states it, in the descriptor's form; None when it states none.

    An address or a name that is known gets its code; any other is kept in the source's words.
    """
    said = " ".join(text.split())
    code = "-".join(said.split()).upper()
    code = _CODES.get(code.lower(), code)
    for name, (title, address) in LICENCES.items():
        if _place(said).startswith(_place(address)):
            return {"name": name, "title": title, "path": said}
        if code == name.upper() or said.lower() == title.lower():
            return {"name": name, "title": title, "path": address}
    if not said:
        return None
    if re.fullmatch(r"https?://\S+", said):
        return {"path": said}
    return {"name": "-".join(said.split()), "title": said}
