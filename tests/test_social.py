"""The site's pictures that aren't drawn from data."""

import vl_convert

from tests.conftest import ROOT

THEME = ROOT / "generator" / "theme"


def test_the_icon_as_png_is_the_icon() -> None:
    """From its 24 units to the 192 pixels that telephones ask for."""
    drawn = vl_convert.svg_to_png((THEME / "icon.svg").read_text(encoding="utf-8"), scale=8)
    assert (THEME / "icon.png").read_bytes() == drawn
