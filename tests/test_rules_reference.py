"""The page of checks for staff is what the register of rules says, and nothing older."""

import re

import pytest

from generator.checks import rules
from generator.checks.reference import as_markdown
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "publish" / "checks.md"


def test_the_page_of_checks_is_current(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        PAGE.write_text(as_markdown(), encoding="utf-8", newline="\n")
    written = PAGE.read_text(encoding="utf-8")
    assert written == as_markdown(), "docs/publish/checks.md is not current; run: make golden"


def test_the_page_explains_every_rule_once() -> None:
    headings = re.findall(r"^### (\S+)$", as_markdown(), flags=re.MULTILINE)
    assert sorted(headings) == sorted(["structure", *(one.code for one in rules())])
