"""Live preview: build anew whenever data, docs, templates or settings change, and only then.

It watches what people edit, never what it makes, so that it settles. The site it shows is
built like any other, in a folder of its own: `site/` and `build/` stay as they are.
"""

import logging
import time
from pathlib import Path

import click
from mkdocs.livereload import LiveReloadServer

from generator import machine, scratch, site, write
from generator.errors import PurseError, UsageProblem
from generator.findings import as_text
from generator.outputs import Project
from generator.personal import masked

_OURS = Path(__file__).parent
_INTERVAL = 0.1
"""Seconds between two looks at the watched files."""
_SETTLE = 0.03
"""Seconds without a further change after which a build begins."""


def rebuild(project: Project, folder: Path, place: Path) -> bool:
    """Build the preview once; says what is wrong and keeps the last good one if it can't."""
    started = time.monotonic()
    try:
        checked = site.check(folder)
        if checked.report.has_errors:
            click.echo(as_text(checked.report.findings), nl=False)
            click.echo("The preview stays as it was until this is mended.")
            return False
        built = site.build_site(project, checked, place / "site", place / "build", None)
    except PurseError as problem:
        click.echo(f"Error: {masked(str(problem))}")
        return False
    except OSError as fault:  # the server goes on, and so may the next build
        click.echo(f"Error: {masked(str(machine.explained(fault)))}")
        return False
    click.echo(f"Built {built.pages} pages in {time.monotonic() - started:.1f} s.")
    return True


def serve(project: Project, folder: Path, host: str, port: int) -> None:
    """Build, serve and watch until interrupted."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with scratch.folder("preview") as place:
        if not rebuild(project, folder, place):
            (place / "site").mkdir(exist_ok=True)
            (place / "site" / "index.html").write_text(
                "<!doctype html><title>Not built yet</title><p>The data has errors: see the "
                "terminal. This page reloads when they are mended.</p><body></body>",
                encoding="utf-8",
            )
            (place / "site" / write.MARK).touch()

        def again() -> None:
            rebuild(project, folder, place)

        server = LiveReloadServer(
            again, host, port, str(place / "site"), polling_interval=_INTERVAL
        )
        server.build_delay = _SETTLE
        watched = [folder, project.docs, project.config, _OURS / "templates", _OURS / "theme"]
        for path in watched:
            if path.exists():
                server.watch(str(path))
        click.echo(f"Look at http://{host}:{port}/ (stop with Ctrl+C).")
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            click.echo("Stopped.")
        except OSError as fault:
            raise UsageProblem(
                f"Port {port} can't be used: {fault.strerror}.", "choose another with --port."
            ) from fault
        finally:
            server.shutdown()
