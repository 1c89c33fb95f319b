"""What can go wrong outside the data itself: one small tree, each with a next step.

Faults in the data are not errors but findings (`findings.py`); they never raise.
"""


class PurseError(Exception):
    """A problem to show to the user in plain words, with what to do next."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}\n  What to do: {self.advice}"


class UsageProblem(PurseError):
    """The command was asked for something that isn't there or doesn't fit together."""


class UnreadablePackage(PurseError):
    """A data package can't be opened as one, and which of its files is to blame.

    `said` is what is wrong with the file, without its name. `code` is the check that says so.
    """

    column: str | None = None
    """The column that is to blame, if one is."""

    def __init__(
        self, file: str, said: str, advice: str, line: int | None = None, code: str = "structure"
    ) -> None:
        place = f"{file}, line {line}" if line is not None else file
        super().__init__(f"{place}: {said}.", advice)
        self.file = file
        self.said = said
        self.line = line
        self.code = code


class UnsafeTarget(PurseError):
    """A folder to be written holds files that Public Purse did not make."""


class Busy(PurseError):
    """Another command is at work on the same folder."""


class MachineProblem(PurseError):
    """The machine refuses something: no room, no permission, too many files at once."""


class BuilderFailed(PurseError):
    """The site builder (MkDocs) stopped."""


class Unaccounted(PurseError):
    """An import's account does not add up, so that nothing is written: a fault of ours."""
