"""The same files build with Zensical: the same pages, and the crawler finds nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.crawler.crawl import crawl


def test_zensical_builds_the_same_pages(west_mercia_site: Path, tmp_path: Path) -> None:
    work = tmp_path / "build"
    shutil.copytree(west_mercia_site.with_name("west-mercia-build"), work)
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "-f", "mkdocs.yml"],
        cwd=work,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ours = {path.relative_to(west_mercia_site) for path in west_mercia_site.rglob("*.html")}
    theirs = {path.relative_to(work / "site") for path in (work / "site").rglob("*.html")}
    assert theirs == ours
    index = "assets/search/pagefind/pagefind-entry.json"
    assert (work / "site" / index).read_bytes() == (west_mercia_site / index).read_bytes()
    assert crawl(work / "site") == []
