"""The data page: every file with its size, rows and hash; licence, source, how to cite."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator import urls
from generator.exports.base import Download
from generator.exports.schema_org import schema_org
from generator.figures import Figure
from generator.pages.page import Page
from generator.pages.site import Site
from generator.safety import json_in_html

_FORMS = {"csv": "CSV", "parquet": "Parquet", "json": "CSV on the Web"}


class FileLine(Struct, frozen=True):
    """A downloadable file with what a reader wants to know before taking it."""

    download: Download
    rows: Figure | None


class Form(Struct, frozen=True):
    """One format of a table."""

    words: str
    download: Download


class TableLine(Struct, frozen=True):
    """A table with its formats side by side."""

    name: str
    title: str
    description: str
    meaning: str
    """Where the dictionary says what its fields mean."""
    rows: Figure | None
    forms: tuple[Form, ...]


def _rows(one: Download) -> Figure | None:
    return one.table.figure("count") if one.table is not None else None


def _words(one: Download) -> str:
    """What form of a table a file is, and which of its rows it has."""
    form = _FORMS[one.name.rpartition(".")[2]]
    return f"{form}, {one.part.words}" if one.part else form


def _table_line(name: str, files: Sequence[Download]) -> TableLine:
    csv = next(one for one in files if one.table is not None)
    in_order = sorted(files, key=lambda one: [*_FORMS].index(one.name.rpartition(".")[2]))
    forms = [Form(_words(one), one) for one in in_order]
    return TableLine(
        name=name,
        title=csv.title,
        description=csv.description,
        meaning=urls.dictionary(name),
        rows=_rows(csv),
        forms=tuple(forms),
    )


def pages(site: Site, downloads: Sequence[Download]) -> Iterator[Page]:
    """The one data page, from the downloads themselves, so that hashes are true."""
    by_table: dict[str, list[Download]] = {}
    for one in downloads:
        if one.of is not None:
            by_table.setdefault(one.of, []).append(one)
    package = site.ledger.package
    described = json_in_html(schema_org(site.ledger, downloads, site.base_url))
    yield Page(
        url=urls.DATA,
        title="Data",
        description=(
            f"Every table of {site.settings.publisher_name} as CSV"
            f"{', Excel, JSON, Parquet and SQLite' if site.scope.formats else ''}, "
            "with its description, number of rows and SHA-256."
        ),
        template="data.md",
        context={
            "site": site,
            "package": package,
            "formats": site.scope.formats,
            "archive": next(one for one in downloads if one.path == urls.archive(package.name)),
            "whole": tuple(FileLine(one, _rows(one)) for one in downloads if one.of is None),
            "tables": tuple(_table_line(name, files) for name, files in by_table.items()),
            "described": described,
            "in_parts": any(one.part for one in downloads),
        },
    )
