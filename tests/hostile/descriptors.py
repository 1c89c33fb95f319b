"""Descriptors that are broken, or lead out of the package."""

import json
import os
import socket
from pathlib import Path
from typing import Any

from tests.hostile.base import case, descriptor, put, resource, rewrite

FILE = "datapackage.json"


def _raw(folder: Path, content: bytes) -> None:
    rewrite(folder, lambda text: content, FILE)


@case(file=FILE, says="UTF-8")
def descriptor_in_utf_16(folder: Path) -> None:
    """A descriptor in UTF-16."""
    rewrite(folder, lambda text: text.decode().encode("utf-16"), FILE)


@case(code=None)
def descriptor_with_mark(folder: Path) -> None:
    """A descriptor with the mark that Windows' editors write."""
    rewrite(folder, lambda text: b"\xef\xbb\xbf" + text, FILE)


@case(file=FILE, row=1, says="JSON")
def descriptor_empty(folder: Path) -> None:
    """A descriptor of no bytes."""
    _raw(folder, b"")


@case(file=FILE, says="nest more than")
def descriptor_deep(folder: Path) -> None:
    """A hundred thousand lists in each other."""
    _raw(folder, b"[" * 100_000 + b"]" * 100_000)


@case(file=FILE, says="nest more than")
def descriptor_deep_inside(folder: Path) -> None:
    """Nine hundred lists in each other, in a member that nobody reads: json takes them."""
    text = (folder / FILE).read_text(encoding="utf-8")
    deep = "[" * 900 + "]" * 900
    _raw(folder, text.replace('"currency"', f'"more": {deep}, "currency"', 1).encode())


@case(file=FILE, says="twice")
def descriptor_with_a_member_twice(folder: Path) -> None:
    """A member given twice: one program reads the first, another the last."""
    rewrite(folder, lambda text: text.replace(b"{", b'{"currency": "EUR",', 1), FILE)


@case(file=FILE, says="NaN")
def descriptor_with_nan(folder: Path) -> None:
    """NaN, which is no JSON but which Python reads."""
    rewrite(folder, lambda text: text.replace(b"{", b'{"x": NaN,', 1), FILE)


@case(file=FILE, says="Infinity")
def descriptor_with_infinity(folder: Path) -> None:
    """Infinity, which is no JSON but which Python reads."""
    rewrite(folder, lambda text: text.replace(b"{", b'{"x": -Infinity,', 1), FILE)


@case(file=FILE)
def descriptor_with_huge_number(folder: Path) -> None:
    """A number of ten thousand digits, which Python refuses."""
    rewrite(folder, lambda text: text.replace(b"{", b'{"x": ' + b"9" * 10_000 + b",", 1), FILE)


@case(file=FILE)
def descriptor_with_nul_in_name(folder: Path) -> None:
    """A name that holds a NUL and an escape."""
    descriptor(folder, lambda found: found.update(name="a\0\x1b[31m"))


@case(file=FILE)
def descriptor_with_lone_surrogate(folder: Path) -> None:
    """Half a pair of UTF-16 in a title: no file can hold it."""
    rewrite(folder, lambda text: text.replace(b"Littleham: awards", b"Little\\ud800ham"), FILE)


@case(file=FILE)
def title_is_a_list(folder: Path) -> None:
    """A list for a title."""
    descriptor(folder, lambda found: found.update(title=["a"], version=7, created={"a": 1}))


@case(file=FILE)
def created_is_no_day(folder: Path) -> None:
    """A day of creation that no calendar has."""
    descriptor(folder, lambda found: found.update(created="9999-99-99T99:99:99Z"))


@case(file=FILE)
def created_at_the_end_of_time(folder: Path) -> None:
    """A moment whose hour in another zone no calendar has."""
    descriptor(folder, lambda found: found.update(created="0001-01-01T00:00:00+14:00"))


@case(file=FILE)
def licence_and_sources_are_numbers(folder: Path) -> None:
    """Numbers where lists of licences and sources belong."""
    descriptor(
        folder, lambda found: found.update(licenses=5, sources=[5, {"title": {}, "path": 3}])
    )


@case(file=FILE)
def same_resource_twice(folder: Path) -> None:
    """The same name for two tables."""
    descriptor(folder, lambda found: found["resources"].append(found["resources"][1]))


_PATHS: dict[str, Any] = {
    "absolute": "/etc/passwd",
    "climbing": "../awards.csv",
    "climbing_inside": "a/../../awards.csv",
    "on_windows": "C:\\\\Windows\\\\win.ini",
    "climbing_on_windows": "..\\\\awards.csv",
    "http": "http://127.0.0.1:9/awards.csv",
    "https": "https://evil.example/awards.csv",
    "s3": "s3://bucket/awards.csv",
    "file_address": "file:///etc/passwd",
    "without_scheme": "//evil.example/awards.csv",
    "several": ["awards.csv", "funds.csv"],
    "with_nul": "awards\0.csv",
    "with_line_break": "awards\n.csv",
    "with_escape": "awa\x1b[2Jrds.csv",
    "in_zip": "zip://awards.zip",
    "of_device": "/dev/zero",
    "of_itself": "datapackage.json",
    "of_folder": ".",
    "very_long": "a" * 5000,
    "glob": "*.csv",
    "number": 5,
}
for _name, _path in _PATHS.items():

    def _resource_path(folder: Path, path: Any = _path) -> None:
        resource(folder, "awards", path=path)

    _resource_path.__name__ = f"path_{_name}"
    _resource_path.__doc__ = f"The resource path {str(_path)[:40]!r}."
    case(file="" if _name == "of_itself" else FILE)(_resource_path)


