"""The picture that a shared link shows.

Text is drawn in Liberation Sans, which the library carries, so that every machine makes the
same bytes.
"""

from markupsafe import escape

from generator.charts.svg import wrapped
from generator.pages.site import Site

WIDTH, HEIGHT = 1200, 630
_EDGE = 90
_LINE = 26
"""Characters of the publisher's name in a line."""
_GREEN, _PALE = "#0d3b33", "#cfe5dc"


def _text(words: str, y: int, size: int, colour: str, weight: int = 400) -> str:
    return (
        f'<text x="{_EDGE}" y="{y}" font-family="Liberation Sans" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}">{escape(words)}</text>'
    )


def social_svg(site: Site) -> str:
    """What a shared link shows: whose money, which years, and whether it is official."""
    settings = site.settings
    lines = wrapped(settings.publisher_name, _LINE)
    parts = [
        _text(line, 190 + 84 * number, 72, "#ffffff", 700) for number, line in enumerate(lines)
    ]
    below = 190 + 84 * len(lines)
    parts.append(_text(f"Funds and awards, {site.period}", below + 10, 44, _PALE))
    if not settings.official:
        parts.append(_text("Unofficial: compiled from what was published", HEIGHT - 70, 32, _PALE))
    bars = "".join(
        f'<rect x="{_EDGE}" y="{y}" width="{width}" height="12" fill="{_PALE}"/>'
        for y, width in ((70, 240), (92, 160), (114, 90))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_GREEN}"/>{bars}{"".join(parts)}</svg>'
    )


def social_png(site: Site) -> bytes:
    """The same as a PNG of 1200 by 630, the size that most services ask for."""
    import vl_convert

    return vl_convert.svg_to_png(social_svg(site), scale=1)
