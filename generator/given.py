"""What the site builder is given beside the generated pages: configuration, theme, prose."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from generator import handwritten, theme_files, urls
from generator.handwritten import CopiedFile
from generator.pages import HandWritten
from generator.project import CONFIG, DOCS
from generator.shells import THEME, Given


def builder_config(config: Mapping[str, Any], name: str, address: str | None) -> dict[str, Any]:
    """The configuration handed to the site builder: the project's, with this name and address."""
    derived = {**config, "site_name": name, "docs_dir": DOCS, "site_dir": "site"}
    if address:
        derived["site_url"] = address.rstrip("/") + "/"
    else:
        derived.pop("site_url", None)
    theme = derived.get("theme")
    theme = {"name": theme} if isinstance(theme, str) else dict(theme or {"name": "material"})
    theme["custom_dir"] = THEME
    theme.setdefault("favicon", urls.ICON_PNG)
    derived["theme"] = theme
    return derived


def _menu(config: Mapping[str, Any]) -> Iterator[str]:
    """The addresses of the pages that the menu lists."""
    for entry in config.get("nav") or ():
        file = next(iter(entry.values())) if isinstance(entry, dict) else entry
        if isinstance(file, str) and file.endswith("index.md"):
            yield file.removesuffix("index.md")


def given(
    config: Mapping[str, Any],
    words: Mapping[str, object],
    copied: Sequence[CopiedFile],
    end: Callable[[HandWritten], str],
    folders: Sequence[str] = urls.FOLDERS,
) -> Given:
    """What the site builder gets: configuration, theme, and hand-written files with their end."""
    text = yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=100)
    return Given(
        files=(
            (CONFIG, text.encode()),
            *theme_files.theme(words),
            *((f"{DOCS}/{one.path}", _ended(one, end)) for one in copied),
        ),
        menu=tuple(_menu(config)),
        folders=folders,
        prose={one.page.url: one.path for one in copied if one.page},
    )


def _ended(copied: CopiedFile, end: Callable[[HandWritten], str]) -> bytes:
    """A hand-written file as the builder gets it."""
    ending = end(copied.page) if copied.page else ""
    return handwritten.with_trail(copied) + (f"\n\n{ending}\n".encode() if ending else b"")
