"""The `purse` command: its subcommands, and how whatever goes wrong is told."""

import os
import sys

import click

from generator import __version__
from generator.commands.base import WRONG
from generator.commands.build import build
from generator.commands.changes import changes
from generator.commands.check import check
from generator.commands.release import release
from generator.commands.rules import rules
from generator.commands.schemas import schemas
from generator.commands.serve import serve
from generator.commands.verify import verify
from generator.errors import PurseError

_COMMANDS = (
    check,
    build,
    serve,
    changes,
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


def main() -> None:
    """Run the command; whatever goes wrong is told in plain words, never as a traceback."""
    try:
        code = cli.main(standalone_mode=False)
    except PurseError as problem:
        click.echo(f"Error: {problem}", err=True)
        code = WRONG
    except click.ClickException as problem:
        problem.show()
        code = WRONG
    except click.Abort:
        click.echo("Stopped.", err=True)
        code = WRONG
    except OSError as problem:
        click.echo(f"Error: {problem}", err=True)
        code = WRONG
    except Exception as fault:
        if os.environ.get("PURSE_DEBUG"):
            raise
        click.echo(
            f"Error: Public Purse itself has a fault ({type(fault).__name__}: {fault}).\n"
            "  What to do: nothing was changed. Please report it with what "
            "PURSE_DEBUG=1 shows when you run the same command again.",
            err=True,
        )
        code = WRONG
    sys.exit(code)
