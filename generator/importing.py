"""An import from the file to the packages: what it would write, shown before it is written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from generator import ledger, package, revising, revisions, scratch, write
from generator.checks import privacy_reviews
from generator.descriptor import DESCRIPTOR, display_path
from generator.draft import Draft, files, of_package
from generator.errors import UsageProblem
from generator.imports import account_text
from generator.imports.account import Account, account
from generator.imports.base import Reading
from generator.imports.one_value import without_lists
from generator.imports.packaging import packages
from generator.ledger import Ledger
from generator.revisions import Changes
from generator.slugs import mark_of, slug

FOLDER = "imports"
"""Where the accounts of imports lie, in a package's folder or in data/."""
REVIEWS = "privacy_reviews"
_NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
Output = tuple[str, bytes]


class Proposal(Struct, frozen=True):
    """One package as it would be written."""

    folder: Path
    draft: Draft
    changes: Changes | None
    """What differs from the package as it stands; None when it is new."""
    to_review: tuple[privacy_reviews.Found, ...] = ()
    """What looks personal and nobody has looked at."""

    @property
    def must_be_agreed(self) -> bool:
        """Whether something changes that is there already."""
        return self.changes is not None and not self.changes.none


def standing(to: Path) -> tuple[Path, ...]:
    """The folders of packages that an import may update.

    These are `to` itself, and `to-…` for files of several funders. Raises UsageProblem when
    `to` can't be a package's folder.
    """
    if not _NAME.fullmatch(to.name):
        raise UsageProblem(
            f"“{to.name}” can't be the name of a package.",
            "use small letters, digits and hyphens, such as data/my-funder.",
        )
    if to.exists() and not (to / DESCRIPTOR).is_file() and (to.is_file() or any(to.iterdir())):
        raise UsageProblem(
            f"{display_path(to)} is there, and is no data package.",
            "name another folder with --to, or move what is there.",
        )
    found = package.find(to.parent)
    return tuple(one for one in found if one.name == to.name or one.name.startswith(f"{to.name}-"))


def propose(
    reading: Reading,
    to: Path,
    existing: Mapping[str, package.DataPackage],
    reason: tuple[str, date] | None,
) -> tuple[Account, tuple[Proposal, ...]]:
    """The account of an import and the packages it would write; nothing is written.

    `reason` is why published values change, and the day: each such change is then put on record.
    """
    drafts = {name: of_package(one) for name, one in existing.items()}
    reading = without_lists(reading)
    made = account(reading, packages(reading, drafts, to.name))
    return made, tuple(
        proposal(to.parent / one.name, one.draft, existing.get(one.name), reason)
        for one in made.packages
    )


def proposal(
    folder: Path,
    draft: Draft,
    existing: package.DataPackage | None,
    reason: tuple[str, date] | None,
) -> Proposal:
    """A package's draft with its revisions and what must be reviewed."""
    before = ledger.build(existing) if existing else None
    if before is not None and reason is not None:
        draft = revising.explained(before, draft, *reason)
    now = _as_written(draft)
    if rows := privacy_reviews.to_review(now):
        draft = draft.with_rows(REVIEWS, (*draft.rows(REVIEWS), *rows))
    changes = revisions.compare(before, now) if before is not None else None
    return Proposal(folder, draft, changes, privacy_reviews.unreviewed(now))


def _as_written(draft: Draft) -> Ledger:
    """The ledger that the draft gives once it is written and read again."""
    with scratch.folder("import") as temporary:
        write.update(temporary, files(draft))
        return ledger.build(package.read(temporary))


def save(
    to: Path, made: Account | None, proposals: Sequence[Proposal], mapping: str | None
) -> None:
    """Write the packages, and the account beside each."""
    for one in proposals:
        write.update(one.folder, (*files(one.draft), *_accounts(made, one, proposals, mapping)))
    if made is not None and len(proposals) > 1:
        write.update(to.parent, _saved(made, None))


def _stem(made: Account) -> str:
    name = made.reading.source.name
    stem = name.rpartition(".")[0] or name
    return slug(stem) or mark_of(name)


def _saved(made: Account, of: str | None) -> Iterable[Output]:
    start = f"{FOLDER}/{_stem(made)}"
    if of is None:
        yield f"{start}.md", account_text.as_markdown(made).encode()
    yield f"{start}-rows.csv", account_text.rows_csv(made, of)


def _accounts(
    made: Account | None, one: Proposal, proposals: Sequence[Proposal], mapping: str | None
) -> Iterable[Output]:
    if made is not None:
        yield from _saved(made, one.folder.name if len(proposals) > 1 else None)
    if mapping is not None:
        yield f"{FOLDER}/mapping.yml", mapping.encode()
