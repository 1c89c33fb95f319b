"""A package's site, each file made when somebody asks for it: the very bytes of the whole build.

Nothing is made here in a way of its own. A file that hangs on many others, as the index of the
search does, is made with them; the sitemap and the manifest hang on all.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import chain
from typing import Protocol

from generator import manifest, outputs, search, theme_files, urls, write_site
from generator.assembly import Stamped, has
from generator.downloads import NO_FORMATS
from generator.exports.base import Download
from generator.feeds import feeds
from generator.outputs import Contents
from generator.pages import SECTIONS, Page, data_pages, few_pages, few_pages_at, one_of_many
from generator.pages.site import Site
from generator.place import Put
from generator.walk import Content, Walk, made_together, same
from generator.write import Output, Stored
from generator.write_site import Whole


class Files(Protocol):
    """The files of a site. Whoever asks waits until nobody else does."""

    def content(self, name: str) -> bytes | None:
        """A file's content by its path on the site; None where the site has no such file."""


def leads(made: Content | None, anchor: str) -> bool:
    """Whether there is a file, by what makes it, with this anchor where one is named."""
    return made is not None and (not anchor or has(made(), anchor))


def is_last(name: str) -> bool:
    """Whether a file says something of every other: a sitemap or the manifest."""
    return name.rpartition("/")[2].startswith(("sitemap", manifest.NAME))


class _Nowhere:
    """A place that lets files pass, and keeps those that say something of all others."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def begin(self) -> bool:
        """Nothing is there yet."""
        return True

    @contextmanager
    def putting(self) -> Iterator[Put]:
        """What lets a file pass."""
        yield self._put

    def _put(self, name: str, content: bytes | Stored) -> None:
        if is_last(name) and isinstance(content, bytes):
            self.kept[name] = content

    def content(self, name: str) -> bytes | None:
        """One of those that were kept."""
        return self.kept.get(name)

    def keep_only(self, names: Collection[str]) -> None:
        """Nothing else was kept."""


def last(whole: Callable[[], Whole]) -> Iterator[Output]:
    """What can be made only when all else was: so all is, and let go."""
    place = _Nowhere()
    write_site.fill(place, whole())
    yield from place.kept.items()


class OnDemand:
    """The files of a package's site."""

    def __init__(self, site: Site, contents: Contents, stamped: Stamped) -> None:
        self._site, self._contents, self._stamped = site, contents, stamped
        self._few: dict[object, Walk[Page]] = {}
        self._data = Walk(lambda: _by_url(data_pages(site, self._taken)))
        downloads = urls.package_folder(site.ledger.package.name)
        feed = partial(feeds, site.ledger, site.base_url)
        self._groups: tuple[tuple[Callable[[str], bool], Walk[Content]], ...] = (
            (is_last, made_together(partial(last, stamped.whole))),
            (_begins(urls.explorer("")), made_together(self._explorer)),
            (_begins(urls.search("")), made_together(self._searched)),
            (_begins(urls.FIND), made_together(partial(outputs.find_files, site))),
            (_begins(urls.ASSETS), made_together(self._looks)),
            (_ends(urls.feed("")), made_together(feed)),
            (_begins(downloads, urls.catalogue(), urls.LLMS), Walk(self._downloads)),
        )

    def content(self, name: str) -> bytes | None:
        """A file's content by its path on the site; None where the site has no such file."""
        made = self._made(name)
        return made() if made else None

    def leads(self, name: str, anchor: str) -> bool:
        """Whether there is such a file, with this anchor where one is named."""
        if not anchor and name.removesuffix("index.html") in (*SECTIONS, urls.DATA):
            return True  # there always is, and to make it may take long
        return leads(self._made(name), anchor)

    def _made(self, name: str) -> Content | None:
        """What makes a file, if the site has it."""
        by_builder = self._stamped.by_builder(name)
        if by_builder is not None:
            return partial(same, by_builder)
        for holds, together in self._groups:
            if holds(name) and (made := together.get(name)):
                return made
        folder, mark, _ = name.rpartition("/")
        page = self._page(f"{folder}{mark}")
        if page is None:
            return None
        if name == urls.page_file(page.url):
            return partial(self._stamped.page, page)
        return dict(outputs.beside(page)).get(name)

    def _page(self, url: str) -> Page | None:
        if url == urls.DATA:
            return self._data.get(url)
        if page := one_of_many(self._site, url):
            return page
        make = few_pages_at(url)
        if make is None:
            return None
        if make not in self._few:
            self._few[make] = Walk(lambda: _by_url(make(self._site)))
        return self._few[make].get(url)

    @cached_property
    def _taken(self) -> Sequence[Download]:
        return outputs.taken(self._site, None if self._site.scope.formats else NO_FORMATS)

    def _downloads(self) -> Iterator[tuple[str, Content]]:
        return ((one.path, partial(getattr, one, "content")) for one in self._taken)

    def _explorer(self) -> Iterable[Output]:
        return outputs.explorer_files(self._site) if self._site.ledger.linked else ()

    def _looks(self) -> Iterator[Output]:
        return chain(theme_files.styles(), theme_files.images(self._site))

    def _searched(self) -> Iterator[Output]:
        site, renderer = self._site, self._contents.many.renderer
        yield from outputs.search_scripts()
        listed = search.listed(site)
        pages = chain(few_pages(site), data_pages(site, self._taken))
        found = (search.other_page(one, renderer.render(one).body, listed) for one in pages)
        prose = outputs.prose_records(site, self._contents.copied)
        yield from outputs.search_index(site, [*prose, *filter(None, found)])


def _by_url(pages: Iterable[Page]) -> Iterator[tuple[str, Page]]:
    return ((page.url, page) for page in pages)


def _begins(*starts: str) -> Callable[[str], bool]:
    return lambda name: name.startswith(starts)


def _ends(end: str) -> Callable[[str], bool]:
    return lambda name: name.endswith(end)
