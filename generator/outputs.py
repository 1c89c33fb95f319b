"""Everything that goes into `build/`, in the order of a build.

Pure: from a ledger and the project's files to (path, content), nothing written.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.resources import files
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from generator import (
    corrections,
    explorer,
    handwritten,
    indexing,
    search,
    theme_files,
    urls,
)
from generator.background import Background
from generator.checks import Report
from generator.downloads import NO_FORMATS, Formats, downloads, entries, formats, parts
from generator.exports.base import Download
from generator.feeds import feeds
from generator.given import builder_config, given
from generator.handwritten import CopiedFile
from generator.ledger import Ledger
from generator.pages import (
    Renderer,
    Site,
    data_pages,
    few_pages,
    listed_tables,
    many_pages,
)
from generator.pages.page import Page, Rendered
from generator.pages.places import index, places
from generator.project import DOCS, Project, read_config
from generator.scope import WHOLE, Scope
from generator.shells import Given, Wanted
from generator.tables import TableFile
from generator.write import File, Output
from generator.write_site import NOTHING, Ready


def explorer_files(site: Site) -> Iterator[Output]:
    """The script that filters the list of awards, its style, and its data."""
    folder = files("generator") / "theme" / "explorer"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield urls.explorer(file.name), file.read_bytes()
    yield from explorer.data(site)


def find_files(site: Site) -> Iterator[Output]:
    """The script that leads to the rows that stand for pages, and what it reads."""
    if found := places(site):
        yield find_script()
        yield from index(found)


def find_script() -> Output:
    """The script that leads from a permanent address to the row that stands for it."""
    return f"{urls.FIND}find.js", (files("generator") / "theme" / "find.js").read_bytes()


def _search(site: Site, others: Sequence[search.Record]) -> Iterator[Output]:
    """The search of a package's own site. `others` are the records of what is no profile."""
    yield from search_scripts()
    yield from search_index(site, others)


def search_index(site: Site, others: Sequence[search.Record]) -> Iterator[Output]:
    """What the search of a package's own site goes through."""
    found = places(site)
    profiles = (replace(one, url=found.get(one.url, one.url)) for one in search.profiles(site))
    yield from indexed([*profiles, *others])


def search_scripts() -> Iterator[Output]:
    """The script that searches, and its style."""
    folder = files("generator") / "theme" / "search"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield urls.search(file.name), file.read_bytes()


def indexed(records: Sequence[search.Record]) -> Iterator[Output]:
    """The index of these records, and the words in them."""
    yield urls.search("words.json"), search.words(records)
    for name, content in indexing.index(records):
        yield urls.search_engine(name), content


class SitePage(Struct, frozen=True):
    """A generated page on its way to the site: where it lives, and its Markdown."""

    url: str
    content: Rendered


Part = Callable[[], Iterable[Page | Output]]
"""Makes some pages and files of the site, apart from all others."""


TablePart = Callable[[], Iterable[Output]]
"""Makes a part of a table that has too many rows for one file."""


class Many(Struct, frozen=True):
    """The pages of which there are many, and what else can be made apart from all others."""

    parts: Callable[[], Iterator[Part]]
    large: int
    """So many of the first parts need all awards at once."""
    renderer: Renderer
    end: Callable[[Page], str]
    """What stands at the end of a page, as HTML."""

    def finished(self, page: Page) -> SitePage:
        """A page as it goes to the site builder."""
        return SitePage(page.url, self.renderer.render(page).ending(self.end(page)))


class Contents(Struct, frozen=True):
    """All that a site is made of. What is long comes as a stream, to be asked for once."""

    mount: str
    """The folder of the whole site in which this one lies."""
    created: str | None
    """The day of the data, which the builder takes for the time."""
    given: Given
    """What the site builder needs beside the generated pages."""
    made: Callable[[Ready], Iterator[SitePage | File]]
    """Makes the pages of which there are few, and all other files, by their path on the site."""
    many: Many
    first: tuple[TablePart, ...] = ()
    """Files that can be made apart, before all others."""
    copied: Sequence[CopiedFile] = ()
    """The hand-written files."""
    site: Site | None = None
    """The site of a package; None for what several share."""
    wanted: Sequence[Wanted] = ()
    """The links to pages that the data holds."""


