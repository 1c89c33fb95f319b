"""`purse verify` meets any site with plain words, soon, in little memory, and asks nobody."""

import socket
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.errors import PurseError
from tests.hostile.sites import SITES, Site
from tests.test_hostile import MEGABYTES, OBEYED, SECONDS, in_time, run_apart

SMALL = {name: one for name, one in SITES.items() if not one.large}
LARGE = {name: one for name, one in SITES.items() if one.large}


@pytest.mark.parametrize("case", SMALL.values(), ids=SMALL)
def test_a_hostile_site_is_told(
    case: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*asked: object, **_: object) -> NoReturn:
        pytest.fail(f"the network was asked for: {asked}")

    made = case.make(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with in_time():
        done = CliRunner().invoke(cli, ["verify", str(made)], standalone_mode=False)
    if case.code == 2:
        assert isinstance(done.exception, PurseError), done.exception
        said = str(done.exception)
    else:
        assert done.exception is None, done.exception
        assert done.return_value == case.code
        said = done.output
    assert case.says in said
    assert not OBEYED.search(said)
    assert max(map(len, said.split("\n"))) < 1000
    assert sorted(tmp_path.rglob("*")) == before, "nothing is unpacked"


@pytest.mark.torture
@pytest.mark.parametrize("case", LARGE.values(), ids=LARGE)
def test_a_site_without_end_is_told_soon_and_in_little_memory(case: Site, tmp_path: Path) -> None:
    code, said, seconds, megabytes = run_apart(["verify", str(case.make(tmp_path))])
    print(f"{seconds:.1f} s, {megabytes:.0f} MB")
    assert code == case.code, said
    assert case.says in said
    assert "Traceback" not in said
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


@pytest.mark.parametrize(
    "address", ["http://[", "http://[::1", "https://\x00", "http://", "HTTP:x"]
)
def test_an_address_that_is_none_is_told(address: str) -> None:
    done = CliRunner().invoke(cli, ["verify", address], standalone_mode=False)
    assert isinstance(done.exception, PurseError), done.exception


def test_a_case_says_what_it_tries() -> None:
    assert all(one.tries.endswith(".") and one.tries[0].isupper() for one in SITES.values())
