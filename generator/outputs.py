"""Everything that goes into `build/`: pages, downloads, copied files, theme, configuration.

Pure: from a ledger and the project's files to (path, content), nothing written.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from generator import (
    corrections,
    explorer,
    handwritten,
    indexing,
    safety,
    search,
    social,
    urls,
    yaml_text,
)
from generator.background import Background
from generator.checks import Report
from generator.descriptor import display_path
from generator.downloads import NO_FORMATS, downloads, entries, formats
from generator.errors import UsageProblem
from generator.feeds import feeds
from generator.handwritten import CopiedFile
from generator.ledger import Ledger
from generator.pages import (
    Renderer,
    Site,
    data_pages,
    few_pages,
    many_pages,
)
from generator.pages.page import Page, Rendered
from generator.pages.places import index, index_files, places
from generator.pages.words import date_text
from generator.scope import WHOLE, Scope
from generator.shells import CONFIG, DOCS, THEME, Given
from generator.write import Output

STYLE, SCRIPT = "assets/purse.css", "assets/purse.js"
_THEIR_STYLES = ("main", "palette")
"""The theme's own style sheets; their full names hold its version."""


@dataclass(frozen=True)
class Project:
    """The folder that a site is built from: its mkdocs.yml and docs/."""

    folder: Path

    @property
    def config(self) -> Path:
        """The site's own configuration."""
        return self.folder / CONFIG

    @property
    def docs(self) -> Path:
        """The hand-written pages."""
        return self.folder / DOCS

    @property
    def data(self) -> Path:
        """The data packages."""
        return self.folder / "data"


def read_config(project: Project) -> dict[str, Any]:
    """The project's mkdocs.yml. Raises UsageProblem when it can't be used."""
    if not project.config.is_file():
        raise UsageProblem(
            f"There is no {CONFIG} in {project.folder}.",
            "run the command in your site's folder, or name it with --project.",
        )
    try:
        text = project.config.read_text(encoding="utf-8")
        yaml_text.must_be_plain(text, display_path(project.config))
        config = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise UsageProblem(
            f"{project.config} can't be read: {fault}", "mend the YAML at the line it names."
        ) from fault
    if not isinstance(config, dict):
        raise UsageProblem(f"{project.config} is empty.", "restore it from the template.")
    if "INHERIT" in config:  # MkDocs would read any file of the machine, and obey it
        raise UsageProblem(
            f'{display_path(project.config)}: "INHERIT" takes settings from another file.',
            f"write those settings into {CONFIG} itself, and take that line out.",
        )
    if not isinstance(config.get("theme") or {}, str | dict):
        raise UsageProblem(
            f'{project.config}: "theme" is neither a name nor settings.', 'write "name: material".'
        )
    return config


def builder_config(
    config: Mapping[str, Any], ledger: Ledger, base_url: str | None
) -> dict[str, Any]:
    """The configuration handed to the site builder, from the project's and the package's."""
    settings = ledger.package.settings
    derived = {**config, "site_name": settings.site_name, "docs_dir": DOCS, "site_dir": "site"}
    address = base_url or settings.base_url
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


def _theme(site: Site) -> Iterator[Output]:
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
    )
    package = site.ledger.package
    words = {
        "site": site,
        "settings": site.settings,
        "package": package,
        "years": site.period,
        "urls": urls,
        "created": _created(package.created),
        "places": index_files(places(site)),
    }
    for name in ("base.html", "main.html", "404.html", "partials/copyright.html"):
        yield f"{THEME}/{name}", environment.get_template(name).render(words).encode()


def _styles() -> Iterator[Output]:
    """The style sheet, which is the theme's with ours after it, and what pages do with script.

    As one file it is one request, and the frame names nothing that hangs on a theme's version.
    """
    folder = files("generator") / "theme"
    theirs = list((files("material") / "templates" / "assets" / "stylesheets").iterdir())
    styles = [
        next(file for file in theirs if re.fullmatch(rf"{name}\.\w+\.min\.css", file.name))
        for name in _THEIR_STYLES
    ]
    styles += sorted((folder / "style").iterdir(), key=lambda file: file.name)
    yield STYLE, b"\n".join(file.read_bytes() for file in styles)
    yield SCRIPT, (folder / "frame.js").read_bytes()
    yield urls.charts_style(), (folder / "charts.css").read_bytes()


def _images(site: Site) -> Iterator[Output]:
    """The site's icon, and the picture that a shared link shows, which needs a whole address."""
    icon = (files("generator") / "theme" / "icon.svg").read_bytes()
    yield urls.ICON, icon
    yield urls.ICON_PNG, social.icon_png(icon.decode())
    if site.base_url:
        yield urls.SOCIAL, social.social_png(site)


def _explorer(site: Site) -> Iterator[Output]:
    """The script that filters the list of awards, its style, and its data."""
    folder = files("generator") / "theme" / "explorer"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield urls.explorer(file.name), file.read_bytes()
    yield from explorer.data(site)


def _find(site: Site) -> Iterator[Output]:
    """The script that leads to the rows that stand for pages, and what it reads."""
    if found := places(site):
        script = files("generator") / "theme" / "find.js"
        yield f"{urls.FIND}find.js", script.read_bytes()
        yield from index(found)


