"""What tests share: built sites, copies of packages to break, the samples, a browser."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from generator import site
from generator.cli import cli
from generator.project import Project
from tests import browser as chromium

# Slow machines are no fault of a property; where CI is set, Hypothesis also repeats itself.
settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")

Thing = TypeVar("Thing")

ROOT = Path(__file__).parent.parent
WEST_MERCIA = ROOT / "data" / "west-mercia-pcc"
ANYSHIRE = ROOT / "tests" / "packages" / "anyshire"
LITTLEHAM = ROOT / "tests" / "packages" / "littleham"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


def build(package: Path, out: Path, *, base_url: str | None = None, stamp: bool = True) -> Path:
    """Build a package's site with this repository's docs; the build folder lies beside it."""
    checked = site.check(package)
    assert not checked.report.has_errors, checked.report.findings
    beside = out.with_name(f"{out.name}-build")
    site.build_site(Project(ROOT), checked, out, beside, base_url, stamp=stamp)
    return out


@pytest.fixture(scope="session", autouse=True)
def programs() -> Iterator[None]:
    """What tests start begins as fast as where users have it: compiled, and with no pandas."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPATH", str(ROOT / "tests" / "bare"))
        yield


class Once:
    """Folders that are made once in a run, by the first of its workers that needs one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, name: str, make: Callable[[Path], Path]) -> Path:
        """What `make` gives for the folder of this name; the others wait while one makes it."""
        folder = self.folder / name
        with self.folder.joinpath(f"{name}.lock").open("a+", encoding="utf-8") as made:
            fcntl.flock(made, fcntl.LOCK_EX)
            made.seek(0)
            if not (place := made.read()):
                shutil.rmtree(folder, ignore_errors=True)  # of one that failed
                folder.mkdir()
                place = str(make(folder))
                made.write(place)
        return Path(place)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Whoever uses what it makes leaves it as it is."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "once"
    folder.mkdir(exist_ok=True)
    return Once(folder)


@pytest.fixture(scope="session")
def west_mercia_site(once: Once) -> Path:
    """The built site of the first publisher; its build folder is `site-build` beside."""
    return once("west-mercia", lambda folder: build(WEST_MERCIA, folder / "site"))


@pytest.fixture(scope="session")
def littleham_site(once: Once) -> Path:
    """The built site of a tiny, fictional second publisher."""
    return once("littleham", lambda folder: build(LITTLEHAM, folder / "site"))


@pytest.fixture(scope="session")
def anyshire_site(once: Once) -> Path:
    """The built site of the fictional funder that uses everything."""
    return once("anyshire", lambda folder: build(ANYSHIRE, folder / "site"))


@pytest.fixture(scope="session")
def parts_site(once: Once) -> Path:
    """The same, with tables of more than ten rows in parts."""
    return once("parts", lambda folder: build(in_parts(folder / "anyshire"), folder / "site"))


@pytest.fixture(scope="session")
def empty_site(once: Once) -> Path:
    """The built site of a package that `purse new` has just made."""

    def make(project: Path) -> Path:
        command = ["new", "my-funder", "--publisher", "Nether Wallop Trust", "--year", "2030-31"]
        command += ["--created", "2030-05-01", "--official", "--yes", "--project", str(project)]
        CliRunner().invoke(cli, command, catch_exceptions=False)
        return build(project / "data" / "my-funder", project / "site")

    return once("empty", make)


@pytest.fixture(scope="session")
def trafford_site(samples: Path, once: Once) -> Path:
    """The built site of a council's 555 real grants, imported as a publisher would."""

    def make(folder: Path) -> Path:
        package = folder / "data" / "trafford"
        command = ["import", str(samples / "360giving-trafford-council.csv"), "--to", str(package)]
        said = CliRunner().invoke(cli, command, catch_exceptions=False).output
        assert "555 awards" in said, said
        return build(package, folder / "site")

    return once("trafford", make)


@pytest.fixture
def west_mercia(tmp_path: Path) -> Path:
    """A copy of the first publisher's package, to be broken."""
    return Path(shutil.copytree(WEST_MERCIA, tmp_path / "west-mercia-pcc"))


@pytest.fixture
def littleham(tmp_path: Path) -> Path:
    """A copy of the tiny package, to be broken."""
    return Path(shutil.copytree(LITTLEHAM, tmp_path / "littleham"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    path = chromium.find()
    assert path, chromium._HELP
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=[*chromium.ARGUMENTS])
        yield running
        running.close()


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """One reader of a site, whose pages share a cache: opened in a third of a new reader's time."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield context
    context.close()


@pytest.fixture(scope="session")
def samples() -> Path:
    """Real publishers' files, where this machine has them."""
    folder = os.environ.get("PURSE_SAMPLES")
    if not folder or not Path(folder).is_dir():
        pytest.skip("PURSE_SAMPLES names no folder of real publishers' sample files")
    return Path(folder)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with `tests/golden/<name>`; `make golden` rewrites the files."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        expected = path.read_text(encoding="utf-8") if path.is_file() else "(no golden file)"
        assert text == expected, f"differs from tests/golden/{name}; if right: make golden"

    return compare


@pytest.fixture(autouse=True)
def at_root(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tests run from the repository's top, wherever pytest was started."""
    monkeypatch.chdir(ROOT)
    yield


def there(one: Thing | None) -> Thing:
    """What was looked up, and is there."""
    assert one is not None
    return one


def edit(package: Path, file: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file of a package."""
    path = package / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


def edit_descriptor(package: Path, change: Callable[[dict[str, object]], None]) -> None:
    """Change a package's descriptor."""
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(descriptor)
    path.write_text(json.dumps(descriptor, indent=2, ensure_ascii=False), encoding="utf-8")


MOST = 10
"""Rows in a file of `in_parts`."""


def in_parts(folder: Path, rows: object = MOST) -> Path:
    """A copy of Anyshire that is published with so many rows in a file."""

    def change(found: dict[str, object]) -> None:
        assert isinstance(found["purse"], dict)
        found["purse"]["rows_in_a_file"] = rows

    copy = Path(shutil.copytree(ANYSHIRE, folder))
    edit_descriptor(copy, change)
    return copy
