"""The `purse` command: its subcommands, and how whatever goes wrong is told."""

import gc
import os
import sys

import click

from generator import __version__
from generator.commands.base import WRONG
from generator.commands.build import build
from generator.commands.changes import changes
from generator.commands.check import check
from generator.commands.comment import comment
from generator.commands.format import format_
from generator.commands.import_ import import_
from generator.commands.inbox import inbox
from generator.commands.mapping import mapping
from generator.commands.new import new
from generator.commands.release import release
from generator.commands.revise import revise
from generator.commands.rules import rules
from generator.commands.schemas import schemas
from generator.commands.serve import serve
from generator.commands.verify import verify
from generator.commands.workbook import workbook
from generator.errors import PurseError

_NEW_THINGS = 1_000_000
"""Python's own 700 cost a build an eighth of its time; it lets go of nearly all without that."""
_COMMANDS = (
    new,
    import_,
    mapping,
    check,
    format_,
    revise,
    workbook,
    inbox,
    build,
    serve,
    changes,
    comment,
    release,
    verify,
    schemas,
    rules,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="Public Purse")
def cli() -> None:
    """Check data packages of public funding and turn them into a traceable website.

    Exit codes: 0 all is well; 1 something was found to mend; 2 the command was not
    understood, or something it needs is missing.
    """


for _command in _COMMANDS:
    cli.add_command(_command)


def collect_rarely() -> None:
    """Have Python look for what nothing leads to only after many new things."""
    gc.set_threshold(_NEW_THINGS, 20, 20)


def _words(fault: Exception) -> str:
    """What is told of a fault. What it takes to say so is loaded only then."""
    from generator import machine
    from generator.findings import told
    from generator.personal import masked
    from generator.safety import one_line

    match fault:
        case PurseError():
            return told(fault)
        case OSError():
            return told(machine.explained(fault))
        case MemoryError():
            return told(machine.out_of_memory())
        case _:
            said = f"{type(fault).__name__}: {one_line(masked(str(fault)))}"
            return (
                f"Error: Public Purse itself has a fault ({said}).\n"
                "  What to do: nothing was changed. Please report it with what "
                "PURSE_DEBUG=1 shows when you run the same command again."
            )


def main() -> None:
    """Run the command; whatever goes wrong is told in plain words, never as a traceback."""
    collect_rarely()
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        code = WRONG
    except click.Abort:
        click.echo("Stopped.", err=True)
        code = WRONG
    except Exception as fault:
        known = isinstance(fault, PurseError | OSError | MemoryError)
        if os.environ.get("PURSE_DEBUG") and not known:
            raise
        click.echo(_words(fault), err=True)
        code = WRONG
    gc.freeze()  # or the end would look through all that is left, for nothing
    sys.exit(code)
