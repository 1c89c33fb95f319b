"""A real build, killed at some moment, and what is then to be seen.

Started by hand it goes on for as many rounds as it is told: `python -m tests.killing 200`.
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import LITTLEHAM, ROOT, edit

_AFTER = "PURSE_TEST_KILLED_AFTER"
_COUNT = "PURSE_TEST_COUNT"
_DRIVER = f"""
import os, signal, sys

# Each of these is told before it is done, so that a build can be stopped between any two.
steps = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "open")
left, whole, mine, seen = {_AFTER!r}, {_COUNT!r}, os.getpid(), 0
how, _, left = os.environ.get(left, "").partition(" ")

def step(event, given):
    global seen
    if event not in steps or os.getpid() != mine:
        return
    if event == "open" and not (given[2] or 0) & (os.O_WRONLY | os.O_RDWR):
        return
    seen += 1
    if how and seen == int(left):
        os.killpg(0, signal.SIGKILL) if how == "group" else os.kill(mine, signal.SIGKILL)

from generator.cli import main
sys.addaudithook(step)
try:
    main()
finally:
    if whole := os.environ.get(whole):
        seen, _ = (-10**9, open(whole, "w").write(str(seen)))
"""
_KNOWN = {"site", "site-build", ".site.new", ".site.old", ".site.lock", ".site-build.lock"}
"""What may lie beside a site after a build was killed."""
_SOON = 5
"""Seconds within which the workers of a killed build must have stopped."""


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def _running(group: int) -> list[int]:
    """The processes of a group that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, of = path.read_text().rpartition(")")[2].split()[:3]
            if int(of) == group and state not in "ZX":
                found.append(int(path.parent.name))
    return found


@dataclass(frozen=True)
class Version:
    """A package, and the site that an undisturbed build makes of it."""

    package: Path
    site: Mapping[str, bytes]


