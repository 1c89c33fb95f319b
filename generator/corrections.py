"""The link at the end of each page by which a reader reports a mistake on it."""

from markupsafe import Markup

from generator import urls
from generator.pages.page import Page
from generator.pages.site import HandWritten, Site

_WORDS = "Report a mistake on this page"


def link(site: Site, page: Page | HandWritten) -> str:
    """The end of a page, as HTML; empty when the publisher names no way to report."""
    settings, title, address = site.settings, page.title, site.address(page.url)
    ways = []
    if settings.repository:
        ways.append((_WORDS, urls.new_issue(settings.repository, title, address)))
    if settings.corrections_email:
        words = "by e-mail" if ways else f"{_WORDS} by e-mail"
        ways.append((words, urls.mail(settings.corrections_email, f"Mistake: {title}", address)))
    if not ways:
        return ""
    links = Markup(", or ").join(Markup('<a href="{1}">{0}</a>').format(*way) for way in ways)
    return Markup('<p class="report">{}</p>').format(links)
