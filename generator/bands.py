"""Bands of amounts: the sizes by which awards are counted and filtered."""

from decimal import Decimal

BANDS = (
    *((Decimal(0), "under-500"), (Decimal(500), "500-to-999"), (Decimal(1000), "1000-to-4999")),
    *((Decimal(5000), "5000-to-9999"), (Decimal(10_000), "10000-to-99999")),
    *(
        (Decimal(100_000), "100000-to-999999"),
        (Decimal(1_000_000), "1000000-and-over"),
    ),
)
"""The smallest amount of each band, and its id."""


def band_of(amount: Decimal) -> str:
    """The id of an amount's band."""
    return [id for least, id in BANDS if amount >= least][-1]


def band_titles(mark: str) -> dict[str, str]:
    """The words of each band by its id, smallest first; `mark` stands before each number."""
    edges = [f"{mark}{least:,f}" for least, _ in BANDS]
    words = [
        f"Under {edges[1]}",
        *(f"{edges[place]} to under {edges[place + 1]}" for place in range(1, len(edges) - 1)),
        f"{edges[-1]} and over",
    ]
    return {id: said for (_, id), said in zip(BANDS, words, strict=True)}
