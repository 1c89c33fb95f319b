"""A file made when it is asked for is, byte for byte, that of the whole build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from generator import manifest, outputs, shells, site
from generator.on_demand import Files, OnDemand
from generator.pages import SECTIONS, few_pages, few_pages_at
from generator.project import Project
from generator.scope import WHOLE, Scope
from generator.walk import Walk
from generator.write_site import MARK
from tests.conftest import ANYSHIRE, LITTLEHAM, ROOT


def on_demand(
    project: Project, packages: Sequence[Path], build: Path, scope: Scope = WHOLE
) -> Files:
    """A site with nothing made but what the site builder made for it before, in `build`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shells, "key_of", lambda *_: ".")
        patch.setattr(site, "run_builder", None)
        files, _ = site.on_demand(project, site.check_site(project, packages), build, scope)
    return files


def differing(built: Path, files: Files) -> list[str]:
    """The files of a built site that are others when they are asked for, last ones first."""
    names = [path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()]
    listed = manifest.parse((built / manifest.NAME).read_bytes())
    assert len(names) == len(listed) + 2, "the manifest and the mark aren't listed"
    wanted = sorted((name for name in names if name != MARK), reverse=True)
    return [name for name in wanted if files.content(name) != (built / name).read_bytes()]


NOWHERE = (
    *("", "awards", "awards/", "index.html/", "no-such.html", "../index.html", "/index.html"),
    *("awards/none/index.html", "awards/none/awards.csv", "awards/page-1/index.html"),
    *("awards/page-0/index.html", "awards/page-99/index.html", "awards/page-2x/index.html"),
    *("recipients/none/index.html", "recipients/page-99/index.html", "funds/none/index.html"),
    *("funds/index.html/index.html", "data/none.csv", "assets/none.css", "funds/none/feed.xml"),
    *("assets/search/none.js", "find/index.html", "find/0.json", "purse-slot/index.html"),
    *("awards/purse-slot/index.html", MARK),
)


def test_each_file_is_that_of_the_whole_build(anyshire_site: Path) -> None:
    files = on_demand(Project(ROOT), [ANYSHIRE], anyshire_site.with_name("site-build"))
    assert not differing(anyshire_site, files)
    assert not [name for name in NOWHERE if files.content(name) is not None]


def test_every_page_is_found_in_its_part_of_the_site(empty_site: Path) -> None:
    for package in (ANYSHIRE, LITTLEHAM, empty_site.parent / "data" / "my-funder"):
        checked = site.check(package)
        of = outputs.package_site((), checked.ledger, checked.report, None)
        found = [page.url for page in few_pages(of)]
        assert {*SECTIONS} <= {*found}, "links to these are taken to lead somewhere"
        for url in found:
            make = few_pages_at(url)
            assert make, url
            assert url in [page.url for page in make(of)], "it is looked for there"


def test_a_link_of_prose_leads_to_what_is_made(littleham_site: Path) -> None:
    files = on_demand(Project(ROOT), [LITTLEHAM], littleham_site.with_name("site-build"))
    assert isinstance(files, OnDemand)
    assert files.leads("money/index.html", "")
    assert files.leads("money/index.html", "questions")
    assert not files.leads("money/index.html", "no-such-section")
    assert files.leads("awards/2031-32-1/index.html", "")
    assert not files.leads("awards/2031-32-99/index.html", "")
    assert files.leads("awards/awards.csv", "")
    assert not files.leads("awards/other.csv", "")


def test_what_failed_once_is_made_when_it_is_asked_for_again() -> None:
    faults = [OSError("the disk is full")]

    def made() -> Iterator[tuple[str, int]]:
        yield "one", 1
        if faults:
            raise faults.pop()
        yield "two", 2

    walk = Walk(made)
    assert walk.get("one") == 1
    with pytest.raises(OSError, match="full"):
        walk.get("two")
    assert walk.get("two") == 2
    assert walk.get("three") is None
