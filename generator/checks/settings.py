"""What rules take from the package: thresholds, years and exemptions, dated and cited."""

from datetime import date
from decimal import Decimal

from generator import model
from generator.ledger import Ledger
from generator.money import parse_decimal


def _in_force(setting: model.RuleSetting, day: date | None) -> bool:
    if day is None:
        return True
    starts = not isinstance(setting.valid_from, date) or setting.valid_from <= day
    return starts and (not isinstance(setting.valid_to, date) or day <= setting.valid_to)


def settings(
    ledger: Ledger, rule: str, subject: str | None = None, day: date | None = None
) -> tuple[model.RuleSetting, ...]:
    """The settings of a rule, of one subject if named, in force on a day if given."""
    return tuple(
        one
        for one in ledger.rule_settings
        if one.rule == rule and (subject is None or one.subject == subject) and _in_force(one, day)
    )


def threshold(ledger: Ledger, rule: str, day: date | None) -> Decimal | None:
    """The one amount that a rule starts at on a day; None when the package states none."""
    for one in settings(ledger, rule, day=day):
        if isinstance(one.value, str):
            return parse_decimal(one.value)
    return None


def subjects(ledger: Ledger, rule: str) -> frozenset[str]:
    """What a rule's settings are about."""
    return frozenset(one.subject for one in settings(ledger, rule) if isinstance(one.subject, str))
