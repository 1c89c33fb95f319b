"""The pictures of the walk-through: `make screenshots` renews them, in docs/publish/images/.

The story is walked again, in the browser's way; the pages are photographed where it stands then.
A comment is shown as its Markdown reads when it is laid out plainly, not as GitHub dresses it.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from markdown import markdown
from playwright.sync_api import Page, sync_playwright

from tests import browser, walking
from tests.conftest import build
from tests.serving import serving

IMAGES = walking.GUIDE / "images"
WIDTH, LONGEST, MARGIN = 1000, 690, 12
"""Pixels; a page that is longer is cut."""
AWARD = "awards/2030-31-001/"
PAGES = {
    "first-award": {"award-first": AWARD},
    "correction": {"award-corrected": f"{AWARD}#changes"},
    "withdrawal": {"award-withdrawn": AWARD, "changes": "changes/"},
}
"""What is photographed after a chapter: the picture's name, and the page from its top or anchor."""
STYLE = """
body { font: 16px/1.5 sans-serif; max-width: 900px; margin: 24px; color: #1f2328 }
h2, h3 { border-bottom: 1px solid #d1d9e0; padding-bottom: 4px }
table { border-collapse: collapse; margin: 8px 0 16px }
th, td { border: 1px solid #d1d9e0; padding: 5px 12px; text-align: left; vertical-align: top }
"""


@contextmanager
def _camera() -> Iterator[Page]:
    path = browser.find()
    if path is None:
        sys.exit("No Chromium was found: run make browser first.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=[*browser.ARGUMENTS])
        yield running.new_page(viewport={"width": WIDTH, "height": 100})
        running.close()


def _shoot(page: Page, name: str, anchor: str = "") -> None:
    box = page.locator(f"#{anchor}").bounding_box() if anchor else None
    top = box["y"] - MARGIN if box else 0
    height = min(LONGEST, page.evaluate("document.documentElement.scrollHeight") - top)
    page.screenshot(
        path=IMAGES / f"{name}.png",
        full_page=True,
        clip={"x": 0, "y": top, "width": WIDTH, "height": height},
    )


def _shoot_comment(page: Page, name: str, comment: str) -> None:
    page.set_content(f"<style>{STYLE}</style>{markdown(comment, extensions=['tables'])}")
    _shoot(page, name)


def main() -> None:
    """Walk, and take each picture where its chapter ends."""
    IMAGES.mkdir(exist_ok=True)
    with _camera() as page, tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "repository"
        for chapter, comment in walking.walked(folder, walking.BROWSER):
            if chapter in PAGES:
                site = build(walking.package_in(folder), Path(temporary) / chapter)
                with serving(site) as address:
                    for name, part in PAGES[chapter].items():
                        place, _, anchor = part.partition("#")
                        page.goto(f"{address}/{place}", wait_until="networkidle")
                        _shoot(page, name, anchor)
            if chapter == "correction":
                _shoot_comment(page, "comment", comment)
        failed = walking.page("failed-check")
        mistake = walking.section(failed, "A change without a reason", "The mistake")
        walking.edit_files(folder, walking.steps(mistake))
        _shoot_comment(page, "comment-to-mend", walking.purse(folder, "comment", "main")[1])


if __name__ == "__main__":
    main()
