"""Sets that grow together, beside a plain way to find them."""

from hypothesis import given
from hypothesis import strategies as st

from generator.joined_sets import JoinedSets

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)))


@given(PAIRS)
def test_joined_things_have_the_least_of_their_set(pairs: list[tuple[int, int]]) -> None:
    sets, known = JoinedSets[int](), {one: {one} for one in range(10)}
    for one, other in pairs:
        sets.join(one, other)
        whole = known[one] | known[other]
        for each in whole:
            known[each] = whole
    assert [sets.of(one) for one in range(10)] == [min(known[one]) for one in range(10)]
    assert {one for one in range(10) if one in sets} == {one for pair in pairs for one in pair}
