"""What holds of any package, whatever is in it. `make torture` tries many more."""

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, assume, given, settings

from generator import ledger, package, revisions, schemas, site
from generator.checks import structure
from generator.cli import cli
from generator.descriptor import DESCRIPTOR
from generator.errors import UnreadablePackage
from generator.findings import RENDERERS, Finding, Severity, of_unreadable
from generator.project import Project
from generator.scope import Scope
from tests import drawn
from tests.conftest import LITTLEHAM, ROOT
from tests.crawler.crawl import survey
from tests.test_hostile import in_time

ANY = drawn.valid() | drawn.nearly_valid() | drawn.nearly_valid() | drawn.wild()
_PLAIN = settings(suppress_health_check=[*HealthCheck], deadline=None)
_FOUND = [Phase.explicit, Phase.reuse, Phase.generate]
"""Nothing is made smaller: each try takes a check or a build."""
FEW, MANY, BUILT, MANY_BUILT = (
    settings(_PLAIN, max_examples=number, phases=_FOUND) for number in (4, 200, 2, 40)
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one package after the other."""
    site.check(LITTLEHAM)  # what is loaded once for all is no time of an example
    return tmp_path_factory.mktemp("drawn")


def found_in(folder: Path) -> tuple[Finding, ...]:
    try:
        return site.check(folder).report.findings
    except UnreadablePackage as problem:
        return (of_unreadable(problem),)


def points_somewhere(one: Finding, folder: Path) -> bool:
    """Whether the file, the row and the column that a finding names are there."""
    path = Path(one.file)
    if not path.is_relative_to(folder):
        return False
    if not path.is_file():
        return one.row is None and one.column is None
    text = path.read_bytes().decode("utf-8-sig", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    if one.row is not None and not 1 <= one.row <= lines:
        return False
    if one.column is None or path.suffix != ".csv":
        return True
    header = next(csv.reader(io.StringIO(text, newline="")), [])
    known = [field["name"] for field in (schemas.load(path.stem) or {}).get("fields", ())]
    return one.column in (*header, *known)


def check_holds(folder: Path) -> None:
    """Checking ends, soon, and each finding points at a place that is there."""
    with in_time():
        found = found_in(folder)
    for one in found:
        assert points_somewhere(one, folder), one
        assert one.message
        assert one.mend
    for render in RENDERERS.values():
        render(found)


@FEW
@given(ANY)
def test_checking_ends_and_each_finding_points_somewhere(room: Path, files: drawn.Package) -> None:
    check_holds(drawn.write(room / "littleham", files))


@pytest.mark.torture
@MANY
@given(ANY)
def test_checking_ends_for_many(room: Path, files: drawn.Package) -> None:
    check_holds(drawn.write(room / "littleham", files))


def build_holds(room: Path, files: drawn.Package) -> None:
    """What the checks let through builds, and each of its figures follows from its rows."""
    folder = drawn.write(room / "littleham", files)
    assume(not any(one.severity is Severity.ERROR for one in found_in(folder)))
    checked = site.check(folder)
    out = room / "site"
    scope = Scope(search=False, formats=False)
    # The same folders again and again: the site builder starts only where the shells change.
    site.build_site(Project(ROOT), checked, out, room / "build", None, scope=scope)
    found = survey(out)
    assert not found.problems
    assert found.figures > 0


@BUILT
@given(drawn.valid())
def test_what_is_clean_builds_and_is_true(room: Path, files: drawn.Package) -> None:
    build_holds(room, files)


@pytest.mark.torture
@MANY_BUILT
@given(drawn.valid() | drawn.nearly_valid())
def test_what_is_clean_builds_for_many(room: Path, files: drawn.Package) -> None:
    build_holds(room, files)


def numbers_in(found: package.DataPackage) -> set[tuple[str, str]]:
    """The columns, by table and name, that the schemas call numbers, days or flags."""
    return {
        (name, one["name"])
        for name, table in found.tables.items()
        for one in table.fields
        if one["type"] != "string"
    }


def words_in(
    found: package.DataPackage, numbers: set[tuple[str, str]]
) -> Counter[tuple[str, str, str]]:
    """Each cell of words by table and column, without spaces at its ends, where it holds any.

    Numbers, days and flags are left out: of those, only the meaning is kept.
    """
    return Counter(
        (name, column, cell.strip())
        for name, table in found.tables.items()
        for row in table.rows
        for column, cell in row.cells.items()
        if (name, column) not in numbers and cell.strip()
    )


def format_holds(folder: Path) -> None:
    """Formatting loses no word and changes no meaning; done twice it is done once."""
    try:
        clean = structure.is_clean(package.read(folder))
        before, book = package.read(folder), ledger.build(package.read(folder))
        rows = words_in(before, set())
    except UnreadablePackage:
        return
    for _ in range(2):
        CliRunner().invoke(cli, ["format", str(folder)], catch_exceptions=False)
        once = {path.name: path.read_bytes() for path in folder.iterdir()}
    after = package.read(folder)
    # A schema that the package lacked is put in, and says which columns are numbers.
    numbers = numbers_in(before) | numbers_in(after)
    words = {one: times for one, times in rows.items() if one[:2] not in numbers}
    assert words_in(after, numbers) == words
    if clean:
        assert revisions.compare(book, ledger.build(package.read(folder))).none
    CliRunner().invoke(cli, ["format", str(folder)], catch_exceptions=False)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == once


@FEW
@given(drawn.valid() | drawn.nearly_valid())
def test_formatting_loses_nothing(room: Path, files: drawn.Package) -> None:
    format_holds(drawn.write(room / "littleham", files))


@pytest.mark.torture
@MANY
@given(ANY)
def test_formatting_loses_nothing_of_many(room: Path, files: drawn.Package) -> None:
    format_holds(drawn.write(room / "littleham", files))


@pytest.mark.torture
def test_a_valid_package_is_mostly_clean(room: Path) -> None:
    """Or else the tests of what is clean would say little."""
    clean = Counter[bool]()

    @settings(_PLAIN, max_examples=8, database=None, derandomize=True)
    @given(drawn.valid())
    def look(files: drawn.Package) -> None:
        folder = drawn.write(room / "littleham", files)
        assert (folder / DESCRIPTOR).is_file()
        clean[site.check(folder).report.has_errors] += 1

    look()
    assert clean[False] > clean[True]
