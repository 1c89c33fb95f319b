"""What HTML itself says about its elements: which hold text, which end which, which hold URLs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


VOID = words("area base br col embed hr img input link meta param source track wbr")
INLINE = words(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span"
    " strong sub sup time tspan u var wbr"
)
URL_ATTRIBUTES = words("href src action formaction poster xlink:href")
REQUESTED = words(  # the rel of a <link> that a browser fetches, or opens a connection for
    "stylesheet icon apple-touch-icon apple-touch-icon-precomposed mask-icon preload prefetch"
    " modulepreload preconnect dns-prefetch prerender manifest"
)

_ENDS_PARAGRAPH = words(
    "address article aside blockquote details dialog div dl fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup main menu nav ol p pre section table ul"
)
_PARAGRAPH = words("p")
_ENDS = {
    "body": words("head"),
    "li": words("li p"),
    "dt": words("dt dd p"),
    "dd": words("dt dd p"),
    "td": words("td th p"),
    "th": words("td th p"),
    "tr": words("tr td th p"),
    "tbody": words("thead tbody tr td th p"),
    "tfoot": words("thead tbody tr td th p"),
}


def ended_by(tag: str) -> frozenset[str]:
    """The open elements that the start of this one ends, where the markup doesn't."""
    return _PARAGRAPH if tag in _ENDS_PARAGRAPH else _ENDS.get(tag, frozenset())


@dataclass(frozen=True)
class Link:
    """One URL that a page uses: the element, its attribute and, for a link, its rel."""

    tag: str
    attribute: str
    url: str
    rel: frozenset[str] = frozenset()


def urls_of(tag: str, attributes: Mapping[str, str]) -> list[Link]:
    """The URLs that one element uses."""
    rel = frozenset(attributes.get("rel", "").lower().split())
    found = [
        Link(tag, name, value.strip(), rel)
        for name, value in attributes.items()
        if name in URL_ATTRIBUTES or (tag, name) == ("object", "data")
    ]
    for name in ("srcset", "imagesrcset"):
        candidates = attributes.get(name, "").strip().rstrip(",").replace(",\n", ", ").split(", ")
        found.extend(Link(tag, name, part.split()[0], rel) for part in candidates if part.strip())
    if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        _, _, target = attributes.get("content", "").partition("=")
        if target:
            found.append(Link(tag, "refresh", target.strip(" '\"")))
    return found
