"""What awards say of each recipient's money, worked out anew from the rows."""

from decimal import Decimal

from generator.summaries.recipients import held
from tests.anyshire import data, standing
from tests.summaries.books import AN


def test_what_each_recipient_holds_is_what_the_rows_say() -> None:
    found = held(AN)
    printed = [one for one in data("award_recipients") if one["role"] != "route"]
    beside = {
        one["id"]: {who["recipient"] for who in printed if who["award"] == one["id"]}
        for one in standing()
    }
    unnamed = {one["award"] for one in printed if one["naming"] != "named"}
    for row, recipient in enumerate(data("recipients")):
        id = recipient["id"]
        named = [one for one in standing() if id in beside[one["id"]]]
        alone = [one for one in named if beside[one["id"]] == {id} and one["id"] not in unnamed]
        for awards, amounts, counts in (
            (alone, found.at_least, found.alone),
            (named, found.named_in, found.named),
        ):
            assert counts[row].as_py() == len(awards)
            assert amounts[row].as_py() == sum(
                (Decimal(one["amount"]) for one in awards), Decimal(0)
            )
    assert found.alone != found.named, "some are not alone"