@case(file=FILE)
def compressed_resource(folder: Path) -> None:
    """A resource that says it is packed."""
    resource(folder, "awards", compression="zip", innerpath="../../x")


@case(file=FILE)
def resource_over_the_network(folder: Path) -> None:
    """A resource that says it lies in another place by its scheme."""
    resource(folder, "awards", scheme="http")


@case(file=FILE)
def resource_with_data(folder: Path) -> None:
    """Rows within the descriptor beside a path."""
    resource(folder, "awards", data=[["id"], ["a"]])


@case(file=FILE)
def dialect_over_the_network(folder: Path) -> None:
    """A dialect that lies elsewhere."""
    resource(folder, "awards", dialect="http://127.0.0.1:9/dialect.json")


@case(file=FILE)
def schema_over_the_network(folder: Path) -> None:
    """A schema that lies elsewhere."""
    resource(folder, "awards", schema="http://127.0.0.1:9/schema.json")


@case(file=FILE)
def schema_in_another_folder(folder: Path) -> None:
    """A schema in a file out of the package."""
    resource(folder, "awards", schema="../../etc/passwd")


@case(file=FILE)
def profile_over_the_network(folder: Path) -> None:
    """Profiles that lie elsewhere, for the package and a resource."""
    descriptor(folder, lambda found: found.update({"$schema": "http://127.0.0.1:9/p.json"}))
    resource(folder, "awards", **{"$schema": "http://127.0.0.1:9/r.json"})


@case(file=FILE)
def old_profile_over_the_network(folder: Path) -> None:
    """The older word for a profile."""
    descriptor(folder, lambda found: found.update(profile="http://127.0.0.1:9/p.json"))


@case(file=FILE)
def profile_of_a_local_file(folder: Path) -> None:
    """A profile that names a file of the machine."""
    descriptor(folder, lambda found: found.update({"$schema": "/etc/passwd"}))


def _schema(folder: Path, **members: Any) -> None:
    def change(found: dict[str, Any]) -> None:
        next(one for one in found["resources"] if one["name"] == "awards")["schema"].update(members)

    descriptor(folder, change)


@case(file=FILE)
def schema_profile_over_the_network(folder: Path) -> None:
    """A schema's own profile that lies elsewhere."""
    _schema(folder, **{"$schema": "http://127.0.0.1:9/s.json"})


@case(file=FILE)
def foreign_keys_in_circles(folder: Path) -> None:
    """Two tables that point at each other, and one at itself."""
    keys = [
        {"fields": "id", "reference": {"resource": "recipients", "fields": "id"}},
        {"fields": "id", "reference": {"resource": "", "fields": "id"}},
    ]
    _schema(folder, foreignKeys=keys)


@case(file=FILE)
def foreign_key_into_another_package(folder: Path) -> None:
    """A link into a package that lies elsewhere."""
    reference = {"package": "http://127.0.0.1:9/datapackage.json", "resource": "x", "fields": "id"}
    _schema(folder, foreignKeys=[{"fields": "id", "reference": reference}])


@case(file=FILE)
def foreign_keys_of_nonsense(folder: Path) -> None:
    """Links that are no links."""
    _schema(folder, foreignKeys=[5, {}, {"fields": 3}, {"fields": "id", "reference": "x"}])


@case(file=FILE)
def fields_of_nonsense(folder: Path) -> None:
    """Fields that are no fields."""
    _schema(folder, fields=[5, {}, {"name": 3}, {"name": "id", "type": ["a"]}], primaryKey=7)


@case(file=FILE)
def constraints_of_nonsense(folder: Path) -> None:
    """Constraints that are no constraints."""
    field = {"name": "id", "type": "string", "constraints": ["required"], "categories": [1]}
    _schema(folder, fields=[field], missingValues=[5], sort={"a": 1})


@case(row=3, says="not written as")
def pattern_that_never_ends(folder: Path) -> None:
    """A pattern that takes Python for ever on a text that almost matches."""
    put(folder, "Bread ban posters", "a" * 5000 + "!")

    def change(found: dict[str, Any]) -> None:
        schema = next(one for one in found["resources"] if one["name"] == "awards")["schema"]
        schema["fields"][3]["constraints"] = {"pattern": "(([a-z])+.)+[A-Z]([a-z])+"}

    descriptor(folder, change)


