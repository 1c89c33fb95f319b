"""Three packages' ledgers, and some of their awards."""

from pathlib import Path

from generator import ledger, package
from generator.ledger import Ledger
from tests.conftest import ANYSHIRE, LITTLEHAM, WEST_MERCIA


def book(folder: Path) -> Ledger:
    return ledger.build(package.read(folder))


WM, LH, AN = book(WEST_MERCIA), book(LITTLEHAM), book(ANYSHIRE)
REEDS, POSTERS = LH.linked
