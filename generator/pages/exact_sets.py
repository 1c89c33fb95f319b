"""Sets of recipients whose money is exact together, with the figures that pages show of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from generator import model
from generator.ledger import LinkedAward
from generator.pages.site import Site
from generator.selectors import where
from generator.summaries.exact_sets import exact_groups
from generator.tables import Figure, derived_percent, derived_sum


@dataclass(frozen=True)
class ExactGroup:
    """Recipients whose shared money is exact only together."""

    members: tuple[model.Recipient, ...]
    awards: tuple[tuple[LinkedAward, Figure], ...]
    total: Figure | None
    """None when one award holds it all."""
    share: Figure | None


@cache
def everything(site: Site) -> Figure:
    """What all awards come to, for pages that show shares of it."""
    return site.all_awards.figure("sum:amount", id="everything")


@cache
def groups_of(site: Site) -> tuple[ExactGroup, ...]:
    """The sets of the site's recipients whose money is exact together."""
    found = []
    for number, (members, awards) in enumerate(exact_groups(site.awards), 1):
        figures = tuple(
            (
                one,
                site.all_awards.figure(
                    "sum:amount", where(id=one.award.id), id=f"group-{number}-{place}"
                ),
            )
            for place, one in enumerate(awards, 1)
        )
        # One award's amount is exact as it stands; it needs no sum.
        parts = [figure for _, figure in figures]
        total = derived_sum(parts, id=f"group-{number}") if len(parts) > 1 else None
        share = derived_percent(total or parts[0], everything(site), places=1)
        found.append(ExactGroup(members, figures, total, share))
    return tuple(found)


@cache
def groups_by_recipient(site: Site) -> Mapping[str, ExactGroup]:
    """The set that each recipient belongs to, where it belongs to one."""
    return {one.id: group for group in groups_of(site) for one in group.members}