class Bench:
    """A folder in which builds are killed."""

    def __init__(self, folder: Path, seed: int, *options: str) -> None:
        self.chance = random.Random(seed)
        self.folder, self.options = folder, options
        self.site, self.temporary = folder / "out" / "site", folder / "tmp"
        self.temporary.mkdir(parents=True)
        counted = folder / "count"
        started = time.monotonic()
        self.versions = [self._version("one", None), self._version("two", counted)]
        self.seconds = (time.monotonic() - started) / 2
        self.steps = int(counted.read_text())

    def _version(self, name: str, counted: Path | None) -> Version:
        package = self.folder / name / "littleham"
        shutil.copytree(LITTLEHAM, package)
        if name == "two":
            edit(package, "awards.csv", "Bread ban posters", "Bread ban leaflets")
            edit(package, "awards.csv", "1200.50", "1300.50")
        site = self.folder / name / "site"
        more = {_COUNT: str(counted)} if counted else {}
        done = self._start(package, site, **more)
        said = done.communicate()[0]
        assert done.returncode == 0, said
        return Version(package, contents(site))

    def _start(self, package: Path, site: Path, **more: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", _DRIVER, "build", "--data", str(package)]
        command += ["--out", str(site), *self.options]
        surroundings = {**os.environ, "TMPDIR": str(self.temporary)}
        return subprocess.Popen(
            command,
            env={**surroundings, **more},
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _killed(self, version: Version) -> tuple[str, int]:
        """Start a build and kill it; how that was, and the group of its processes."""
        group = self.chance.random() < 0.5
        way = self.chance.choice(("moment", "step", "step", "last"))
        if way == "moment":
            after = self.chance.uniform(0, self.seconds * 1.1)
            build = self._start(version.package, self.site)
            time.sleep(after)
            with contextlib.suppress(ProcessLookupError):
                (os.killpg if group else os.kill)(build.pid, signal.SIGKILL)
            told = f"after {after:.2f} s"
        else:
            first = max(1, self.steps - 12) if way == "last" else 1
            step = self.chance.randint(first, self.steps + (2 if way == "last" else 0))
            told = f"before step {step} of {self.steps}"
            more = {_AFTER: f"{'group' if group else 'alone'} {step}"}
            build = self._start(version.package, self.site, **more)
        build.wait()
        if build.stdout:
            build.stdout.close()
        return f"{'group' if group else 'alone'}, {told}", build.pid

    def _whole(self, allowed: Sequence[Version | None]) -> int:
        """Which of these the site is; else an error."""
        found = contents(self.site) if self.site.exists() else None
        for place, one in enumerate(allowed):
            if (one.site if one else None) == found:
                return place
        raise AssertionError(self._differences(found, allowed))

    def _differences(
        self, found: Mapping[str, bytes] | None, allowed: Sequence[Version | None]
    ) -> str:
        if found is None:
            return f"there is no site, beside {sorted(one.name for one in self._beside())}"
        wanted = next(one for one in reversed(allowed) if one).site
        names = sorted(n for n in {*wanted, *found} if wanted.get(n) != found.get(n))
        return f"{len(names)} files differ from the site that was to be: {names[:5]}"

    def _beside(self) -> Iterator[Path]:
        return self.site.parent.iterdir()

    def round(self, number: int) -> str:
        """Kill a build and look; then build undisturbed and look. What was done, in words."""
        if number % 5 == 0:
            shutil.rmtree(self.site.parent, ignore_errors=True)
            self.site.parent.mkdir()
        stands = next((o for o in self.versions if self._is(o)), None)
        other = self.versions[self.versions[0] is stands]
        how, group = self._killed(other)
        try:
            self._whole([stands, other])
            litter = {one.name for one in self._beside()} - _KNOWN
            assert not litter, f"litter: {litter}"
            wait = self.chance.random() < 0.5
            if wait:
                self._ended(group)
            third = self.versions[self.chance.random() < 0.5]
            again = self._start(third.package, self.site)
            said = again.communicate()[0]
            assert again.returncode == 0, f"the next build failed: {said}"
            self._whole([third])
            left = _running(group)
            assert not left, f"workers of the killed build still run: {left}"
            self._whole([third])
            beside = sorted(one.name for one in self._beside())
            assert beside == ["site", "site-build"], beside
            # Python itself tries each folder for temporary files with a file that says this.
            still = [
                one
                for one in self.temporary.iterdir()
                if not one.is_file() or one.read_bytes() not in (b"", b"blat")
            ]
            assert not still, f"temporary litter: {still}"
        except AssertionError as fault:
            raise AssertionError(f"round {number} ({how}): {fault}") from None
        return how

    def _is(self, version: Version) -> bool:
        return self.site.exists() and contents(self.site) == version.site

    def _ended(self, group: int) -> None:
        until = time.monotonic() + _SOON
        while left := _running(group):
            assert time.monotonic() < until, f"still running after {_SOON} s: {left}"
            time.sleep(0.01)


def rounds(bench: Bench, many: int, tell: Callable[[str], None] = lambda _: None) -> list[str]:
    """Kill so many builds; what went wrong."""
    wrong = []
    for number in range(many):
        try:
            tell(f"{number}: {bench.round(number)}")
        except AssertionError as fault:
            wrong.append(str(fault))
            tell(f"WRONG {fault}")
            shutil.rmtree(bench.site.parent, ignore_errors=True)
            shutil.rmtree(bench.temporary, ignore_errors=True)
            bench.site.parent.mkdir(parents=True, exist_ok=True)
            bench.temporary.mkdir()
    return wrong


def main(many: int, seed: int) -> int:
    """Run by hand."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="killing-") as folder:
        bench = Bench(Path(folder), seed)
        print(f"{bench.steps} steps, {bench.seconds:.1f} s", flush=True)
        wrong = rounds(bench, many, lambda said: print(said, flush=True))
    print(f"{len(wrong)} of {many} rounds went wrong.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int((*sys.argv, "1")[2])))
