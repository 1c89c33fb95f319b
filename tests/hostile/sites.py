"""Built sites, in folders and zips, that try to harm whoever verifies them."""

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import manifest
from tests.hostile.workbooks import lying, packed_spaces, zipped

_MB = 1_000_000
ROWS = b"id,n\na,1.50\nb,2\n"
_TRUE = '<data value="3.50" data-rows="t.csv" data-measure="sum:n">3.50</data>'


@dataclass(frozen=True)
class Site:
    """A case: what it makes, and the words that must be said of it."""

    tries: str
    make: Callable[[Path], Path]
    """Makes it below the folder; gives what is to be verified."""
    says: str
    code: int = 1
    large: bool = False
    """Whether it is verified in a process of its own."""


def listed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with a manifest that lists them truly."""
    return {**files, manifest.NAME: manifest.of_files(files.items())}


def folder(files: Mapping[str, bytes]) -> Callable[[Path], Path]:
    """A site in a folder."""

    def make(room: Path) -> Path:
        for name, content in listed(files).items():
            path = room / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return room / "site"

    return make


def page(markup: str, rows: bytes = ROWS) -> Callable[[Path], Path]:
    """A site of one page and one table."""
    return folder({"index.html": markup.encode(), "t.csv": rows})


def figure(where: str = "", rows: str = "t.csv", measure: str = "count", value: str = "1") -> str:
    """A figure."""
    return (
        f'<data value="{value}" data-rows="{rows}" data-measure="{measure}" '
        f'data-where="{where}">{value}</data>'
    )


def a_zip(content: Callable[[], bytes]) -> Callable[[Path], Path]:
    """A zip of these bytes."""

    def make(room: Path) -> Path:
        (room / "site.zip").write_bytes(content())
        return room / "site.zip"

    return make


_SMALL = listed({"index.html": _TRUE.encode(), "t.csv": ROWS})


def _with(name: str, content: bytes = b"x", **about: int) -> bytes:
    """The small site's zip with one entry more."""
    file = io.BytesIO(zipped(_SMALL))
    with zipfile.ZipFile(file, "a") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = name
        for key, value in about.items():
            setattr(info, key, value)
        with archive.open(info, "w") as entry:
            entry.write(content)
    return file.getvalue()


def _patched(old: bytes, new: bytes, times: int = 1) -> bytes:
    data = zipped(_SMALL)
    assert data.count(old) >= times
    return data.replace(old, new, times)


