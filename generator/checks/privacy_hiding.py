"""Personal data of a package, taken out of whatever is said of it."""

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from generator import personal
from generator.checks.privacy_scan import Found, scan
from generator.checks.registry import Unanswered
from generator.findings import Finding
from generator.ledger import Ledger
from generator.slugs import slug


class Hider:
    """Replaces what was found in a package, wherever a text repeats it, by its mask."""

    def __init__(self, found: Sequence[Found]) -> None:
        texts = {text for one in found for text in one.texts if len(text) > 3}
        texts |= {
            id
            for one in found
            if one.category == "name"
            for id in map(slug, one.texts)
            if "-" in id
        }
        longest = sorted(texts, key=lambda text: (-len(text), text))
        pattern = "|".join(map(re.escape, longest))
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if pattern else None
        self._known: dict[str, str] = {}

    def text(self, text: str) -> str:
        """The text with no personal data in it."""
        if text not in self._known:
            self._known[text] = self._masked(text)
        return self._known[text]

    def _masked(self, text: str) -> str:
        if self._pattern:
            text = self._pattern.sub(lambda match: personal.mask(match[0]), text)
        return personal.masked(text)

    def finding(self, one: Finding) -> Finding:
        """The finding with no personal data in it."""
        value = None if one.value is None else personal.masked_name(self.text(one.value))
        return replace(one, message=self.text(one.message), mend=self.text(one.mend), value=value)

    def unanswered(self, one: Unanswered) -> Unanswered:
        """The open question with no personal data in it."""
        subject = personal.masked_name(self.text(one.subject))
        return replace(one, subject=subject, reason=self.text(one.reason))


def hidden(ledger: Ledger) -> Hider:
    """What takes a package's personal data out of all that the checks say."""
    return Hider(scan(ledger))


def hiding(*ledgers: Ledger) -> Callable[[str], str]:
    """What takes the personal data of several packages out of any text."""
    return Hider([one for ledger in ledgers for one in scan(ledger)]).text
