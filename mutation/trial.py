"""Tries mutants: each in a fork of a process that has loaded all libraries already.

What a fork loads anew are the program and its tests, and that takes a part of a second. No file
of the program is ever changed: the mutant's source is handed to Python's import system.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

import coverage
import pytest

from mutation.mutants import Mutant

_OURS = ("generator", "tests")
_FAILED_TO_IMPORT, _FAILED_TO_RUN = 97, 98
_LEAST, _TIMES = 10.0, 5.0
"""How long a mutant may work: so many seconds, and so many times what the tests take."""
_PATIENCE = 900
"""Seconds after which nobody waits any longer."""
_QUIET = ("-p", "no:xdist", "-p", "no:warnings")


class Verdict(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    TIMEOUT = "timeout"
    UNCOVERED = "not covered"
    BROKEN = "no program"
    """It can't be imported, so it says nothing about the tests."""


@dataclass(frozen=True)
class Subject:
    """A module, and which tests are to notice what is wrong with it."""

    path: Path
    tests: tuple[str, ...]
    """Files and folders."""
    rules: frozenset[str]
    """The codes of its rules, if it has any: tests of other rules are left out."""

    @property
    def name(self) -> str:
        """The module's name, as Python imports it."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@dataclass(frozen=True)
class Baseline:
    """The tests of a module that nothing is wrong with."""

    seconds: dict[str, float]
    """What each test takes, by its id."""
    lines: frozenset[int]
    """The lines of the module that ran."""


class _Loader(SourceFileLoader):
    """Loads a module from another source than its file's."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - it loads one module
        return compile(self._source, self.path, "exec", dont_inherit=True)


class _Finder:
    """Finds one module before anybody else does."""

    def __init__(self, subject: Subject, source: str) -> None:
        self._name, self._path, self._source = subject.name, str(subject.path.resolve()), source

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != self._name:
            return None
        loader = _Loader(name, self._path, self._source)
        return spec_from_file_location(name, self._path, loader=loader)


class _Chosen:
    """Plugin for pytest: runs the tests of a module alone, of each file the quickest first."""

    def __init__(self, subject: Subject, known: dict[str, float]) -> None:
        self._subject, self._known = subject, known
        self.seconds: dict[str, float] = {}

    def _mine(self, item: pytest.Item) -> bool:
        call = getattr(item, "callspec", None)
        given = [call.params.get(name) for name in ("case", "code", "rule")] if call else []
        codes = {code for one in given if isinstance(code := getattr(one, "code", one), str)}
        if not self._subject.rules:
            return True
        mirrors = item.path.stem == f"test_{self._subject.path.stem}"
        return bool(codes & self._subject.rules) or (not codes and mirrors)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        mine = [item for item in items if self._mine(item)]
        order = {item.path: place for place, item in reversed(list(enumerate(mine)))}
        items[:] = sorted(
            mine, key=lambda item: (order[item.path], self._known.get(item.nodeid, 0))
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.seconds[report.nodeid] = report.duration


def _forked(work: Callable[[], int], limit: float) -> int | None:
    """The exit code of some work in a fork of this process; None when it took too long."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = _FAILED_TO_RUN
        try:
            os.setsid()
            # Work is timed, so that a busy machine condemns nobody; waiting has an end as well.
            signal.setitimer(signal.ITIMER_PROF, limit)
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(nowhere, stream)
            code = work()
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)  # what its tests may have started
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGPROF, signal.SIGALRM):
        return None
    return os.waitstatus_to_exitcode(status)


class Trials:
    """The trials of one module's mutants. `at` is a folder for what the tests write."""

    def __init__(self, subject: Subject, at: Path) -> None:
        self._subject, self._at = subject, at
        self._options = [*_QUIET, "-x", "--basetemp", str(at / "tmp"), *subject.tests]
        _load_libraries(subject.tests)
        self.baseline = self._baseline()
        self._limit = max(_LEAST, _TIMES * sum(self.baseline.seconds.values()))
        if self._tried(subject.path.read_text(encoding="utf-8")) is not Verdict.SURVIVED:
            raise SystemExit(f"the tests of {subject.name} notice a fault where there is none")

    def _baseline(self) -> Baseline:
        said = self._at / "baseline.json"

        def work() -> int:
            seen = coverage.Coverage(
                data_file=None, config_file=False, include=[str(self._subject.path)]
            )
            chosen = _Chosen(self._subject, {})
            seen.start()
            code = pytest.main(self._options, plugins=[chosen])
            seen.stop()
            lines = seen.get_data().lines(str(self._subject.path.resolve()))
            said.write_text(json.dumps([chosen.seconds, lines or []]), encoding="utf-8")
            return int(code)

        if _forked(work, _PATIENCE):
            raise SystemExit(f"the tests of {self._subject.name} fail, though nothing is wrong")
        seconds, lines = json.loads(said.read_text(encoding="utf-8"))
        return Baseline(seconds, frozenset(lines))

    def verdict(self, mutant: Mutant) -> Verdict:
        """What the tests say of a mutant."""
        covered = not self.baseline.lines.isdisjoint(mutant.lines)
        return self._tried(mutant.source) if covered else Verdict.UNCOVERED

    def _tried(self, source: str) -> Verdict:
        def work() -> int:
            sys.meta_path.insert(0, _Finder(self._subject, source))
            try:
                importlib.import_module(self._subject.name)
            except Exception:  # whatever a mutant may do
                return _FAILED_TO_IMPORT
            chosen = _Chosen(self._subject, self.baseline.seconds)
            return int(pytest.main(self._options, plugins=[chosen]))

        code = _forked(work, self._limit)
        if code is None:
            return Verdict.TIMEOUT
        if code == _FAILED_TO_IMPORT:
            return Verdict.BROKEN
        return Verdict.KILLED if code else Verdict.SURVIVED


def _load_libraries(tests: Sequence[str]) -> None:
    """Load all that the tests load, and forget the program and the tests themselves."""
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        pytest.main([*_QUIET, "--collect-only", *tests])
    for name in [name for name in sys.modules if name.partition(".")[0] in _OURS]:
        del sys.modules[name]
    gc.collect()
    gc.freeze()  # so that no fork looks through what is the same in all
