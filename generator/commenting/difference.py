"""What a change of the data does to one package: what stops it, else what readers will see."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from generator import revisions
from generator.body import Body
from generator.checks import Report, privacy_hiding
from generator.commenting.sides import Side, same
from generator.errors import PurseError
from generator.findings import Finding, Severity
from generator.ledger import Ledger, build
from generator.outputs import build_folder, contents
from generator.project import DOCS, Project
from generator.revisions import Changes
from generator.revisions_faults import faults
from generator.site import Checked
from generator.summaries.coverage import COVERAGE_FIELDS, coverage_table
from generator.together.mounts import mount_of
from generator.write import sha256_of


class Stop(Struct, frozen=True):
    """One thing to mend before the change can be published."""

    where: str
    message: str
    mend: str
    value: str | None = None


class Lacking(Struct, frozen=True):
    """For how many awards a fact is not published, before and after."""

    field: str
    old: int
    new: int
    duty: bool
    """Whether a duty of the publisher asks for it."""


class PageChanges(Struct, frozen=True):
    """Addresses of pages, from the top of the site."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class Difference(Struct, frozen=True):
    """A package before and after. Either something stops it, or `changes` says what changes."""

    folder: str
    title: str
    new: bool
    stops: tuple[Stop, ...]
    hide: Callable[[str], str] = str
    """Masks what either side holds of personal data, wherever a text repeats it."""
    after: Ledger | None = None
    changes: Changes | None = None
    opened: tuple[Finding, ...] = ()
    """Warnings and gaps that were not there before."""
    closed: tuple[Finding, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    pages: PageChanges | None = None
    """None when the pages before can't be made, for what is published has errors."""
    notes: tuple[str, ...] = ()
    """What else is to be said, as lines of Markdown."""


def _emptied(ledger: Ledger) -> Ledger:
    """A package as it was before its first row: what a new one is compared with."""
    tables = {
        name: replace(table, body=Body(table.header, ()))
        for name, table in ledger.package.tables.items()
    }
    return build(replace(ledger.package, tables=tables))


def _stops(
    name: str, report: Report, changes: Changes, hide: Callable[[str], str]
) -> Iterator[Stop]:
    for one in report.findings:
        if one.severity is Severity.ERROR:
            yield Stop(one.place, one.message, one.mend, one.value)
    for each in faults(changes):
        yield Stop(f"data/{name}", hide(each.message), hide(each.mend))


def _said(report: Report) -> Counter[Finding]:
    """Warnings and gaps without their rows, which move when others are added above them."""
    return Counter(
        replace(one, row=None)
        for one in report.findings
        if one.severity in (Severity.WARNING, Severity.GAP)
    )


def _lacking(before: Ledger, after: Ledger) -> Iterator[Lacking]:
    def counts(ledger: Ledger) -> Mapping[str, int]:
        rows = coverage_table(ledger, ledger.standing).rows
        return {row["field"]: int(row["awards"]) - int(row["awards_with_value"]) for row in rows}

    old, new = counts(before), counts(after)
    asked = {one.field for one in after.duties}
    for field in COVERAGE_FIELDS:
        if old[field] != new[field]:
            yield Lacking(field, old[field], new[field], field in asked)


def _pages(project: Project, ledger: Ledger, report: Report, mount: str) -> Mapping[str, str]:
    """Each page's address and the hash of what it is made from.

    `mount` is the folder of the site in which the package's pages lie.
    """
    return {
        f"/{mount}" + path.removeprefix(f"{DOCS}/").removesuffix("index.md"): sha256_of(content)
        for path, content in build_folder(contents(project, ledger, report, None))
        if path.startswith(f"{DOCS}/") and path.endswith(".md")
    }


def page_changes(before: Mapping[str, str], after: Mapping[str, str]) -> PageChanges:
    """Two sets of pages compared, in the order of their addresses."""
    return PageChanges(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(one for one in after if one in before and after[one] != before[one])),
        tuple(sorted(before.keys() - after.keys())),
    )


def _gone(name: str) -> Difference:
    stop = Stop(
        f"data/{name}",
        "The package is gone: all its addresses would lead nowhere.",
        "put the folder back. If it was only the example that came with the site, or the whole "
        "publication ends, ask the person who looks after the site to merge the change all the "
        "same.",
    )
    return Difference(name, name, new=False, stops=(stop,))


def _unreadable(name: str, trouble: PurseError) -> Difference:
    stop = Stop(f"data/{name}", trouble.message, trouble.advice)
    return Difference(name, name, new=False, stops=(stop,))


def _compared(
    project: Project, name: str, before: Side | None, after: Side, *, several: bool
) -> Difference | None:
    if isinstance(after, PurseError):
        return _unreadable(name, after)
    head, report = after.ledger, after.report
    was = before.report if isinstance(before, Checked) else None
    base = before.ledger if isinstance(before, Checked) else None
    if base and same(base.package, head.package) and not report.has_errors:
        return None
    base = base or _emptied(head)
    changes = revisions.compare(base, head)
    hide = privacy_hiding.hiding(base, head)
    found = Difference(
        name,
        head.package.title,
        before is None,
        tuple(_stops(name, report, changes, hide)),
        hide,
        head,
        changes,
    )
    if found.stops:
        return found
    old, now = (_said(one) if one else Counter[Finding]() for one in (was, report))
    pages = None
    if not isinstance(before, PurseError) and not (was and was.has_errors):
        mount = mount_of(head.package) if several else ""
        known = _pages(project, base, was, mount) if was else {}
        pages = page_changes(known, _pages(project, head, report, mount))
    return replace(
        found,
        opened=tuple((now - old).elements()),
        closed=tuple((old - now).elements()),
        lacking=tuple(_lacking(base, head)) if was else (),
        pages=pages,
    )


def differences(
    project: Project, before: Mapping[str, Side], after: Mapping[str, Side]
) -> tuple[Difference, ...]:
    """Every package that differs or must be mended, by the name of its folder."""
    found = chain(
        (_gone(name) for name in before if name not in after),
        (
            _compared(project, name, before.get(name), side, several=len(after) > 1)
            for name, side in after.items()
        ),
    )
    return tuple(sorted((one for one in found if one), key=lambda one: one.folder))
