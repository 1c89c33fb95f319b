"""`make fuzz`: each reader for its share of the time, and what came of it."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import click

from fuzz.seeds import seeds, words
from fuzz.targets import TARGETS

ROOT = Path(__file__).parent.parent
PLACE = ROOT / ".fuzz"
"""Where the inputs that reached something new are kept, so that the next run goes on."""
SLOW, LARGE = 10, 2048
"""Seconds and megabytes beyond which an input counts as a crash."""
_LONGEST = 20_000
_SEEN = re.compile(r"#(\d+)\s+[A-Z]+\s+cov: (\d+) ft: (\d+) corp: (\d+)")
_DONE = re.compile(r"Done (\d+) runs in (\d+) second")


@dataclass(frozen=True)
class Run:
    """How one target fared: executions and seconds, what was covered, whether it crashed."""

    target: str
    runs: int
    seconds: int
    before: int
    after: int
    kept: int
    crashed: bool


def _put(folder: Path, inputs: Sequence[bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for one in inputs:
        (folder / sha256(one).hexdigest()[:16]).write_bytes(one)


def _dictionary() -> Path:
    path = PLACE / "words"
    lines = (
        "".join(f"\\x{byte:02x}" for byte in word.encode())
        for word in dict.fromkeys(words())
        if word
    )
    path.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")
    return path


def fuzz(target: str, seconds: int) -> Run:
    """Fuzz one target for so many seconds, or until its first crash; what it says goes to a log."""
    corpus, crashes = PLACE / target, PLACE / "crashes" / target
    _put(corpus, list(seeds(target)))
    crashes.mkdir(parents=True, exist_ok=True)
    options = (
        *(f"-max_total_time={seconds}", f"-timeout={SLOW}", f"-rss_limit_mb={LARGE}"),
        *(f"-artifact_prefix={crashes}/", f"-dict={_dictionary()}", f"-max_len={_LONGEST}"),
        *("-reload=0", "-seed=1"),
    )
    log = PLACE / f"{target}.log"
    with log.open("wb") as file:
        command = [sys.executable, "-m", "fuzz.one", target, *options, str(corpus)]
        code = subprocess.run(command, cwd=ROOT, stdout=file, stderr=file, check=False).returncode  # noqa: S603 - our own module
    said = log.read_text(encoding="utf-8", errors="replace")
    seen = [[int(number) for number in one.groups()] for one in _SEEN.finditer(said)]
    done = _DONE.search(said)
    runs, lasted = (int(done[1]), int(done[2])) if done else (seen[-1][0] if seen else 0, seconds)
    before, after = (seen[0][1], seen[-1][1]) if seen else (0, 0)
    return Run(target, runs, lasted, before, after, seen[-1][3] if seen else 0, code != 0)


def _told(one: Run) -> str:
    speed = f"{one.runs / max(one.seconds, 1):,.0f} a second"
    end = f"CRASHED: see {PLACE.name}/{one.target}.log" if one.crashed else "clean"
    covered = f"covered {one.before:,} -> {one.after:,}, {one.kept:,} inputs kept"
    return f"{one.target:<10} {one.runs:>9,} runs, {speed:>14}, {covered}: {end}"


@click.command()
@click.option("--seconds", envvar="FUZZ_SECONDS", type=click.IntRange(1), default=600)
@click.option("--targets", envvar="FUZZ_TARGETS", default="", help="Some of them, by name.")
def main(seconds: int, targets: str) -> None:
    """Share the seconds among the targets, run each, and end with 1 where one crashed."""
    named = targets.split() or [*TARGETS]
    if unknown := set(named) - TARGETS.keys():
        raise click.BadParameter(f"{', '.join(unknown)} is none of {', '.join(TARGETS)}")
    PLACE.mkdir(exist_ok=True)
    os.environ["PYTHONHASHSEED"] = "0"
    ended = []
    for one in named:
        ended.append(fuzz(one, max(1, seconds // len(named))))
        click.echo(_told(ended[-1]))
    if any(one.crashed for one in ended):
        click.echo(
            f"The inputs lie in {PLACE.name}/crashes/. Keep each in tests/hostile/found/TARGET/."
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