def _encrypted() -> bytes:
    """The flag of a password, in both places of the manifest's entry."""
    data = bytearray(zipped({manifest.NAME: _SMALL[manifest.NAME]}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _broken_packing() -> bytes:
    data = bytearray(zipped({manifest.NAME: _SMALL[manifest.NAME]}))
    data[30 + len(manifest.NAME)] ^= 0x06
    return bytes(data)


def _a_link() -> bytes:
    """A link as `zip --symlinks` keeps it: an entry that holds where it leads."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in _SMALL.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (0o120777 if name == "index.html" else 0o100644) << 16
            archive.writestr(info, content)
    return file.getvalue()


def _oddly_packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(manifest.NAME, _SMALL[manifest.NAME])
    return file.getvalue()


def _no_utf_8() -> bytes:
    """A name of Latin letters under the flag that says UTF-8, in both places."""
    return zipped({**_SMALL, "é.html": b""}).replace("é.html".encode(), b"\xe9\xe9.html")


def _bomb(megabytes: int) -> bytes:
    """A page of so many megabytes of spaces, packed small and listed truly in size."""
    size = megabytes * _MB
    entry = manifest.Entry("index.html", size, "0" * 64)
    file = io.BytesIO()
    raw = packed_spaces(megabytes)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(manifest.NAME, manifest.as_json([entry]))
        archive.writestr("index.html", raw)
    data = lying(file.getvalue(), "index.html", size)
    return _as_packed(data, "index.html")


def _as_packed(data: bytes, name: str) -> bytes:
    """A stored entry said to be packed, in both places."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.getinfo(name).header_offset
    changed[at + 8 : at + 10] = b"\x08\x00"
    at = data.index(b"PK\x01\x02")
    while changed[at + 46 : at + 46 + len(name)] != name.encode():
        at = data.index(b"PK\x01\x02", at + 4)
    changed[at + 10 : at + 12] = b"\x08\x00"
    return bytes(changed)


def _many_entries(count: int) -> bytes:
    """A list of so many entries, all of one name, behind one file."""
    small = zipped({"a": b""})
    at = small.index(b"PK\x01\x02")
    end = small.index(b"PK\x05\x06")
    entry, last = small[at:end], bytearray(small[end:])
    last[12:16] = (len(entry) * count).to_bytes(4, "little")
    last[8:12] = b"\xff\xff\xff\xff"
    return small[:at] + entry * count + bytes(last)


def _linked_folder(room: Path) -> Path:
    made = page(_TRUE)(room)
    (room / "outside").mkdir()
    (made / "more").symlink_to(room / "outside")
    (made / "round").symlink_to(made)
    return made


def _unreadable_name(room: Path) -> Path:
    made = page(_TRUE)(room)
    entries = [*manifest.parse((made / manifest.NAME).read_bytes())]
    entries += [manifest.Entry(f"{'n' * 300}.html", 1, "0" * 64)]
    (made / manifest.NAME).write_bytes(manifest.as_json(entries))
    return made


def _sparse(room: Path) -> Path:
    """Files of a gigabyte each that take no room on the disk."""
    made = room / "site"
    made.mkdir()
    entries = []
    for number in range(40):
        (made / f"{number}.csv").touch()
        os.truncate(made / f"{number}.csv", 1000 * _MB)
        entries.append(manifest.Entry(f"{number}.csv", 1000 * _MB, "0" * 64))
    (made / manifest.NAME).write_bytes(manifest.as_json(entries))
    return made


def _pipe(room: Path) -> Path:
    made = page(_TRUE)(room)
    (made / "t.csv").unlink()
    os.mkfifo(made / "t.csv")
    return made


def _only_manifest(content: Callable[[], bytes]) -> Callable[[Path], Path]:
    def make(room: Path) -> Path:
        (room / "site").mkdir()
        (room / "site" / manifest.NAME).write_bytes(content())
        return room / "site"

    return make


def _table(megabytes: int) -> bytes:
    row = b"%d," + b"x" * 80 + b",10.25\n"
    return b"id,title,n\n" + b"".join(row % at for at in range(megabytes * _MB // 95))


def _derived(count: int) -> str:
    """Each figure comes twice from the one before it, and the first from nothing."""
    return "".join(
        f'<data id="f{at}" value="1" data-op="sum" data-from="f{at - 1} f{at - 1}">1</data>'
        for at in range(count)
    )


SITES: dict[str, Site] = {
    "broken_packing": Site(
        "A zip whose manifest is packed wrongly.", a_zip(_broken_packing), "can't be unpacked", 2
    ),
    "encrypted": Site("A zip with a password.", a_zip(_encrypted), "can't be unpacked", 2),
    "no_name": Site("A zip with an entry without a name.", a_zip(lambda: _with("")), "not belong"),
    "climbing": Site(
        "A zip with an entry whose name leads out of any folder.",
        a_zip(lambda: _with("../../evil")),
        "../../evil does not belong",
    ),
    "rooted": Site(
        "A zip with an entry whose name is a path of the machine.",
        a_zip(lambda: _with("/etc/passwd")),
        "/etc/passwd does not belong",
    ),
    "linked": Site(
        "A zip with a link in the place of a page.",
        a_zip(_a_link),
        "index.html is a link",
    ),
    "packed_oddly": Site(
        "A zip packed in a way that may need gigabytes to unpack.",
        a_zip(_oddly_packed),
        "is packed in a way",
        2,
    ),
    "broken_list": Site(
        "A zip whose list of entries isn't where it says.",
        a_zip(lambda: _patched(b"PK\x01\x02", b"PK\x09\x09")),
        "can't be opened as a zip",
        2,
    ),
    "lying_letters": Site(
        "A zip that says a name is UTF-8 when it isn't.",
        a_zip(_no_utf_8),
        "can't be opened as a zip",
        2,
    ),
    "cut": Site(
        "A zip that ends in the middle of its list.",
        a_zip(lambda: zipped(_SMALL)[:-30]),
        "neither a folder, a zip nor an address",
        2,
    ),
    "links_in_a_folder": Site(
        "Folders that are links: one out of the site, one in a circle.",
        _linked_folder,
        "more does not belong",
    ),
    "a_pipe": Site("A pipe in the place of a table.", _pipe, "t.csv is missing"),
    "a_long_name": Site("A name longer than names can be.", _unreadable_name, "can't be read"),
    "far_rows": Site(
        "Figures whose rows are on another host, on the machine, or above the site.",
        page(
            "".join(
                figure(rows=one)
                for one in (
                    *("https://evil.example/t.csv", "//evil.example/t.csv", "file:///etc/passwd"),
                    *("/etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..\\t.csv", "t.csv\0", "\n"),
                    *("data:text/csv,id%0Aa", "\\\\host\\t.csv", "t.csv?x", "T.CSV"),
                )
            )
        ),
        "file:/etc/passwd, are not there",
    ),
    "wild_measures": Site(
        "Figures with measures and filters of nonsense.",
        page(
            "".join(
                figure(where, measure=measure)
                for measure in ("", ":", "sum", "sum:", "sum:n:n", "eval:1", "share:", "x" * 9999)
                for where in ("", "=", "a=b=c", "!=x", "%", "&&&", "id=%ff", "n!=" + "9" * 9999)
            )
        ),
        "can't be recomputed",
    ),
    "written_otherwise": Site(
        "A figure that a browser shows and a simple reader doesn't see.",
        page("<DATA/value=5\tdata-rows='t.csv'>5</DaTa\n>"),
        "isn't written as pages of Public Purse write figures",
    ),
    "a_chain": Site(
        "Ten thousand figures, each twice the one before it, and the first from nothing.",
        page(_derived(10_000)),
        "the page has no figure f-1",
    ),
    "a_circle": Site(
        "Figures that come from each other in a circle.",
        page(_derived(1000).replace("f-1", "f999")),
        "in a circle",
    ),
    "unclosed": Site(
        "A page of comments, tags and figures that never end.",
        page("<!-- >" * 200_000 + "<a " * 200_000 + "<data " * 10_000),
        "can't be recomputed",
    ),
    "many_figures": Site(
        "A page of sixty thousand figures.",
        page(figure() * 60_000),
        "more than 50,000 figures",
    ),
    "heavy_filters": Site(
        "Forty thousand figures, each with its own filter over two hundred thousand rows.",
        lambda room: page(
            "".join(figure(f"n!={at}&amp;id!={at}") for at in range(40_000)),
            b"id,n\n" + b"".join(b"%d,1\n" % at for at in range(200_000)),
        )(room),
        "ask for more work",
        large=True,
    ),
    "large_page": Site(
        "A page of 60 MB with a million figures.",
        lambda room: page(figure() * 800_000)(room),
        "has more than 10 MB",
        large=True,
    ),
    "large_table": Site(
        "A figure over a table of just under 80 MB.",
        lambda room: page(figure(measure="sum:n", value="5.00"), _table(78))(room),
        "t.csv give 8",
        large=True,
    ),
    "larger_table": Site(
        "A figure over a table of 100 MB.",
        lambda room: page(figure(), _table(101))(room),
        "have more than 80 MB",
        large=True,
    ),
    "many_cells": Site(
        "A figure over a table of 70 MB with cells of one letter.",
        lambda room: page(figure(), b"a,b\n" * 17_000_000)(room),
        "more than 5,000,000 cells",
        large=True,
    ),
    "many_marks": Site(
        "A figure over a table of 40 MB of quotation marks.",
        lambda room: page(figure(), b"a,b\n" + b'"",' * 13_000_000)(room),
        "more than 5,000,000 cells",
        large=True,
    ),
    "many_parts": Site(
        "Fifty pages, each with a filter of its own over a table in eight thousand parts.",
        lambda room: folder(
            {
                **{f"t/t-{at}.csv": ROWS for at in range(1, 8_001)},
                **{f"{at}.html": figure(f"n!={at}").encode() for at in range(50)},
            }
        )(room),
        "ask for more work",
        large=True,
    ),
    "many_texts": Site(
        "A figure that counts the different texts of two and a half million rows in parts.",
        lambda room: folder(
            {
                "index.html": figure(measure="count:id", value="2500000").encode(),
                **{
                    f"t/t-{part}.csv": b"id,n\n"
                    + b"".join(b"%d,x\n" % at for at in range(part * 100_000, (part + 1) * 100_000))
                    for part in range(1, 26)
                },
            }
        )(room),
        "more texts than can be held",
        large=True,
    ),
    "a_bomb": Site(
        "A zip of 1 MB with a page that unpacks to 1 GB.",
        a_zip(lambda: _bomb(1050)),
        "made to fill memory",
        2,
        large=True,
    ),
    "a_smaller_bomb": Site(
        "A zip with a page that unpacks to 900 MB.",
        a_zip(lambda: _bomb(900)),
        "index.html can't be unpacked",
        large=True,
    ),
    "sparse": Site(
        "Forty files of a gigabyte that take no room on the disk.",
        _sparse,
        "lists 40,000 MB",
        2,
        large=True,
    ),
    "many_entries": Site(
        "A zip whose list has 650,000 entries.",
        a_zip(lambda: _many_entries(650_000)),
        "There is no manifest.json here",
        2,
        large=True,
    ),
    "too_many_entries": Site(
        "A zip whose list has three million entries.",
        a_zip(lambda: _many_entries(3_000_000)),
        "its list of entries is too long",
        2,
        large=True,
    ),
    "large_manifest": Site(
        "A manifest of 90 MB.",
        _only_manifest(lambda: b"[" * 90 * _MB),
        "has more than 80 MB",
        2,
        large=True,
    ),
    "wild_manifest": Site(
        "A manifest of 70 MB of empty lists.",
        _only_manifest(lambda: b"[\n" + b"[],\n" * 17 * _MB + b"{}\n]\n"),
        "is no entry of a manifest",
        large=True,
    ),
    "long_manifest": Site(
        "A manifest of 40 MB that lists 270,000 files that aren't there.",
        _only_manifest(
            lambda: manifest.as_json(
                manifest.Entry(f"{at:08}/index.html", 10, "0" * 64) for at in range(270_000)
            )
        ),
        "00000000/index.html is missing",
        large=True,
    ),
}
