"""All rules: to load this module is to load and register each of them."""

from generator.checks import (  # noqa: F401 - importing a module registers its rules
    amounts,
    contracts,
    dates,
    duties,
    funds,
    identity,
    likeness,
    monitoring,
    privacy,
    publication,
    recipients,
    sizes,
    totals,
    unseen,
    values,
)
from generator.checks.registry import Rule, registered


def rules() -> tuple[Rule, ...]:
    """All rules, by code."""
    return registered()
