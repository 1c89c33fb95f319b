"""`purse new`: start a publication of one's own."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import click

from generator.commands.base import CLEAN, PROJECT
from generator.errors import PurseError, UsageProblem

Answer = TypeVar("Answer")


@click.command()
@click.argument("name")
@click.option("--publisher", metavar="NAME", help="Who publishes, as readers should see it.")
@click.option("--id", "publisher_id", help="The publisher's id: small letters, digits, hyphens.")
@click.option("--licence", help="Such as OGL-UK-3.0 or CC-BY-4.0; none, if none is given.")
@click.option("--year", help="The first financial year, such as 2026-27.")
@click.option("--currency", help="Three letters, such as GBP.")
@click.option(
    "--official/--unofficial",
    default=None,
    help="Whether the site is the publisher's own, or made by somebody else.",
)
@click.option("--site-name", help="The name in the header of every page.")
@click.option("--contact", help="Where readers may write.")
@click.option("--base-url", help="The site's public address, if it is known.")
@click.option(
    "--created",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: date.today().isoformat(),
    show_default="today",
    help="The date that the new package bears.",
)
@click.option("--yes", is_flag=True, help="Ask nothing; what isn't given is as a question offers.")
@PROJECT
def new(
    name: str,
    publisher: str | None,
    publisher_id: str | None,
    licence: str | None,
    year: str | None,
    currency: str | None,
    official: bool | None,
    site_name: str | None,
    contact: str | None,
    base_url: str | None,
    created: datetime,
    yes: bool,
    project: Path,
) -> int:
    """Start a publication of your own: an empty package in data/NAME, ready for awards.

    It asks for whatever no option gives.

    \b
    Examples:
      purse new my-funder
      purse new my-funder --publisher "My Funder" --licence CC-BY-4.0 --official --yes
    """
    from generator import package, starting, write
    from generator.descriptor import display_path
    from generator.draft import files
    from generator.imports.values import financial_year
    from generator.licences import LICENCES
    from generator.project import Project
    from generator.slugs import slug

    data = Project(project).data
    folder = data / starting.package_name(name)
    if folder.exists():
        raise UsageProblem(
            f"{display_path(folder)} is there already.", "choose another name, or edit that one."
        )

    def ask(
        given: str | None, question: str, default: str, check: Callable[[str], Answer]
    ) -> Answer:
        if given is not None or yes:
            return check(default if given is None else given)
        answer: Answer = click.prompt(
            question, default=default, show_default=bool(default), value_proc=_asking_again(check)
        )
        return answer

    who = ask(publisher, "Who publishes", name.replace("-", " ").title(), starting.words)
    this_year = financial_year(created.date().isoformat())
    codes = ", ".join((*LICENCES, starting.NO_LICENCE))
    answers = starting.Answers(
        name=name,
        publisher=who,
        publisher_id=ask(publisher_id, "Its id", slug(who) or name, starting.publisher_id),
        licence=ask(licence, f"Licence ({codes})", starting.NO_LICENCE, starting.licence),
        year=ask(year, "First financial year", this_year, starting.year),
        currency=ask(currency, "Currency", "GBP", starting.currency),
        official=(
            not yes and click.confirm("Is the site the publisher's own", default=False)
            if official is None
            else official
        ),
        site_name=ask(site_name, "Name of the site", f"{who}: funds and awards", starting.words),
        contact=ask(contact, "Where readers may write (may stay empty)", "", starting.contact),
        base_url=ask(base_url, "The site's address (may stay empty)", "", starting.base_url),
        created=created.date(),
    )
    others = [display_path(one) for one in package.find(data)]
    write.update(folder, files(starting.draft(answers)))
    (data / "inbox").mkdir(exist_ok=True)
    click.echo(_next_steps(display_path(folder), others))
    return CLEAN


def _asking_again(check: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """A check whose refusal makes the question be asked again."""

    def checked(text: str) -> Answer:
        try:
            return check(text)
        except PurseError as problem:
            raise click.UsageError(f"{problem.message} To mend it, {problem.advice}") from problem

    return checked


def _next_steps(folder: str, others: list[str]) -> str:
    lines = [
        f"Made {folder}: its settings are in {folder}/datapackage.json, its tables are empty.",
        "",
        "What to do next:",
        "  Put awards in: docs/publish/first-steps.md says how.",
        f"  Or import a file that you have: purse import FILE --to {folder}",
        f"  Check it:       purse check {folder}",
        f"  Build its site: purse build --data {folder}",
    ]
    if others:
        lines += [
            "",
            f"data/ holds other packages too ({', '.join(others)}), and a site shows one.",
            *(f"  To leave only yours: git rm -r {one}" for one in others),
        ]
    return "\n".join(lines)