def _search(site: Site, others: Sequence[search.Record]) -> Iterator[Output]:
    """The script that searches, its style, and what it reads."""
    found = places(site)
    profiles = (replace(one, url=found.get(one.url, one.url)) for one in search.profiles(site))
    records = [*profiles, *others]
    folder = files("generator") / "theme" / "search"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield urls.search(file.name), file.read_bytes()
    yield urls.search("words.json"), search.words(records)
    for name, content in indexing.index(records):
        yield urls.search_engine(name), content


def _created(text: str | None) -> str | None:
    from datetime import date

    return date_text(date.fromisoformat(text[:10])) if text else None


@dataclass(frozen=True)
class SitePage:
    """A generated page on its way to the site: where it lives, and its Markdown."""

    url: str
    content: Rendered


Part = Callable[[], Iterable[Page | Output]]
"""Makes some pages and files of the site, apart from all others."""


@dataclass(frozen=True)
class Contents:
    """All that a site is made of. What is long comes as a stream, to be asked for once."""

    given: Given
    """What the site builder needs beside the generated pages."""
    made: Iterator[SitePage | Output]
    """The pages of which there are few, and all other files, by their path on the site."""
    many: tuple[Part, ...]
    """The pages of which there are many, and what else can be made apart from all others."""
    renderer: Renderer
    end: Callable[[Page], str]
    """What stands at the end of a page, as HTML."""

    def finished(self, page: Page) -> SitePage:
        """A page as it goes to the site builder."""
        return SitePage(page.url, self.renderer.render(page).ending(self.end(page)))


def csvs(page: Page) -> Iterator[Output]:
    """The tables beside a page."""
    return ((table.path, table.csv()) for table in page.tables)


def _made(
    site: Site, docs: Sequence[CopiedFile], renderer: Renderer
) -> Iterator[SitePage | Output]:
    """The order keeps processors busy: downloads and the index are made beside the pages."""
    ledger, scope = site.ledger, site.scope
    others = Background(partial(formats, ledger)) if scope.formats else None
    found: list[search.Record] = []
    listed = search.listed(site)
    prose = (search.other_page(one.page, one.text, listed) for one in docs if one.page)
    found += filter(None, prose)

    def finished(pages: Iterable[Page]) -> Iterator[SitePage | Output]:
        for page in pages:
            content = renderer.render(page)
            if scope.search and (record := search.other_page(page, content.body, listed)):
                found.append(record)
            yield SitePage(page.url, content.ending(corrections.link(site, page)))
            yield from csvs(page)

    yield from finished(few_pages(site))
    files_to_take = downloads(ledger, others.result() if others else NO_FORMATS)
    files_to_take += entries(ledger, files_to_take, site.base_url)
    yield from finished(data_pages(site, files_to_take))
    index = Background(lambda: list(_search(site, found))) if scope.search else None
    for file in files_to_take:
        yield file.path, file.content
    yield from feeds(ledger, site.base_url)
    yield from _find(site)
    yield from _styles()
    yield from _images(site)
    if index:
        yield from index.result()


def _many(site: Site) -> Iterator[Part]:
    if site.ledger.awards:
        yield partial(_explorer, site)
    yield from many_pages(site)


def _menu(config: Mapping[str, Any]) -> Iterator[str]:
    """The addresses of the pages that the menu lists."""
    for entry in config.get("nav") or ():
        file = next(iter(entry.values())) if isinstance(entry, dict) else entry
        if isinstance(file, str) and file.endswith("index.md"):
            yield file.removesuffix("index.md")


def contents(
    project: Project,
    ledger: Ledger,
    report: Report,
    base_url: str | None,
    scope: Scope = WHOLE,
) -> Contents:
    """Everything that a site is made of."""
    docs = tuple(handwritten.project_docs(project.docs))
    prose = tuple(handwritten.package_pages(ledger.package))
    base = base_url or ledger.package.settings.base_url
    own, ours = handwritten.pages_of(prose), handwritten.pages_of(docs)
    site = Site(ledger, report, own, ours, base, scope)
    config = builder_config(read_config(project), ledger, base_url)
    text = yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=100)
    copied = (*docs, *prose)
    given = Given(
        files=(
            (CONFIG, text.encode()),
            *_theme(site),
            *((f"{DOCS}/{one.path}", _ended(site, one)) for one in copied),
        ),
        menu=tuple(_menu(config)),
        prose={one.page.url: one.path for one in copied if one.page},
    )
    renderer = Renderer(ledger.package.currency, places(site))
    return Contents(
        given=given,
        made=_made(site, copied, renderer),
        many=tuple(_many(site)),
        renderer=renderer,
        end=partial(corrections.link, site),
    )


def _ended(site: Site, copied: CopiedFile) -> bytes:
    """A hand-written file as the builder gets it."""
    end = corrections.link(site, copied.page) if copied.page else ""
    return handwritten.with_trail(copied) + (f"\n\n{end}\n".encode() if end else b"")


def build_folder(parts: Contents) -> Iterator[Output]:
    """Every file of a build folder from which a site builder makes the whole site."""
    yield from parts.given.files
    for one in parts.made:
        if isinstance(one, SitePage):
            yield f"{DOCS}/{urls.source_file(one.url)}", one.content.markdown()
        else:
            yield f"{DOCS}/{one[0]}", one[1]
    for made in chain.from_iterable(part() for part in parts.many):
        if isinstance(made, Page):
            yield f"{DOCS}/{urls.source_file(made.url)}", parts.finished(made).content.markdown()
            yield from ((f"{DOCS}/{path}", content) for path, content in csvs(made))
        else:
            yield f"{DOCS}/{made[0]}", made[1]
