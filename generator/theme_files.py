"""The theme's files, and the styles and images that every site has."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator import compiled, safety, social, urls
from generator.pages import Site
from generator.pages.places import index_files, places
from generator.pages.words import date_text
from generator.shells import THEME
from generator.write import Output

STYLE, SCRIPT = "assets/purse.css", "assets/purse.js"
_THEIR_STYLES = ("main", "palette")
"""The theme's own style sheets; their full names hold its version."""


def _created(text: str | None) -> str | None:
    return date_text(date.fromisoformat(text[:10])) if text else None


def words_of(site: Site) -> dict[str, object]:
    """What a package's own site says in banner and footer."""
    package = site.ledger.package
    return {
        "front": None,
        "site": site,
        "settings": site.settings,
        "package": package,
        "years": site.period,
        "created": _created(package.created),
        "places": index_files(places(site)),
    }


def theme(words: Mapping[str, object]) -> Iterator[Output]:
    """The theme's files: static ones as they are, and the words of banner and footer.

    The words are written into the files, so that they don't hang on any configuration. The
    builder runs these files as templates, and escapes nothing by itself.
    """
    environment = Environment(
        loader=PackageLoader("generator", "theme"),
        autoescape=True,
        finalize=safety.theme_words,
        undefined=StrictUndefined,
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=compiled.beside(),
    )
    for name in ("base.html", "main.html", "404.html", "partials/copyright.html"):
        yield f"{THEME}/{name}", environment.get_template(name).render(words, urls=urls).encode()


def styles() -> Iterator[Output]:
    """The style sheet, which is the theme's with ours after it, and what pages do with script.

    As one file it is one request, and the frame names nothing that hangs on a theme's version.
    """
    folder = files("generator") / "theme"
    theirs = list((files("material") / "templates" / "assets" / "stylesheets").iterdir())
    sheets = [
        next(file for file in theirs if re.fullmatch(rf"{name}\.\w+\.min\.css", file.name))
        for name in _THEIR_STYLES
    ]
    sheets += sorted((folder / "style").iterdir(), key=lambda file: file.name)
    yield STYLE, b"\n".join(file.read_bytes() for file in sheets)
    yield SCRIPT, (folder / "frame.js").read_bytes()
    yield urls.charts_style(), (folder / "charts.css").read_bytes()


def icons() -> Iterator[Output]:
    """The site's icon, and the same for programs that take no SVG."""
    icon = (files("generator") / "theme" / "icon.svg").read_bytes()
    yield urls.ICON, icon
    yield urls.ICON_PNG, (files("generator") / "theme" / "icon.png").read_bytes()


def images(site: Site) -> Iterator[Output]:
    """The site's icon, and the picture that a shared link shows, which needs a whole address."""
    yield from icons()
    if site.base_url:
        yield urls.SOCIAL, social.social_png(site)
