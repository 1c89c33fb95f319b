"""The same files build with Zensical: the same pages, and the crawler finds nothing."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import WEST_MERCIA, build
from tests.crawler.crawl import crawl


def test_zensical_builds_the_same_pages(west_mercia_site: Path, tmp_path: Path) -> None:
    build(WEST_MERCIA, tmp_path / "site", stamp=False)
    work = tmp_path / "site-build"
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
