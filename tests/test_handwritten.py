"""Hand-written pages: copied as they are, and listed in the order they ask for."""

from pathlib import Path

import pytest

from generator import package
from generator.errors import UsageProblem
from generator.handwritten import CopiedFile, package_pages, pages_of, project_docs
from tests.conftest import LITTLEHAM, ROOT, WEST_MERCIA


def file(folder: Path, name: str, content: str | bytes = "") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def copied(folder: Path) -> dict[str, CopiedFile]:
    return {one.path: one for one in project_docs(folder)}


def test_docs_are_copied_as_they_are(tmp_path: Path) -> None:
    page = b"\xef\xbb\xbf---\ntitle: How to read\n---\r\n\r\n# How to read\r\n"
    file(tmp_path, "how-to-read.md", page)
    file(tmp_path, "images/map.png", b"\x89PNG\xff")
    found = copied(tmp_path)
    assert {name: one.content for name, one in found.items()} == {
        "how-to-read.md": page,
        "images/map.png": b"\x89PNG\xff",
    }
    assert found["images/map.png"].page is None


def test_what_is_for_people_who_work_on_the_site_stays_off_it(tmp_path: Path) -> None:
    for name in ("develop/x.md", "publish/y.md", ".hidden/z.md", ".DS_Store", "privacy.md"):
        file(tmp_path, name)
    assert set(copied(tmp_path)) == {"privacy.md"}


def test_a_page_says_its_title_description_and_order(tmp_path: Path) -> None:
    file(tmp_path, "a.md", "---\ntitle: Privacy\ndescription: What we keep.\norder: 3\n---\nText\n")
    page = copied(tmp_path)["a.md"].page
    assert page is not None
    assert (page.url, page.title, page.description, page.order) == (
        *("a/", "Privacy", "What we keep.", 3),
    )


@pytest.mark.parametrize(
    "text",
    [
        "# No front matter\n",
        "---\ntitle:\n---\n",
        "---\ntitle: [broken\n---\n",
        "---\norder: first\n---\n",
        "---\n- a list\n---\n",
        "",
    ],
)
def test_a_page_that_says_nothing_of_use_comes_last(tmp_path: Path, text: str) -> None:
    file(tmp_path, "deep/a.md", text)
    page = copied(tmp_path)["deep/a.md"].page
    assert page is not None
    assert page.url == "deep/a/"
    assert page.title.endswith("deep/a.md")
    assert (page.description, page.order) == ("", 1000)


def test_pages_come_in_the_order_they_ask_for_then_by_title(tmp_path: Path) -> None:
    for name, head in (
        ("a.md", "title: Zebra"),
        ("b.md", "title: Ant"),
        ("c.md", "title: Last\norder: 2"),
        ("d.md", "title: First\norder: 1"),
    ):
        file(tmp_path, name, f"---\n{head}\n---\n")
    file(tmp_path, "e.png")
    pages = pages_of(tuple(project_docs(tmp_path)))
    assert [page.title for page in pages] == ["First", "Last", "Ant", "Zebra"]


def test_a_project_without_docs_has_none(tmp_path: Path) -> None:
    assert copied(tmp_path / "docs") == {}


def test_a_page_in_another_encoding_is_told(tmp_path: Path) -> None:
    file(tmp_path, "a.md", "café".encode("cp1252"))
    with pytest.raises(UsageProblem, match=r"a\.md is not UTF-8") as raised:
        copied(tmp_path)
    assert raised.value.advice


def test_the_publishers_own_text_goes_below_how_it_works() -> None:
    read = package.read(WEST_MERCIA)
    files = tuple(package_pages(read))
    assert {one.path for one in files} == {
        f"how-it-works/{path.stem}.md" for path in (WEST_MERCIA / "pages").glob("*.md")
    }
    for one, prose in zip(files, read.prose, strict=True):
        assert one.content.decode() == prose.text
        assert one.page is not None
        assert one.page.url == f"how-it-works/{prose.name}/"
        assert one.page.title != prose.name, "each page has a title of its own"
    assert tuple(package_pages(package.read(LITTLEHAM))) == ()


def test_our_own_docs_have_titles_and_descriptions() -> None:
    for one in project_docs(ROOT / "docs"):
        if one.page is not None:
            assert not one.page.title.endswith(".md"), one.path
            assert one.page.description, one.path
