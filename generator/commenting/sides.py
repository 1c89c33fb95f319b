"""The data before and after a change: each package read and checked, or why it can't be."""

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from generator import package, site
from generator.checks import before_publishing
from generator.descriptor import display_path
from generator.errors import PurseError
from generator.package import DataPackage
from generator.site import Checked

Side = Checked | PurseError
"""A package with all that the checks say of it, or why it can't even be opened."""


def _side(folder: Path) -> Side:
    """One package, as strictly as before publishing.

    Its findings name files from the top of the project, wherever it lies.
    """
    here, shown = display_path(folder), f"data/{folder.name}"
    try:
        checked = site.check(folder)
    except PurseError as fault:
        return PurseError(fault.message.replace(here, shown), fault.advice)
    report = before_publishing(checked.report)
    findings = tuple(replace(one, file=one.file.replace(here, shown, 1)) for one in report.findings)
    return replace(checked, report=replace(report, findings=findings))


def sides(data: Path) -> Mapping[str, Side]:
    """Each package of a data/ folder by the name of its own folder."""
    return {folder.name: _side(folder) for folder in package.find(data)}


def same(one: DataPackage, other: DataPackage) -> bool:
    """Whether two packages hold the same, wherever they lie."""

    def content(each: DataPackage) -> tuple[object, ...]:
        tables = {name: (table.header, table.rows) for name, table in each.tables.items()}
        prose = [(page.name, page.text) for page in each.prose]
        return each.descriptor, tables, prose, each.releases

    return content(one) == content(other)
