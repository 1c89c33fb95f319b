"""The tables across publishers, and the way to each publisher's own data."""

from collections.abc import Iterator

from msgspec import Struct

from generator import urls
from generator.exports.base import Download
from generator.figures import Figure
from generator.pages.page import Page
from generator.tables import PublishedTable
from generator.together import tables
from generator.together.front import Front


class File(Struct, frozen=True):
    """A table across publishers."""

    title: str
    words: str
    table: PublishedTable
    rows: Figure


def _files(front: Front) -> Iterator[File]:
    listed: tuple[tuple[PublishedTable | None, str, str], ...] = (
        (front.awards, "Awards", "every award that stands: publisher, currency and basis beside"),
        (front.publications, "Publications", "a row for each: whose, how fresh, how complete"),
        (
            front.recipients,
            "Recipients",
            "every recipient of each publication, and which of them are one organisation",
        ),
        (front.possibly_same, "Possibly the same", "recipients that look alike, and why"),
        (front.reviews, "Reviews", "which of them somebody found the same, or different, and why"),
        (
            tables.compared(front.awards),
            "Comparisons",
            "awards by year, basis and currency, publication by publication",
        ),
    )
    for table, title, words in listed:
        if table is not None:
            yield File(title, words, table, table.figure("count"))


def pages(front: Front, entries: tuple[Download, ...]) -> Iterator[Page]:
    """The one data page. `entries` lead machines to the data."""
    yield Page(
        url=urls.DATA,
        title="Data",
        description="The tables across publishers, and the way to each publisher's own data.",
        template="all_data.md",
        context={
            "front": front,
            "files": tuple(_files(front)),
            "entries": entries,
        },
        tables=(front.awards,),
    )
