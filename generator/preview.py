"""Live preview: read and check anew whenever data, docs, templates or settings change.

It watches what people edit, never what it makes, so that it settles. A page is made when somebody
looks at it, in a folder of its own: `site/` and `build/` stay as they are.
"""

import base64
import gc
import hashlib
import logging
import posixpath
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
from mkdocs.livereload import LiveReloadServer
from msgspec import Struct, field

from generator import machine, scratch, site, urls, write
from generator.checked import Several
from generator.errors import PurseError, UsageProblem
from generator.findings import as_text, told
from generator.on_demand import Files
from generator.project import Project
from generator.together import same_as

Environ = Mapping[str, Any]
Start = Callable[..., object]
"""What a server is told of a request, and how it begins to answer: see WSGI, PEP 3333."""

_OURS = Path(__file__).parent
_INTERVAL = 0.1
"""Seconds between two looks at the watched files."""
_SETTLE = 0.15
"""Seconds without a further change after which a refresh begins. Longer than between two looks: a
large file is seen while it is written, and would be read twice."""
_LONG = 3
"""Seconds after which somebody may wonder what a page waits for."""

_SCRIPT = re.compile(rb"<script>([^<]*)</script>")
_ALLOWED = b"script-src 'self'"


class _Site(Struct):
    """The site of what people had written at one time."""

    number: int
    files: Files | None = None
    """Makes a file; None where there is no site yet."""
    made: set[str] = field(default_factory=set)
    """The files that lie in the folder as they are on this site."""
    alone: threading.Lock = field(default_factory=threading.Lock)
    """Held by who has a file made: that is no work for two at once."""


class Shown:
    """What the server shows: a folder, in which a file is made before it is first looked at."""

    def __init__(self, project: Project, folders: Sequence[Path], place: Path) -> None:
        self.folder = place / "site"
        self._project, self._folders, self._place = project, folders, place
        self._site = _Site(0)
        self._there = set[str]()
        self._lock = threading.Lock()
        """Held while another site is shown, and while a file is put: so it is of the latest."""

    @property
    def number(self) -> int:
        """Which of the sites is shown, one after another."""
        return self._site.number

    def refresh(self) -> bool:
        """Show what people have edited; says what is wrong and keeps the last good one else."""
        started = time.monotonic()
        try:
            checked = site.check_site(self._project, self._folders)
            if checked.has_errors:
                click.echo(as_text(checked.findings), nl=False)
                click.echo("The preview stays as it was until this is mended.")
                return False
            self._show(checked)
        except PurseError as problem:
            click.echo(told(problem))
            return False
        except OSError as fault:  # the server goes on, and so may the next refresh
            click.echo(told(machine.explained(fault)))
            return False
        took = time.monotonic() - started
        click.echo(f"Read and checked in {took:.1f} s; pages are made when you look at them.")
        return True

    def _show(self, checked: Several) -> None:
        builds = self._place / "builds"
        files, used = site.on_demand(self._project, checked, builds)
        with self._lock:
            self._site = _Site(self.number + 1, files)
        for other in {*builds.iterdir()} - used:
            write.remove(other)
        gc.collect()  # what was made of the site before is large, and goes round in circles

    def make(self, name: str) -> None:
        """Make a file, or the page of the folder of this name, if the site has it."""
        shown = self._site
        with shown.alone:
            if not self._make(shown, name):
                self._make(shown, urls.page_file(f"{name}/"))

    def _make(self, shown: _Site, name: str) -> bool:
        """Whether the file is there now."""
        if shown.files is None or name in shown.made:
            return True
        started = time.monotonic()
        content = shown.files.content(name)
        took = time.monotonic() - started
        if content is not None and took > _LONG:
            click.echo(f"Made {name} in {took:.1f} s: it says something of all the data.")
        with self._lock:
            if shown is not self._site:
                return True  # whoever asks will ask again
            if content is not None:
                write.update(self.folder, [(name, content)])
                shown.made.add(name)
                self._there.add(name)
            elif name in self._there:  # a site before had it
                (self.folder / name).unlink()
                self._there.remove(name)
            return content is not None


def _keep(begun: list[tuple[Any, ...]], *given: object) -> None:
    begun.append(given)


def _failed(fault: PurseError | OSError, start: Start) -> Iterable[bytes]:
    click.echo(told(machine.explained(fault) if isinstance(fault, OSError) else fault))
    start("500 Internal Server Error", [("Content-Type", "text/plain")])
    return [b"This can't be shown: see the terminal."]


class _Server(LiveReloadServer):
    """Has each file made before it is served.

    It adds a script to each page that loads it anew, and its hash to what the page may run. So
    the preview's policy for content is as strict as the site's.
    """

    def __init__(self, shown: Shown, host: str, port: int) -> None:
        def builder() -> None:
            shown.refresh()

        super().__init__(builder, host, port, str(shown.folder), polling_interval=_INTERVAL)
        self.build_delay = _SETTLE
        self.shown = shown

    def _serve_request(self, environ: Environ, start: Start) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        answered: Iterable[bytes] | None
        if path.startswith("/livereload/"):
            answered = super()._serve_request(environ, start)
            return answered
        file = urls.page_file(path) if path.endswith("/") else path
        name = posixpath.normpath(f"/{file}").lstrip("/")
        if "\0" in name:
            return None
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
        while True:
            number, begun = self.shown.number, list[tuple[Any, ...]]()
            try:
                self.shown.make(name)
                answered = super()._serve_request(environ, partial(_keep, begun))
            except (PurseError, OSError) as fault:
                answered = _failed(fault, partial(_keep, begun))
            if number == self.shown.number:  # else part of it may be of another site
                break
        for given in begun:
            start(*given)
        return answered

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        made: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        *_, script = _SCRIPT.finditer(made)
        known = base64.b64encode(hashlib.sha256(script[1]).digest())
        return made.replace(_ALLOWED, b"%b 'sha256-%b'" % (_ALLOWED, known), 1)


def serve(project: Project, folders: Sequence[Path], host: str, port: int) -> None:
    """Show, serve and watch until interrupted."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with scratch.folder("preview") as place:
        shown = Shown(project, folders, place)
        if not shown.refresh():
            shown.folder.mkdir(exist_ok=True)
            (shown.folder / "index.html").write_text(
                "<!doctype html><title>Not built yet</title><p>The data has errors: see the "
                "terminal. This page reloads when they are mended.</p><body></body>",
                encoding="utf-8",
            )
        server = _Server(shown, host, port)
        watched = [*folders, project.docs, project.config, _OURS / "templates", _OURS / "theme"]
        if len(folders) > 1:
            watched.append(project.data / same_as.FILE)
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
