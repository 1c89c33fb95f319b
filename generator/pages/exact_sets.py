"""Sets of recipients whose money is exact together, with the figures that pages show of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from msgspec import Struct

from generator.figures import Figure, derived_percent, derived_sum
from generator.ledger import Awards
from generator.pages.lines import Line, Named
from generator.pages.pieces import Pieces, published
from generator.pages.site import Site, of_site
from generator.selectors import where
from generator.summaries.exact_sets import exact_groups


class ExactGroup(Struct, frozen=True):
    """Recipients whose shared money is exact only together."""

    members: tuple[Named, ...]
    awards: tuple[tuple[Line, Figure], ...]
    total: Figure | None
    """None when one award holds it all."""
    share: Figure | None


@of_site
def everything(site: Site) -> Figure:
    """What all awards come to, for pages that show shares of it."""
    return site.all_awards.figure("sum:amount", id="everything")


def sets_of(site: Site) -> tuple[tuple[Sequence[int], Awards], ...]:
    """The sets of the site's recipients, told by their rows, whose money is exact together."""
    return site.ledger.once(exact_groups)


@of_site
def set_by_recipient(site: Site) -> Mapping[int, int]:
    """The place of the set that each recipient belongs to, by its row, where it belongs to one."""
    return {row: place for place, (members, _) in enumerate(sets_of(site)) for row in members}


def exact_group(site: Site, place: int) -> ExactGroup:
    """One of the sets with its figures, by its place."""
    return _latest(site)(place)


@of_site
def _latest(site: Site) -> Callable[[int], ExactGroup]:
    """Makes them; the latest are kept."""
    return lru_cache(maxsize=1000)(partial(_exact_group, site))


def _exact_group(site: Site, place: int) -> ExactGroup:
    members, awards = sets_of(site)[place]
    figures = tuple(
        (
            one,
            site.all_awards.told(
                one.amount, "sum:amount", where(id=one.id), id=f"group-{place + 1}-{number}"
            ),
        )
        for number, one in enumerate(site.lines.of(awards.numbers), 1)
    )
    # One award's amount is exact as it stands; it needs no sum.
    parts = [figure for _, figure in figures]
    total = derived_sum(parts, id=f"group-{place + 1}") if len(parts) > 1 else None
    share = derived_percent(total or parts[0], everything(site), places=1)
    named = site.lines.named(members)
    return ExactGroup(tuple(named[row] for row in members), figures, total, share)


def _listed(things: Sequence[str]) -> str:
    """`one`, `one and another`, `one, another and a third`."""
    *others, last = things
    return f"{', '.join(others)} and {last}" if others else last


@of_site
def sentences(site: Site, pieces: Pieces) -> Callable[[int], str]:
    """Makes, as HTML, what the pages of a set's recipients say of it, told by its place."""
    return partial(_sentence, site, pieces)


def _sentence(site: Site, pieces: Pieces, place: int) -> str:
    group = exact_group(site, place)
    members = _listed([published(one.name) for one in group.members])
    awards = _listed(
        [
            f"{pieces.figure(amount)} in {pieces.page('awards', one.id, one.title)}"
            for one, amount in group.awards
        ]
    )
    total = f"{pieces.figure(group.total)}: " if group.total else ""
    share, whole = group.share, pieces.figure(everything(site))
    part = f"That is {pieces.figure(share)} of all awards, {whole}. " if share else ""
    return (
        f"<p>{members} together hold exactly {total}{awards}. {part}"
        "How it is split between them isn’t published.</p>"
    )
