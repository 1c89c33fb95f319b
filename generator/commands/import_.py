"""`purse import`: read a publisher's file into data packages."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.base import CLEAN, DAY, FOLDER, FOUND

if TYPE_CHECKING:
    from generator.importing import Proposal
    from generator.package import DataPackage

_SHOWN = 20
_FILE = click.Path(path_type=Path, dir_okay=False)
_FIRST = {"day-first": True, "month-first": False}


@click.command("import")
@click.argument("file", type=_FILE)
@click.option("--to", type=FOLDER, required=True, help="The package's folder, such as data/x.")
@click.option("--yes", is_flag=True, help="Write without asking first.")
@click.option("--dry-run", is_flag=True, help="Show what would be done and write nothing.")
@click.option("--reason", help="Why published values change; it goes into the record of changes.")
@DAY
@click.option("--currency", help="Three letters, such as GBP, where the file doesn't say.")
@click.option("--year", help="The financial year, such as 2026-27, of awards without a date.")
@click.option("--dates", type=click.Choice([*_FIRST]), help="How to read dates such as 03/04/2026.")
@click.option("--buyer", help="The one buyer of an OCDS file to read: its name or id.")
@click.option("--mapping", type=_FILE, help="What the columns of another table are.")
def import_(
    file: Path,
    to: Path,
    yes: bool,
    dry_run: bool,
    reason: str | None,
    day: datetime,
    currency: str | None,
    year: str | None,
    dates: str | None,
    buyer: str | None,
    mapping: Path | None,
) -> int:
    """Read FILE into a data package, with an account of every row and column.

    FILE is a 360Giving file (CSV, Excel, ODS or JSON), an OCDS release package, the workbook that
    purse workbook made, or any table with a mapping. Several funders or currencies give a package
    each. Reading a file again updates the package; what changes is shown first.

    \b
    Examples:
      purse import grants.csv --to data/my-funder
      purse import contracts.json --to data/my-force --buyer "My Police Force"
      purse import grants-2027.csv --to data/my-funder --reason "Yearly update of the file."
    """
    from generator import importing
    from generator.commands.editing import alone, opened
    from generator.findings import RENDERERS, Severity
    from generator.imports import account_text, choosing, own_workbook, reading

    source = reading.read(file)
    there = importing.standing(to)
    if not dry_run:
        alone(to, *there)
    existing = {folder.name: opened(folder)[0] for folder in there}
    why = (reason, day.date()) if reason else None
    made, text = None, None
    if (named := own_workbook.package_named(source)) is not None:
        before = _package_of(named, to, existing)
        draft, findings = own_workbook.read(source, before, day.date())
        click.echo(RENDERERS["text"](findings) if findings else "", nl=False)
        if any(one.severity is Severity.ERROR for one in findings):
            click.echo("Nothing was written. Mend the workbook and import it again.")
            return FOUND
        proposals: tuple[Proposal, ...] = (importing.proposal(to, draft, before, why),)
    else:
        text = _text_of(mapping)
        options = choosing.Options(
            *(currency, year, _FIRST[dates] if dates else None, buyer, text),
            mapping_file=str(mapping or ""),
        )
        made, proposals = importing.propose(choosing.read(source, options), to, existing, why)
        click.echo(account_text.as_text(made), nl=False)
    if not proposals:
        click.echo("\nNothing could be imported, and nothing was written.")
        return FOUND
    _show(proposals)
    if dry_run:
        click.echo("\nNothing was written, as --dry-run asks.")
        return CLEAN
    if not yes and any(one.must_be_agreed for one in proposals) and not _agreed():
        return FOUND
    importing.save(to, made, proposals, text)
    _report(proposals)
    return CLEAN


def _text_of(mapping: Path | None) -> str | None:
    from generator.errors import UsageProblem

    if mapping is None:
        return None
    try:
        return mapping.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageProblem(
            f"{mapping} can't be read as a mapping.",
            "name the file that purse mapping drafted, saved as UTF-8 text.",
        ) from fault


def _package_of(named: str, to: Path, existing: Mapping[str, "DataPackage"]) -> "DataPackage":
    from generator.errors import UsageProblem

    found = existing.get(to.name)
    if found is None or found.name != named:
        raise UsageProblem(
            f"The workbook is that of the package {named}, and {to} is not that package.",
            f"name its folder with --to, such as data/{named}.",
        )
    return found


def _show(proposals: Sequence["Proposal"]) -> None:
    """What changes in packages that are there, and what must be looked at."""
    from generator.descriptor import display_path
    from generator.revisions_report import as_text
    from generator.safety import one_line

    same = sum(one.changes is not None and one.changes.none for one in proposals)
    if same:
        click.echo("\nNothing changed." if same == 1 else f"\nNothing changed in {same} packages.")
    for one in proposals:
        if one.changes is not None and not one.changes.none:
            click.echo(f"\nChanges to {display_path(one.folder)}")
            click.echo(as_text(one.changes), nl=False)
        if one.to_review:
            click.echo(f"\nTo review before publishing {display_path(one.folder)}")
            for found in one.to_review[:_SHOWN]:
                place = f"{found.resource}, {found.row}, {found.field}"
                click.echo(one_line(f"  {place}: {found.category}, {found.masked}"))
            if len(one.to_review) > _SHOWN:
                click.echo(f"  and {len(one.to_review) - _SHOWN:,} more")
            click.echo("  Each is a row of privacy_reviews.csv: see docs/publish/personal-data.md.")


def _agreed() -> bool:
    """Ask, where there is somebody to ask."""
    if not _is_terminal():
        click.echo(
            "\nNothing was written: published rows would change, and there is nobody to ask.\n"
            "  What to do: read the changes above; then give the same command with --yes."
        )
        return False
    if click.confirm("\nWrite these changes?"):
        return True
    click.echo("Nothing was written.")
    return False


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _report(proposals: Sequence["Proposal"]) -> None:
    """What was written, what the checks say of it, and the next step."""
    from generator import checked
    from generator.descriptor import display_path
    from generator.findings import summary

    click.echo()
    for one in proposals:
        report = checked.check(one.folder).report
        click.echo(f"Written: {display_path(one.folder)}. Checks: {summary(report.findings)}.")
    first = display_path(proposals[0].folder)
    click.echo("Next: read the account in the folder imports/.")
    click.echo(f"  purse check {first} says what to look at.")
    click.echo(f"  purse serve --data {first} shows the pages.")
