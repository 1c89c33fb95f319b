"""Live preview: build anew whenever data, docs, templates or settings change, and only then.

It watches what people edit, never what it makes, so that it settles. The site it shows is
built like any other, in a folder of its own: `site/` and `build/` stay as they are.
"""

import base64
import hashlib
import logging
import re
import time
from pathlib import Path

import click
from mkdocs.livereload import LiveReloadServer

from generator import machine, scratch, site, write_site
from generator.errors import PurseError, UsageProblem
from generator.findings import as_text, told
from generator.project import Project

_OURS = Path(__file__).parent
_INTERVAL = 0.1
"""Seconds between two looks at the watched files."""
_SETTLE = 0.03
"""Seconds without a further change after which a build begins."""


_SCRIPT = re.compile(rb"<script>([^<]*)</script>")
_ALLOWED = b"script-src 'self'"


class _Server(LiveReloadServer):
    """Adds a script to each page that loads it anew, and its hash to what the page may run.

    So the preview's policy for content is as strict as the site's.
    """

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        made: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        *_, script = _SCRIPT.finditer(made)
        known = base64.b64encode(hashlib.sha256(script[1]).digest())
        return made.replace(_ALLOWED, b"%b 'sha256-%b'" % (_ALLOWED, known), 1)


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
        click.echo(told(problem))
        return False
    except OSError as fault:  # the server goes on, and so may the next build
        click.echo(told(machine.explained(fault)))
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
            (place / "site" / write_site.MARK).touch()

        def again() -> None:
            rebuild(project, folder, place)

        server = _Server(again, host, port, str(place / "site"), polling_interval=_INTERVAL)
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
