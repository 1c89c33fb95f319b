"""The link at the end of each page by which a reader reports a mistake on it."""

from collections.abc import Sequence

from markupsafe import Markup

from generator import urls
from generator.pages.page import Page
from generator.pages.site import HandWritten, Site

_WORDS = "Report a mistake on this page"


def ways(
    repository: str | None, email: str | None, title: str, address: str
) -> tuple[tuple[str, str], ...]:
    """How a reader may report a mistake on a page, as (words, address)."""
    found = []
    if repository:
        found.append((_WORDS, urls.new_issue(repository, title, address)))
    if email:
        words = "by e-mail" if found else f"{_WORDS} by e-mail"
        found.append((words, urls.mail(email, f"Mistake: {title}", address)))
    return tuple(found)


def as_html(found: Sequence[tuple[str, str]]) -> str:
    """The end of a page; empty when there is no way."""
    if not found:
        return ""
    links = Markup(", or ").join(Markup('<a href="{1}">{0}</a>').format(*way) for way in found)
    return Markup('<p class="report">{}</p>').format(links)


def link(site: Site, page: Page | HandWritten) -> str:
    """The end of a page, as HTML; empty when the publisher names no way to report."""
    settings, address = site.settings, site.address(page.url)
    return as_html(ways(settings.repository, settings.corrections_email, page.title, address))
