"""Everything that goes into `build/`: pages, downloads, copied files, theme, configuration.

Pure: from a ledger and the project's files to (path, content), nothing written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from generator import corrections, explorer, handwritten, urls
from generator.checks import Report
from generator.downloads import downloads, entries
from generator.errors import UsageProblem
from generator.feeds import feeds
from generator.ledger import Ledger
from generator.pages import Renderer, Site, all_pages
from generator.pages.page import date_text
from generator.write import Output

DOCS = "docs"
THEME = "theme"
CONFIG = "mkdocs.yml"
STYLE = "assets/purse.css"


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
        config = yaml.safe_load(project.config.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise UsageProblem(
            f"{project.config} can't be read: {fault}", "mend the YAML at the line it names."
        ) from fault
    if not isinstance(config, dict):
        raise UsageProblem(f"{project.config} is empty.", "restore it from the template.")
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
    derived["theme"] = theme
    return derived


def _partials(site: Site) -> Iterator[Output]:
    """The theme's files: static ones as they are, and the words of banner and footer.

    The words are written into the files, so that they don't hang on any configuration.
    """
    folder = files("generator") / "theme"
    environment = Environment(
        loader=PackageLoader("generator", "theme"),
        autoescape=True,
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
        "settings": site.settings,
        "package": package,
        "years": site.period,
        "urls": urls,
        "created": _created(package.created),
    }
    for name in ("main.html", "partials/copyright.html"):
        yield f"{THEME}/{name}", environment.get_template(name).render(words).encode()
    yield f"{DOCS}/{STYLE}", (folder / "purse.css").read_bytes()


def _explorer(site: Site) -> Iterator[Output]:
    """The script that filters the list of awards, its style, and its data."""
    folder = files("generator") / "theme" / "explorer"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield f"{DOCS}/{urls.explorer(file.name)}", file.read_bytes()
    for path, content in explorer.data(site):
        yield f"{DOCS}/{path}", content


def _created(text: str | None) -> str | None:
    from datetime import date

    return date_text(date.fromisoformat(text[:10])) if text else None


def outputs(
    project: Project, ledger: Ledger, report: Report, base_url: str | None
) -> Iterator[Output]:
    """Every file of the build folder."""
    docs = tuple(handwritten.project_docs(project.docs))
    prose = tuple(handwritten.package_pages(ledger.package))
    base = base_url or ledger.package.settings.base_url
    site = Site(ledger, report, handwritten.pages_of(prose), handwritten.pages_of(docs), base)
    tables = downloads(ledger)
    files_to_take = (*tables, *entries(ledger, tables, base))
    renderer = Renderer(ledger.package.currency)
    for page in all_pages(site, files_to_take):
        content = renderer.render(page) + corrections.link(site, page)
        yield f"{DOCS}/{urls.source_file(page.url)}", content
        for table in page.tables:
            yield f"{DOCS}/{table.path}", table.csv()
    for file in files_to_take:
        yield f"{DOCS}/{file.path}", file.content
    for path, content in feeds(ledger, base):
        yield f"{DOCS}/{path}", content
    for copied in (*docs, *prose):
        end = corrections.link(site, copied.page) if copied.page else b""
        yield f"{DOCS}/{copied.path}", copied.content + end
    yield from _partials(site)
    if site.ledger.awards:
        yield from _explorer(site)
    config = builder_config(read_config(project), ledger, base_url)
    text = yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=100)
    yield CONFIG, text.encode()
