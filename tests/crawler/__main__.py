"""``python -m tests.crawler SITE [--base /x/]``: crawl a built site from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.crawler.crawl import survey


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the problems and the counts. 0: none, 1: some, 2: there is no such site."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.crawler",
        description="Check every page, link and figure of a built site.",
    )
    parser.add_argument("site", type=Path, help="the folder of the built site")
    parser.add_argument("--base", default="/", help="the path it is served under (default: /)")
    parser.add_argument(
        "--one-in", type=int, default=1, help="look at one profile in so many (default: 1, all)"
    )
    options = parser.parse_args(arguments)
    if not options.site.is_dir():
        parser.error(f"{options.site} is not a folder: build the site first")
    found = survey(options.site, options.base, options.one_in)
    for problem in found.problems:
        print(problem)
    counts = f"{found.pages} pages and {found.figures} figures checked"
    total = len(found.problems)
    print(f"{counts}: {total or 'no'} problem{'' if total == 1 else 's'}")
    return 1 if found.problems else 0


if __name__ == "__main__":
    sys.exit(main())
