"""Everything that the pages are made of that all publishers on a site share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from generator import corrections, handwritten, theme_files, urls
from generator.background import Background
from generator.descriptor import display_path
from generator.errors import UsageProblem
from generator.exports.base import Download
from generator.given import builder_config, given
from generator.handwritten import CopiedFile
from generator.outputs import (
    Contents,
    Many,
    SitePage,
    csvs,
    find_script,
    indexed,
    search_scripts,
)
from generator.pages import HandWritten, Page, Renderer, Site
from generator.pages.places import index_files, places
from generator.project import Project, read_config
from generator.scope import Scope
from generator.search import Record
from generator.together import compare, data, home, machines, publishers, recipients, search
from generator.together.front import Front
from generator.together.prose import shared
from generator.together.same_as import SameAs
from generator.write import Output
from generator.write_site import Ready

_MENU = (
    ("Home", urls.HOME),
    ("Publishers", urls.PUBLISHERS),
    ("Recipients", urls.family("recipients")),
    ("Compare", urls.COMPARE),
    ("Data", urls.DATA),
)


def front_of(
    project: Project,
    sites: Sequence[Site],
    same_as: SameAs,
    base_url: str | None,
    scope: Scope,
) -> Front:
    """What these packages share on one site. Its name is the project's own."""
    config = read_config(project)
    name = config.get("site_name")
    if not isinstance(name, str) or not name:
        raise UsageProblem(
            f"{project.config} gives the site no name.",
            'write one, such as "site_name: Open funding".',
        )
    if owner := next((one for one in sites if one.settings.site_name == name), None):
        raise UsageProblem(
            f"There are {len(sites)} packages, and {display_path(project.config)} gives their "
            f"site the name of one: {name}.",
            "write a site_name there that is for all of them; or choose one package: "
            f"purse build --data {display_path(owner.ledger.package.folder)}.",
        )
    repository = config.get("repo_url")
    return Front(
        name=name,
        sites=tuple(sites),
        same_as=same_as,
        docs=handwritten.pages_of(tuple(handwritten.project_docs(project.docs))),
        base_url=base_url,
        repository=repository if isinstance(repository, str) else None,
        scope=scope,
    )


def _end(front: Front, page: Page | HandWritten) -> str:
    ways = corrections.ways(front.repository, None, page.title, front.address(page.url))
    return corrections.as_html(ways)


def _config(project: Project, front: Front) -> dict[str, Any]:
    """The project's, but for its menu: that is of a publisher's own pages."""
    config = builder_config(read_config(project), front.name, front.base_url)
    return {**config, "nav": [{words: urls.source_file(url)} for words, url in _MENU]}


def _words(front: Front) -> Mapping[str, object]:
    """What banner and footer say. `settings` is what stands for a publisher's in the frame."""
    return {
        "front": front,
        "site": None,
        "settings": {"site_name": front.name},
        "mounts": " ".join(f"{site.mount}={count}" for site, count in _listed(front)),
    }


def _listed(front: Front) -> Iterator[tuple[Site, int]]:
    """The packages of which some pages are rows of lists, and the files of the index of these."""
    for site in front.sites:
        if found := places(site):
            yield site, index_files(found)


def _prose(project: Project) -> tuple[CopiedFile, ...]:
    copied = tuple(handwritten.project_docs(project.docs))
    known = {one.path for one in copied} | {urls.source_file(url) for _, url in _MENU}
    return tuple(shared(one, known | {urls.source_file(urls.SEARCH)}) for one in copied)


def _pages(front: Front, entries: tuple[Download, ...]) -> Iterator[Page]:
    few = (home.pages, publishers.pages, recipients.pages, compare.pages, search.pages)
    yield from chain.from_iterable(pages(front) for pages in few)
    yield from data.pages(front, entries)


def _made(
    front: Front, copied: Iterable[CopiedFile], renderer: Renderer, _ready: Ready
) -> Iterator[SitePage | Output]:
    entries = (machines.catalogue(front), machines.llms_txt(front))
    found = [search.shared(one.page, one.text) for one in copied if one.page]
    for page in _pages(front, entries):
        content = renderer.render(page)
        found.append(search.shared(page, content.body))
        yield SitePage(page.url, content.ending(_end(front, page)))
        yield from csvs(page)

    def searched() -> list[Output]:
        pages: list[Record] = [one for one in found if one is not None]
        return [*search_scripts(), *indexed([*search.records(front), *pages])]

    index = Background(searched) if front.scope.search else None
    for file in entries:
        yield file.path, file.content
    yield from theme_files.styles()
    yield from theme_files.icons()
    if any(_listed(front)):
        yield find_script()
    if index:
        yield from index.result()


def contents(project: Project, front: Front) -> Contents:
    """Everything of it."""
    copied = _prose(project)
    renderer = Renderer("", front.places)  # every amount names its own currency
    days = (site.ledger.package.created for site in front.sites)
    return Contents(
        mount="",
        created=max(filter(None, days), default=None),
        given=given(
            _config(project, front),
            _words(front),
            copied,
            partial(_end, front),
            urls.SHARED_FOLDERS,
        ),
        made=partial(_made, front, copied, renderer),
        many=Many(partial(recipients.further, front), 0, renderer, partial(_end, front)),
    )
