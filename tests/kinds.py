"""Which kinds of page a built site has, with one page of each."""

from pathlib import Path

SPECIAL = ("awards/2031-32-p14/", "search/?q=rape", "404.html")
"""Of Anyshire: a withdrawn award, results of a search, no page."""
APART = ("not-published", "withdrawn", "page-", "dictionary", "releases")
"""What is below a list, and is no member of its family."""


def kinds(site: Path) -> list[str]:
    """The longest page of every kind: each list, a member of each, and what stands beside them.

    Found on the disk, so that no kind of page is forgotten.
    """
    found: dict[str, tuple[int, str]] = {}
    for file in site.rglob("index.html"):
        path = file.parent.relative_to(site).as_posix()
        family, _, name = path.partition("/")
        part = next((part for part in APART if name.startswith(part)), "member" if name else "")
        found[f"{family}/{part}"] = max(
            found.get(f"{family}/{part}", (0, "")), _weighed(file, path)
        )
    return sorted(path for _, path in found.values())


def _weighed(file: Path, path: str) -> tuple[int, str]:
    return file.stat().st_size, "" if path == "." else f"{path}/"
