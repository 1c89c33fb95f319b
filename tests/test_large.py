"""A site of ten thousand awards: it builds, and what it says is traced to its rows."""

import re
import shutil
from pathlib import Path

from bench import packages
from generator import site
from generator.checked import begin
from generator.project import Project
from generator.scope import Scope
from tests.conftest import ROOT
from tests.crawler.crawl import survey

AWARDS = 10_000
ONE_IN = 50
"""Every list is looked at, and one profile in so many."""


def test_ten_thousand_awards_hold(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", project)
    shutil.copytree(ROOT / "docs", project / "docs", ignore=shutil.ignore_patterns("develop"))
    checked = begin(packages.make(AWARDS, project / "data" / "benchmark"))()
    out, build = project / "site", project / "build"
    scope = Scope(search=False, formats=False)
    built = site.build_site(Project(project), checked, out, build, None, scope=scope)
    assert built.pages > AWARDS * 1.2
    found = survey(out, one_in=ONE_IN)
    assert not found.problems
    assert found.pages > AWARDS * 1.2 / ONE_IN
    assert found.figures > AWARDS, "each award is in the lists at least"
    leads = re.findall(r"\]\(([^)]+)\)", (out / "llms.txt").read_text(encoding="utf-8"))
    assert leads
    assert all((out / one).exists() for one in leads), "also where formats are left out"