@case(file=FILE)
def pattern_that_is_none(folder: Path) -> None:
    """A pattern that is no pattern."""

    def change(found: dict[str, Any]) -> None:
        schema = next(one for one in found["resources"] if one["name"] == "awards")["schema"]
        schema["fields"][3]["constraints"] = {"pattern": "(["}

    descriptor(folder, change)


@case(file=FILE)
def resource_called_after_a_path(folder: Path) -> None:
    """A resource whose name climbs."""
    resource(folder, "awards", name="../awards")


@case(file=FILE)
def packages_that_point_at_each_other(folder: Path) -> None:
    """A resource that is another package, which has this one as its resource."""
    other = folder.parent / "other"
    other.mkdir()
    (other / FILE).write_text(
        json.dumps({"resources": [{"name": "a", "path": f"../{folder.name}/{FILE}"}]}),
        encoding="utf-8",
    )
    resource(folder, "awards", path="../other/datapackage.json", type="package")


@case(file="awards.csv")
def symlink_out(folder: Path) -> None:
    """A table that is a link to a file out of the package."""
    outside = folder.parent / "secret.csv"
    (folder / "awards.csv").replace(outside)
    (folder / "awards.csv").symlink_to(outside)


@case(file="sub/awards.csv")
def symlinked_folder(folder: Path) -> None:
    """A table in a folder that is a link out of the package."""
    outside = folder.parent / "outside"
    outside.mkdir()
    (folder / "awards.csv").replace(outside / "awards.csv")
    (folder / "sub").symlink_to(outside)
    resource(folder, "awards", path="sub/awards.csv")


@case(file="awards.csv")
def symlink_to_itself(folder: Path) -> None:
    """A link that leads to itself."""
    (folder / "awards.csv").unlink()
    (folder / "awards.csv").symlink_to("awards.csv")


@case(file="awards.csv")
def symlink_to_a_device(folder: Path) -> None:
    """A link to a file that never ends."""
    (folder / "awards.csv").unlink()
    (folder / "awards.csv").symlink_to("/dev/zero")


@case(file=FILE)
def descriptor_is_a_symlink(folder: Path) -> None:
    """A descriptor that is a link to a file out of the package."""
    outside = folder.parent / "elsewhere.json"
    (folder / FILE).replace(outside)
    (folder / FILE).symlink_to(outside)


@case(file="awards.csv")
def fifo(folder: Path) -> None:
    """A pipe that nobody writes to: reading it waits for ever."""
    (folder / "awards.csv").unlink()
    os.mkfifo(folder / "awards.csv")


@case(file="awards.csv")
def a_socket(folder: Path) -> None:
    """A socket."""
    (folder / "awards.csv").unlink()
    here = Path.cwd()
    os.chdir(folder)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("awards.csv")
    finally:
        os.chdir(here)


@case(file="awards.csv")
def folder_for_a_file(folder: Path) -> None:
    """A folder called awards.csv."""
    (folder / "awards.csv").unlink()
    (folder / "awards.csv").mkdir()


@case(file="pages/a.md")
def page_is_a_symlink(folder: Path) -> None:
    """A page that is a link to a file out of the package: it would be published."""
    (folder / "pages").mkdir()
    (folder.parent / "secret").write_text("secret", encoding="utf-8")
    (folder / "pages" / "a.md").symlink_to(folder.parent / "secret")


@case(file="pages")
def pages_are_a_symlink(folder: Path) -> None:
    """A folder of pages that is a link out of the package."""
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "a.md").write_text("secret", encoding="utf-8")
    (folder / "pages").symlink_to(outside)


@case(file="pages")
def page_with_a_strange_name(folder: Path) -> None:
    """A page whose file is called with a line break and an escape."""
    (folder / "pages").mkdir()
    (folder / "pages" / "a\n::error::b\x1b[31m.md").write_text("# A\n", encoding="utf-8")


@case(file="pages")
def page_whose_name_is_no_text(folder: Path) -> None:
    """A page whose file's name is no UTF-8."""
    (folder / "pages").mkdir()
    Path(os.fsdecode(os.fsencode(folder / "pages") + b"/a\xff.md")).write_text("# A\n")


@case(code=None)
def page_with_a_yaml_bomb(folder: Path) -> None:
    """Front matter that grows without end when it is written out; the build refuses it."""
    (folder / "pages").mkdir()
    lines = ["---", "a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join(['*' + chr(97 + at)] * 9)}]"
        for at in range(9)
    ]
    (folder / "pages" / "a.md").write_text("\n".join([*lines, "title: *j", "---", "", "# A"]))


@case(file="releases.json")
def releases_of_nonsense(folder: Path) -> None:
    """A list of releases that nests without end."""
    (folder / "releases.json").write_bytes(b"[" * 100_000)


@case(file="releases.json")
def releases_in_another_encoding(folder: Path) -> None:
    """A list of releases that is no UTF-8."""
    (folder / "releases.json").write_bytes(b"\xff\xfe[]")
