"""How much of a site a build makes."""

from msgspec import Struct


class Scope(Struct, frozen=True):
    """What a quick build for a look may leave out; a site for the public has it all."""

    search: bool = True
    formats: bool = True
    """All formats of the tables; without, CSV and its descriptions."""


WHOLE = Scope()
