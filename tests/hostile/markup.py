"""HTML as a parser takes it: which elements there are, which attributes, which words."""

from collections import Counter
from html.parser import HTMLParser


class Read(HTMLParser):
    """A piece of HTML, read."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with its attributes."""
        self.tags.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.text += data

    def handle_comment(self, data: str) -> None:
        """Note what is neither, the first letters of it."""
        self.tags.append((f"!{data[:9]}", ()))

    def handle_decl(self, decl: str) -> None:
        """The same of `<!doctype>`."""
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        """The same of `<?xml?>`."""
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        """The same of `<![CDATA[`."""
        self.handle_comment(data)

    @property
    def skeleton(self) -> Counter[tuple[str, ...]]:
        """How many elements there are of each kind, with which attributes.

        Lines of a picture's label are left out: where they break hangs on the letters.
        """
        return Counter(
            (tag, *sorted(name for name, _ in attrs)) for tag, attrs in self.tags if tag != "tspan"
        )

    @property
    def links(self) -> list[str]:
        """Where its links lead, and what it loads."""
        return [
            value or ""
            for _, attrs in self.tags
            for name, value in attrs
            if name in ("href", "src", "action")
        ]
