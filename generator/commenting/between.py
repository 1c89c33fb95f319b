"""What a change of the data does to the packages together, where there are several."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator import site
from generator.commenting.difference import Difference, Stop
from generator.commenting.marks import counted
from generator.commenting.sides import Side
from generator.errors import PurseError
from generator.findings import Severity
from generator.site import Checked
from generator.together import same_as
from generator.together.same_as import FILE, NO_LIST, SameAs

_MOVED = (
    "**All addresses change.** With a second publication, each one’s pages move below "
    "`/publishers/`: links to them from elsewhere must be mended."
)


def _before(data: Path) -> SameAs:
    """The list as it was; one that couldn't be read says nothing."""
    try:
        return same_as.read(data)
    except PurseError:
        return NO_LIST


def _notes(old: SameAs, new: SameAs, *, moved: bool) -> Iterator[str]:
    if moved:
        yield _MOVED
        yield ""
    was, now = ({tuple(sorted(one.cells.items())) for one in each.verdicts} for each in (old, new))
    for count, words in ((len(now - was), "new or changed"), (len(was - now), "gone or changed")):
        if count:
            yield f"{counted(count, 'review')} of who is the same as whom: {words}."
            yield ""


def between(
    data: tuple[Path, Path], before: Mapping[str, Side], after: Mapping[str, Side]
) -> Difference | None:
    """What stops or changes the packages together; `data` are the two data/ folders.

    None where there is nothing to say, or a package can't even be opened.
    """
    ledgers = [side.ledger for side in after.values() if isinstance(side, Checked)]
    if len(after) < 2 or len(ledgers) < len(after):
        return None
    file = f"data/{FILE}"
    try:
        listed, findings = site.between(data[1], ledgers, whole=True)
    except PurseError as trouble:
        stops: tuple[Stop, ...] = (Stop("data/", trouble.message, trouble.advice),)
        return Difference(FILE, "All publications together", new=False, stops=stops)
    stops = tuple(
        Stop(one.place.replace(one.file, file, 1), one.message, one.mend, one.value)
        for one in findings
        if one.severity is Severity.ERROR
    )
    notes = tuple(_notes(_before(data[0]), listed, moved=len(before) == 1))
    if not stops and not notes:
        return None
    return Difference(FILE, "All publications together", new=False, stops=stops, notes=notes)
