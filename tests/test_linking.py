"""Awards as numbers of rows: their order, their groups, and what each is linked to."""

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import latest, linking, model
from generator.grouping import Groups, sum_of, up_to
from generator.ledger import Awards, Ledger
from tests.anyshire import data
from tests.checks import added, changed
from tests.conftest import ANYSHIRE
from tests.summaries.books import AN, LH, WM, book


def ids(awards: Awards) -> list[str]:
    return [one.award.id for one in awards]


def test_the_largest_award_comes_first_and_equals_by_id(littleham: Path) -> None:
    assert ids(LH.linked[::-1].largest_first()) == ["2031-32-1", "2031-32-2"]
    rows = ["id,amount", "b,5.00", "a,5.0", "d,unreadable", "c,50", ""]
    (littleham / "awards.csv").write_text("\n".join(rows), encoding="utf-8")
    assert ids(book(littleham).linked.largest_first()) == ["c", "a", "b", "d"]
    amounts = WM.linked.largest_first().amounts.to_pylist()
    assert amounts == sorted(amounts, reverse=True)


def test_a_programme_is_in_the_order_of_its_source() -> None:
    ordered = list(WM.linked[::-1].in_source_order())
    keys = [
        (str(one.award.financial_year), one.award.source_order, one.award.id) for one in ordered
    ]
    assert keys == sorted(keys, key=lambda key: (key[0], int(str(key[1])), key[2]))


def test_an_award_without_a_place_in_its_source_comes_first_by_its_id(littleham: Path) -> None:
    years = {"b": "2031-32,1", "z": "2031-32,", "y": "2031-32,not published", "a": "2030-31,2"}
    rows = ["id,financial_year,source_order", *(f"{id},{said}" for id, said in years.items()), ""]
    (littleham / "awards.csv").write_text("\n".join(rows), encoding="utf-8")
    assert ids(book(littleham).linked.in_source_order()) == ["a", "y", "z", "b"]


NOWHERE = (
    added("award_areas.csv", "2029-30-v01", "nowhere", "stated", "not applicable"),
    added("award_sources.csv", "2029-30-v01", "nowhere", "stated", "not applicable"),
    *(
        added("award_terms.csv", "2029-30-v01", *term, "stated", "not applicable")
        for term in (("topic", "cope"), ("topic", "not published"), ("not published", ""))
    ),
)


def test_links_that_lead_nowhere_are_left_out(tmp_path: Path) -> None:
    """A term belongs to its vocabulary: the one that is another's leads nowhere."""
    broken = book(changed(ANYSHIRE, NOWHERE, tmp_path))
    awards = [one["id"] for one in data("awards")]
    for name, of, keys in (
        ("areas", "areas", ("area",)),
        ("sources", "funding_sources", ("funding_source",)),
        ("terms", "terms", ("scheme", "term")),
    ):
        known = [tuple(one[key.replace(keys[-1], "id")] for key in keys) for one in data(of)]
        rows = [
            (awards.index(one["award"]), known.index(tuple(one[key] for key in keys)))
            for one in data(f"award_{name}")
        ]
        wanted = sorted(rows, key=lambda pair: pair[0])
        assert list(getattr(broken.relations, name)) == wanted
        records = getattr(broken, of)
        linked = [(one.row, there) for one in broken.linked for _, there in getattr(one, name)]
        assert linked == [(award, records[other]) for award, other in wanted]


def test_awards_are_told_by_their_attribution_and_their_terms() -> None:
    relations, linked = AN.relations, list(AN.linked)
    said = [one.attribution.value for one in linked]
    assert relations.attribution_words.to_pylist() == said
    for names in (("sole",), ("sole", "shared"), ("unnamed", "none")):
        assert relations.attributed(*names).to_pylist() == [one in names for one in said]
    for scheme in ("topic", "objective"):
        counts = [len(one.terms_of(scheme)) for one in linked]
        assert relations.counts(relations.terms_of(scheme)).to_pylist() == counts
        assert relations.having(relations.terms_of(scheme)).to_pylist() == list(map(bool, counts))
    assert any(counts), "no award has an objective"


