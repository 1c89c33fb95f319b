"""Hand-written pages: the project's `docs/` and the package's `pages/`, copied in as they are."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from mkdocs.utils import meta
from msgspec import Struct

from generator import inside, urls, yaml_text
from generator.descriptor import display_path
from generator.errors import UsageProblem
from generator.limits import limit
from generator.package import DataPackage
from generator.pages.site import HandWritten

_OFF_SITE = ("develop", "publish")
"""Folders of docs/ for people who work on the site; they stay off it."""
_TRAIL = "trail: true\n"
"""What `theme/main.html` looks for."""


class CopiedFile(Struct, frozen=True):
    """A file for the site builder's docs folder, and the page it makes, if it makes one."""

    path: str
    content: bytes
    page: HandWritten | None

    @property
    def text(self) -> str:
        """A page's text."""
        return self.content.decode("utf-8-sig")


def _content(folder: Path, name: str) -> bytes | None:
    """A file of docs/, which must lie there itself: a link could publish any file."""
    try:
        return inside.read(folder, name, limit("table_megabytes"))
    except inside.Refused as fault:
        raise UsageProblem(f"{display_path(folder / name)}: {fault}.", fault.mend) from fault


def _page(url: str, text: str, fallback: str, file: str) -> HandWritten:
    """What a page says of itself. Raises UsageProblem for front matter that is a bomb."""
    yaml_text.front_matter_must_be_plain(text, file)
    _, data = meta.get_data(text)
    order = data.get("order")
    return HandWritten(
        url=url,
        title=str(data.get("title") or fallback),
        description=str(data.get("description") or ""),
        order=order if isinstance(order, int) else 1000,
    )


def project_docs(folder: Path) -> Iterator[CopiedFile]:
    """Every file of docs/ but those for people who work on the site."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_dir() or name.parts[0] in _OFF_SITE or name.parts[0].startswith("."):
            continue
        content = _content(folder, name.as_posix())
        if content is None:
            continue  # removed since it was listed
        page = None
        if path.suffix == ".md":
            url = name.with_suffix("").as_posix() + "/"
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError as fault:
                raise UsageProblem(
                    f"{display_path(path)} is not UTF-8 text.", "save the file again as UTF-8."
                ) from fault
            page = _page(url, text, display_path(path), display_path(path))
        yield CopiedFile(name.as_posix(), content, page)


def package_pages(package: DataPackage) -> Iterator[CopiedFile]:
    """The publisher's own text, below /how-it-works/."""
    for prose in package.prose:
        url = urls.how_it_works(prose.name)
        page = _page(url, prose.text, prose.name, prose.file)
        yield CopiedFile(url.rstrip("/") + ".md", prose.text.encode(), page)


def with_trail(file: CopiedFile) -> bytes:
    """The file's content; a page's front matter asks the theme for the way back to the home page.

    The theme writes it, because builders differ about links in HTML inside such a page's text:
    its folder is not the one that the page is shown in.
    """
    if file.page is None:
        return file.content
    text = file.text.replace("\r\n", "\n").replace("\r", "\n")
    body, found = meta.get_data(text)
    if not found:
        return f"---\n{_TRAIL}---\n\n{text}".encode()
    first, line, rest = text.removesuffix(body).partition("\n")
    return f"{first}{line}{_TRAIL}{rest}{body}".encode()


def pages_of(files: Sequence[CopiedFile]) -> tuple[HandWritten, ...]:
    """The pages among the files, in the order they ask for."""
    pages = [file.page for file in files if file.page is not None]
    return tuple(sorted(pages, key=lambda page: (page.order, page.title)))
