"""What was made last of some rows."""

from collections.abc import Sequence

from generator.latest import Latest


class Maker:
    """Makes the text of a number, and remembers for which it was asked."""

    def __init__(self) -> None:
        self.asked: list[Sequence[int]] = []

    def __call__(self, rows: Sequence[int]) -> list[str]:
        self.asked.append(rows)
        return [str(row) for row in rows]


def test_each_is_made_once_and_given_in_the_order_asked_for() -> None:
    maker = Maker()
    latest = Latest(maker)
    assert latest.of([3, 1, 3]) == ["3", "1", "3"]
    assert latest.of([1, 2, 3]) == ["1", "2", "3"]
    assert maker.asked == [[3, 1], [2]]


def test_those_asked_for_long_ago_are_let_go() -> None:
    maker = Maker()
    latest = Latest(maker)
    latest.of(range(4000))
    assert latest.of(range(3999, 8000)) == [str(row) for row in range(3999, 8000)]
    assert maker.asked[1] == list(range(4000, 8000))
    latest.of([0])
    assert maker.asked[2] == [0]