def test_awards_are_a_sequence() -> None:
    linked = WM.linked
    assert ids(linked[3:6]) == linked.ids[3:6]
    assert linked[4].award.id == linked[-23].award.id == linked.ids[4]
    assert [one.row for one in linked] == list(range(27))
    assert ids(Awards.together([linked[:2], linked[20:]])) == [*linked.ids[:2], *linked.ids[20:]]
    assert not linked[:0]
    with pytest.raises(IndexError):
        linked[27]


def test_linked_awards_are_the_same_however_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = list(WM.linked)
    monkeypatch.setattr(linking, "_BLOCK", 4)
    monkeypatch.setattr(latest, "_KEPT", 5)
    fresh = Ledger(WM.package)
    assert list(fresh.linked[::-1]) == whole[::-1]
    assert [fresh.award(one.award.id) for one in whole] == whole
    assert fresh.award("nowhere") is None


def test_alike_awards_are_counted_and_added() -> None:
    themes = WM.frame(model.Award).texts("theme").indices
    found = WM.linked.alike(themes)
    assert sum(one.count for one in found) == 27
    assert sum(one.amount for one in found) == WM.linked.total == Decimal("7713019.51")
    for one in found:
        held = [each for each in WM.linked if each.award.theme == one.first.award.theme]
        assert (held[0], len(held)) == (one.first, one.count)


@given(st.lists(st.one_of(st.none(), st.integers(0, 4))))
def test_groups_keep_the_order_of_their_places(keys: list[int | None]) -> None:
    groups = Groups(pa.array(keys, pa.int32()), 6)
    wanted = [[place for place, key in enumerate(keys) if key == each] for each in range(6)]
    assert [one.to_pylist() for one in groups] == wanted
    assert [list(groups.numbers(key)) for key in range(6)] == wanted
    assert groups.sizes.to_pylist() == list(map(len, wanted))
    assert groups.firsts.to_pylist() == [one[0] if one else None for one in wanted]
    worth = pa.array([Decimal(place) / 100 for place in range(len(keys))], pa.decimal128(21, 6))
    assert groups.sums(worth).to_pylist() == [
        sum((Decimal(one) / 100 for one in each), Decimal(0)) for each in wanted
    ]
    assert groups.lists(up_to(len(keys))).to_pylist() == wanted


def test_sums_are_exact_at_any_size() -> None:
    largest = [Decimal("999999999999999.999999")] * 100_000
    assert sum_of(pa.array(largest, pa.decimal128(21, 6))) == Decimal("99999999999999999999.9")
    assert sum_of(pa.array([], pa.decimal128(21, 6))) == 0


NAMES = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "nowhere", ""]),
        st.sampled_from(["named", "unnamed", "none", ""]),
        st.sampled_from(["recipient", "partner", "route", ""]),
    ),
    max_size=4,
)


@given(awards=st.lists(NAMES, min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_columns_say_what_each_award_says(
    littleham: Path, awards: list[list[tuple[str, str, str]]]
) -> None:
    """Whole columns, and awards one by one, know the same recipients."""
    links = ["award,service,position,recipient,naming,role"]
    for number, rows in enumerate(awards):
        links += [f"{number},1,{place},{','.join(row)}" for place, row in enumerate(rows)]
    texts = {
        "awards": ["id,amount", *(f"{number},1.00" for number in range(len(awards)))],
        "recipients": ["id,name", "a,A", "b,B", "c,C"],
        "award_recipients": links,
    }
    for name, lines in texts.items():
        (littleham / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    read = book(littleham)
    relations, known = read.relations, [one.id for one in read.recipients]
    by_award = relations.by_award(relations.recipients)
    for one, said in zip(read.linked, awards, strict=True):
        named = [name for name, _, role in said if role != "route" and name in known]
        assert [each.id for each in one.recipients] == list(dict.fromkeys(named))
        assert [known[row] for row in by_award.numbers(one.row)] == list(dict.fromkeys(named))
        printed = [(name, naming) for name, naming, role in said if role != "route"]
        names = {name for name, naming in printed if naming == "named"}
        others = {naming for _, naming in printed if naming != "named"}
        sole = "sole" if len(names) == 1 else "shared"
        nobody = "unnamed" if "unnamed" in others else "none"
        wanted = nobody if not names else "partial" if others else sole
        assert one.attribution.value == wanted
    holders = read.linked.by_pair(relations.recipients)
    for row, id in enumerate(known):
        naming = [one.row for one in read.linked if id in {each.id for each in one.recipients}]
        assert holders.of(row).to_pylist() == naming
