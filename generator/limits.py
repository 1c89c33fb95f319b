"""Limits that hold for any publisher, read from `limits.toml`, where each is dated and cited."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from msgspec import Struct


class Limit(Struct, frozen=True):
    """A number that a check uses, the day it was set, and where it comes from."""

    value: int
    set_on: date
    source: str


@cache
def limits() -> dict[str, Limit]:
    """Every limit by its name."""
    text = (files("generator") / "limits.toml").read_text(encoding="utf-8")
    return {name: Limit(**entry) for name, entry in tomllib.loads(text).items()}


def limit(name: str) -> int:
    """The value of one limit."""
    return limits()[name].value
