"""What looks personal in a package, and what somebody who looked at it said.

`privacy_reviews` is the list of what was looked at: `allowed` with a reason, or `to-review`.
"""

from generator.checks.privacy_scan import Found, scan
from generator.ledger import Ledger
from generator.missing import Missing
from generator.model import PrivacyReview
from generator.slugs import Ids, mark_of, slug
from generator.tables import Cells

__all__ = ["ALLOWED", "EVERY_ROW", "TO_REVIEW", "Found", "Reviews", "to_review", "unreviewed"]

EVERY_ROW = "*"
ALLOWED, TO_REVIEW = "allowed", "to-review"


class Reviews:
    """The reviews of a package, to be asked which of them speaks of a finding."""

    def __init__(self, ledger: Ledger) -> None:
        self._by_place: dict[tuple[object, ...], list[PrivacyReview]] = {}
        for one in ledger.privacy_reviews:
            key = (one.resource, one.field, one.category, one.row)
            self._by_place.setdefault(key, []).append(one)

    def of(self, found: Found) -> tuple[PrivacyReview, ...]:
        """The entries about what was found: those of its row, and those of every row."""
        rows = dict.fromkeys((found.row, EVERY_ROW))
        keys = ((found.resource, found.field, found.category, row) for row in rows)
        return tuple(one for key in keys for one in self._by_place.get(key, ()))

    def status(self, found: Found) -> str | None:
        """`allowed`, `to-review`, or None where nobody has looked."""
        entries = self.of(found)
        if any(one.status == ALLOWED and isinstance(one.reason, str) for one in entries):
            return ALLOWED
        return TO_REVIEW if entries else None


def unreviewed(ledger: Ledger) -> tuple[Found, ...]:
    """What looks personal and has no entry at all in `privacy_reviews`."""
    reviews = Reviews(ledger)
    return tuple(one for one in scan(ledger) if reviews.status(one) is None)


def to_review(ledger: Ledger) -> tuple[Cells, ...]:
    """A row of `privacy_reviews` with the status to-review for each that has none."""
    ids = Ids(one.id for one in ledger.privacy_reviews)
    none = Missing.NOT_APPLICABLE.value
    return tuple(
        {
            # The key may be made of a name: the id holds only a mark of it.
            "id": ids.new(slug(f"{one.resource}-{one.field}-{one.category}-{mark_of(one.row)}")),
            "resource": one.resource,
            "row": one.row,
            "field": one.field,
            "category": one.category,
            "status": TO_REVIEW,
            "reason": none,
            "reviewed_by": none,
            "reviewed_on": none,
        }
        for one in unreviewed(ledger)
    )