def beside(page: Page) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The files of the tables beside a page: the path of each, and what makes its content."""
    return ((file.path, file.content) for table in page.tables for file in table.files)


def csvs(page: Page, ready: Ready = NOTHING) -> Iterator[Output]:
    """The files of the tables beside a page, but for those that are ready."""
    return ((path, content()) for path, content in beside(page) if path not in ready.entries)


def _part(file: TableFile) -> Iterator[Output]:
    yield file.path, file.content()


def table_parts(site: Site) -> tuple[TablePart, ...]:
    """The parts of the downloads, and of tables beside the pages of which there are few."""
    lists = (table for table in listed_tables(site) if table.in_parts)
    files = chain(parts(site.ledger), chain.from_iterable(one.files for one in lists))
    return tuple(partial(_part, file) for file in files)


def taken(site: Site, others: Formats | None, ready: Ready = NOTHING) -> tuple[Download, ...]:
    """Every download, and what leads machines to them.

    `others` are the formats but CSV, where they are made already.
    """
    found = downloads(site.ledger, others, ready)
    return (*found, *entries(site.ledger, found, site.base_url))


def prose_records(site: Site, copied: Sequence[CopiedFile]) -> Iterator[search.Record]:
    """The hand-written pages as the search finds them."""
    listed = search.listed(site)
    found = (search.other_page(one.page, one.text, listed) for one in copied if one.page)
    return filter(None, found)


def _made(
    site: Site, copied: Sequence[CopiedFile], renderer: Renderer, ready: Ready
) -> Iterator[SitePage | File]:
    """The order keeps processors busy: downloads and the index are made beside the pages."""
    ledger, scope = site.ledger, site.scope
    others = Background(partial(formats, ledger)) if scope.formats else None
    listed = search.listed(site)
    found = list(prose_records(site, copied))

    def finished(pages: Iterable[Page]) -> Iterator[SitePage | File]:
        for page in pages:
            content = renderer.render(page)
            if scope.search and (record := search.other_page(page, content.body, listed)):
                found.append(record)
            yield SitePage(page.url, content.ending(corrections.link(site, page)))
            yield from csvs(page, ready)

    yield from finished(few_pages(site))
    files_to_take = taken(site, others.result() if others else NO_FORMATS, ready)
    yield from finished(data_pages(site, files_to_take))
    index = Background(lambda: list(_search(site, found))) if scope.search else None
    for file in files_to_take:
        if not file.ready:
            yield file.path, file.stored
    yield from find_files(site)
    yield from theme_files.styles()
    if index:
        yield from index.result()


def _wanted(site: Site) -> Iterator[Wanted]:
    """Where the duties say that they are met. Only a whole site shows whether it has the page."""
    for one in site.ledger.duties:
        if isinstance(one.where_met, str):
            place = f"{one.at.file}, row {one.at.line}, column where_met"
            yield Wanted(place, one.where_met, one.where_met, "")


def many(site: Site) -> Many:
    """What there is many of. It hangs on nothing that is made of the whole site."""
    explored = (partial(explorer_files, site),) if site.ledger.linked else ()
    feeding = partial(feeds, site.ledger, site.base_url)
    apart = (*explored, feeding, partial(theme_files.images, site))
    return Many(
        parts=lambda: chain(apart, many_pages(site)),
        large=len(explored),
        renderer=Renderer(site.ledger.package.currency, places(site)),
        end=partial(corrections.link, site),
    )


def package_site(
    docs: Sequence[CopiedFile],
    ledger: Ledger,
    report: Report,
    base_url: str | None,
    scope: Scope = WHOLE,
    mount: str = "",
) -> Site:
    """A package's own site. `base_url` is its own, also where it lies in a folder of another."""
    prose = handwritten.pages_of(tuple(handwritten.package_pages(ledger.package)))
    return Site(ledger, report, prose, handwritten.pages_of(docs), base_url, scope, mount)


def contents(
    project: Project,
    ledger: Ledger,
    report: Report,
    base_url: str | None,
    scope: Scope = WHOLE,
) -> Contents:
    """Everything that the site of one package is made of."""
    base = base_url or ledger.package.settings.base_url
    docs = tuple(handwritten.project_docs(project.docs))
    return site_contents(project, docs, package_site(docs, ledger, report, base, scope))


def site_contents(project: Project, docs: Sequence[CopiedFile], site: Site) -> Contents:
    """Everything that a package's own site is made of. `docs` are the project's."""
    package = site.ledger.package
    copied = (*docs, *handwritten.package_pages(package))
    config = builder_config(read_config(project), site.settings.site_name, site.base_url)
    of_many = many(site)
    return Contents(
        mount=site.mount,
        created=package.created,
        given=given(config, theme_files.words_of(site), copied, partial(corrections.link, site)),
        made=partial(_made, site, copied, of_many.renderer),
        many=of_many,
        first=table_parts(site),
        copied=copied,
        site=site,
        wanted=tuple(_wanted(site)),
    )


def build_folder(whole: Contents) -> Iterator[File]:
    """Every file of a build folder from which a site builder makes the whole site."""
    yield from whole.given.files
    for one in whole.made(NOTHING):
        if isinstance(one, SitePage):
            yield f"{DOCS}/{urls.source_file(one.url)}", one.content.markdown()
        else:
            yield f"{DOCS}/{one[0]}", one[1]
    for made in chain.from_iterable(part() for part in whole.many.parts()):
        if isinstance(made, Page):
            content = whole.many.finished(made).content
            yield f"{DOCS}/{urls.source_file(made.url)}", content.markdown()
            yield from ((f"{DOCS}/{path}", content) for path, content in csvs(made))
        else:
            yield f"{DOCS}/{made[0]}", made[1]
