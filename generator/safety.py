"""A text of the data, written for the place where it is to stand: one function for each place.

No text is clean or dirty by itself; a place decides which marks would be obeyed there. So texts
are kept as they were published, and escaped where they are written. `docs/develop/escaping.md`
lists the places, those with a function elsewhere included.
"""

import json
import re
from typing import Any

from markupsafe import Markup, escape

# --- Pages: HTML inside Markdown -----------------------------------------------------------------

_LAYOUT = re.compile("[\t\n\r\x02\x03]")
_MARKS = re.compile("[&<>\"'\t\n\r\x02\x03]")
_IN_HEADING = frozenset("\\`*_{}[]!|~^+=:()-#.\n\t\r")
"""What Markdown, or an extension of it, may take for its own."""


def kept(value: object) -> object:
    """A text of the data without what Markdown would take for layout.

    Its line breaks and tabs become character references, which it leaves alone; two characters
    that it uses for itself become the sign for what can't be shown. Templates finish every
    expression with this.
    """
    if type(value) is not str or not _LAYOUT.search(value):  # Markup is ours
        return value
    shown = _LAYOUT.sub(
        lambda mark: f"&#{ord(mark[0])};" if mark[0] > "\x03" else "\ufffd", escape(value)
    )
    return Markup(shown)  # noqa: S704 - escaped above


def html(text: str) -> str:
    """A text in an element or in a quoted attribute, on one line."""
    return escape(kept(text)) if _MARKS.search(text) else text


def heading(words: object) -> Markup:
    """A text in the line of a Markdown heading: no letter of it is taken for Markdown."""
    return Markup("").join(
        Markup(f"&#{ord(mark)};") if mark in _IN_HEADING else mark  # noqa: S704 - a number
        for mark in str(words)
    )


_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def front_matter(text: str) -> str:
    """A value of front matter: a JSON string, with what YAML would not take in one escaped."""
    said = json.dumps(text, ensure_ascii=False)
    return _NOT_YAML.sub(lambda mark: f"\\u{ord(mark[0]):04x}", said)


_OBEYED_IN_THEME = re.compile("[{}]|purse(?=-?slot)", re.IGNORECASE)


def theme_words(value: object) -> object:
    """Words of the publisher's in a file of the theme, which the site builder runs as a template.

    So no brace of theirs may stand there: `{{ }}` would be run, whatever surrounds it. Nor may
    the marks at which `stamping.py` cuts a page.
    """
    if type(value) is not str:  # Markup is ours
        return value
    shown = _OBEYED_IN_THEME.sub(lambda found: f"&#{ord(found[0][0])};{found[0][1:]}", html(value))
    return Markup(shown)  # noqa: S704 - escaped above


def json_in_html(document: dict[str, Any]) -> Markup:
    """JSON in a `<script>` element: no text of the data can end the element early."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)  # noqa: S704 - no markup is left in it


# --- Other files ---------------------------------------------------------------------------------

_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """A text for an XML writer, which escapes marks but lets through what no XML may hold."""
    return _NOT_XML.sub("\ufffd", text)


_IN_MARKDOWN = re.compile(r"[\\`*_\[\]<>&#|~!]")


def markdown_line(text: str) -> str:
    """A text within a line of a Markdown file of ours: no link, picture, tag or heading."""
    return _IN_MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))


# --- GitHub --------------------------------------------------------------------------------------

_LINKED = re.compile(
    r"(?<=:)(?=//)"  # an address: https://...
    r"|(?<=www)(?=\.)"
    r"|(?<=#)(?=\w)"  # an issue: #12
    r"|(?<=gh-)(?=\d)|(?<=ghsa-)(?=\w)|(?<=cve-)(?=\d)"
    r"|(?<=:)(?=[\w+-]+:)",  # an emoji's name: :tada:
    re.IGNORECASE,
)
"""Where GitHub's Markdown would begin a link or a picture of its own accord."""
_COMMIT = re.compile("[0-9a-f]{6}(?=[0-9a-f])", re.IGNORECASE)
"""A commit's name has seven such marks or more; GitHub links it."""
_SPELT = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "$": "<span>$</span>",  # between two, GitHub would read a formula
    "@": "@&#8203;",  # not <wbr>: a reply by e-mail quotes the text without its tags
    **{mark: "\\" + mark for mark in "\\|`*_~[]"},
}


def markdown_cell(text: str) -> str:
    """A text as a cell of a Markdown table on GitHub: on one line, every mark meant as itself.

    No link, picture, tag, mention, issue or commit comes of it. Where GitHub would make one,
    stands a <wbr>: it shows nothing, and is not copied with the text.
    """
    plain = one_line(" ".join(text.split()))
    apart = _COMMIT.sub("\\g<0>\0", _LINKED.sub("\0", plain))
    spelt = "".join(_SPELT.get(mark, mark) for mark in apart)
    return spelt.replace("\0", "<wbr>")


def command_data(text: str) -> str:
    """A text in a workflow command, which annotates a pull request."""
    seen = one_line(text, keep="\r\n")
    return seen.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str) -> str:
    """The value of a property of such a command."""
    return command_data(text).replace(":", "%3A").replace(",", "%2C")


# --- A terminal ----------------------------------------------------------------------------------


def one_line(text: str, keep: str = "") -> str:
    """A text with what a terminal would obey spelt out: line breaks, escapes, turned text."""
    return "".join(
        mark if mark.isprintable() or mark in keep else repr(mark)[1:-1] for mark in text
    )


_UNSEEN = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What JSON lets through, and a terminal would obey or not show."""


def terminal_json(document: object) -> str:
    """JSON that may be printed: what a terminal would obey stands as escapes."""
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)
