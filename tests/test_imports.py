"""The house's rules, read from the code: which way imports point, who touches files, no floats."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "generator"
_ORDER = (
    (
        *(
            "",
            "background",
            "bands",
            "ending",
            "engine",
            "errors",
            "inside",
            "json_text",
            "kept",
            "compiled",
            "licences",
            "limits",
            "lock",
            "manifest",
            "missing",
            "money",
            "yaml_text",
        ),
        *("patterns", "plain_values"),
        *("personal", "personal_areas", "personal_fold", "personal_lists", "personal_mentions"),
        *("personal_names", "personal_numbers", "personal_places", "personal_postcodes"),
        *("personal_sieve", "personal_words"),
        *(
            "progress",
            "release_list",
            "safety",
            "scope",
            "scratch",
            "slugs",
            "spreadsheets",
            "urls",
        ),
    ),
    (
        *(
            "body",
            "csv_columns",
            "descriptor",
            "descriptor_shape",
            "elsewhere",
            "schema_shape",
            "findings",
            "matching",
            "model.base",
            "package",
            "parquet_columns",
            "parquet_pages",
            "parts",
            "place",
        ),
        *("grouping", "joined_sets", "machine", "project", "rows", "selectors", "swapping"),
        *("archive", "csv_lines", "measures", "walk", "write", "write_build", "write_site"),
    ),
    (
        *("model.awards", "model.commissioning", "model.finance", "model.headings"),
        *("model.publication", "model"),
    ),
    (
        "exports",
        "exports.base",
        "cells",
        "figures",
        "frames",
        "latest",
        "ledger",
        "linking",
        "relations",
        "schemas",
        "tables",
    ),
    ("canonical", "draft", "formatting", "workbook_form", "workbook_help"),
    ("checks.registry", "checks.settings", "checks.suspects", "summaries", "summaries.*"),
    (
        *(
            "checks.amounts",
            "checks.clean_columns",
            "checks.clean_descriptor",
            "checks.clean_links",
            "checks.clean_parts",
        ),
        *("checks.contracts", "checks.dates", "checks.duties", "checks.every", "checks.funds"),
        *("checks.identity", "checks.likeness", "checks.monitoring", "checks.privacy"),
        *("checks.privacy_hiding", "checks.privacy_places"),
        *("checks.privacy_reviews", "checks.privacy_scan"),
        *("checks.publication", "checks.recipients", "checks.reference", "checks.structure"),
        *("checks.structure_given", "checks.structure_report"),
        *("checks.sizes", "checks.totals", "checks.unseen", "checks.values", "reconcile"),
        *("effects", "history", "record", "revising", "revisions", "revisions_faults"),
        *("revisions_report",),
        *(
            "verify",
            "verify_figures",
            "verify_markup",
            "verify_rows",
            "verify_sources",
            "verify_verdict",
            "verify_tables",
        ),
    ),
    ("checks", "feeds", "indicators", "monitoring"),
    ("exports.*",),
    ("imports", "imports.*"),
    ("downloads", "releases"),
    ("together", "together.identity", "together.mounts", "together.same_as"),
    ("charts", "charts.*"),
    ("pages.*",),
    ("corrections", "explorer", "handwritten", "indexing", "pages", "search", "social"),
    ("together.*",),
    ("stamping",),
    ("moulds",),
    ("shells",),
    ("theme_files",),
    ("given", "outputs"),
    ("assembly", "builder", "checked", "joined", "together.contents"),
    ("joined_on_demand", "on_demand"),
    ("cluster", "order", "target"),
    ("site",),
    ("commenting", "commenting.*", "importing", "preview", "releasing", "starting"),
    ("commands", "commands.*"),
    ("cli",),
    ("__main__",),
)
"""Every module in its storey, lowest first. A module imports from its own storey or below.

`pages.*` are those modules of a folder that have no storey of their own.
"""
RANKS = {name: rank for rank, storey in enumerate(_ORDER) for name in storey}
FLOATS = {
    "lock": "seconds between two looks at a lock",
    "preview": "seconds between two looks at a file",
    "checks.structure_report": "how alike two spellings are",
}
"""Modules with a float in them, and why: never money."""

CLOCKED = {
    "commands.base": "the date that an entry of the record of changes bears, unless one is given",
    "preview": "it waits between two looks at a file",
    "commands.new": "the date that a new package bears, unless one is given",
}
"""Modules that look at the clock, and why: never to make a page or a file of the site."""

TOUCH_FILES = {
    "archive",  # a zip, in a file that has no name
    *("kept", "compiled"),  # keep what was made once beside the program
    "limits",  # reads its own table, which ships beside it
    "inside",  # reads the files of a folder, and looks first whether they lie in it
    *("descriptor", "handwritten", "outputs", "package", "preview", "project", "schemas"),
    *("site", "theme_files", "write", "write_build", "write_site"),
    *("history", "importing", "releasing", "verify_sources"),
    "shells",  # hands stubs to the site builder and takes what it makes of them
    "indexing",  # hands pages to Pagefind and takes its files
    "elsewhere",  # copies packages here, as fsspec reaches them
    "order",  # reads the program's own files, to tell versions apart
    *("place", "target"),
    "background",  # hands out the numbers of jobs through a pipe
    "builder",  # runs the site builder
    "ending",  # asks the system to end a process with its parent
    "lock",  # holds a file beside the folder that is worked on
    "machine",  # names the file that the machine refused
    "scratch",  # makes folders for a while, and sweeps those that killed processes left
    "swapping",  # renames whole folders
    "cli",  # reads the environment
    "imports.reading",  # the only reader of other people's files
    "imports.workbook_sizes",  # opens the parts of a workbook that was read
}
FILE_WORK = re.compile(
    r"\bopen\(|\bPath\(|\.(read|write)_(bytes|text)\(|\.(mkdir|rmdir|unlink|rename|touch|glob|rglob"
    r"|iterdir|is_file|is_dir|exists|stat)\(|\bshutil\.|\bos\.|\btempfile\."
)


def module_name(path: Path) -> str:
    """`checks.funds` for generator/checks/funds.py, `checks` for the package itself."""
    parts = path.relative_to(FOLDER).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def rank_of(name: str) -> int | None:
    """A module's storey; None when it has none."""
    return RANKS.get(name, RANKS.get(f"{name.rpartition('.')[0]}.*"))


FILES = {module_name(path): path for path in sorted(FOLDER.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules of ours that a module imports, at its top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names: list[tuple[str, str | None]] = [(alias.name, None) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            names = [(f"{node.module}.{alias.name}", node.module) for alias in node.names]
        else:
            continue
        for name, source in names:
            full = name.removeprefix("generator.").removeprefix("generator")
            if name.split(".")[0] == "generator":
                home = (source or "").removeprefix("generator.").removeprefix("generator")
                yield full if full in FILES else home


IMPORTS = {name: sorted(set(imported(tree))) for name, tree in TREES.items()}


def test_every_module_has_its_storey() -> None:
    listed = [name for storey in _ORDER for name in storey]
    assert len(listed) == len(RANKS), "a module is listed twice"
    without = [name for name in FILES if rank_of(name) is None]
    assert not without, f"give it a storey in tests/test_imports.py: {', '.join(without)}"
    gone = [name for name in RANKS if not name.endswith(".*") and name not in FILES]
    assert not gone, f"a module is gone; take it out of the storeys: {', '.join(gone)}"


@pytest.mark.parametrize("name", FILES)
def test_imports_point_down(name: str) -> None:
    upward = [one for one in IMPORTS[name] if (rank_of(one) or 0) > (rank_of(name) or 0)]
    assert not upward, f"{name} imports {', '.join(upward)} from above"


def test_there_are_no_cycles() -> None:
    TopologicalSorter(IMPORTS).prepare()


def _touches(name: str) -> bool:
    """Commands name folders for others to touch, and touch none themselves but by `Path()`."""
    return name in TOUCH_FILES or name.startswith("commands.")


@pytest.mark.parametrize("name", [one for one in sorted(FILES) if not _touches(one)])
def test_the_rest_touches_no_files(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    found = [
        f"line {number}: {line.strip()}"
        for number, line in zip(count(1), text.splitlines(), strict=False)
        if FILE_WORK.search(line)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", FILES)
def test_there_is_no_float(name: str) -> None:
    for node in ast.walk(TREES[name]):
        called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        assert not called, f"{name}, line {getattr(node, 'lineno', '?')}: float("
        assert not literal or name in FLOATS, (
            f"{name}, line {getattr(node, 'lineno', '?')}: a float"
        )


def test_there_is_no_clock() -> None:
    clock = re.compile(r"\b(now|today|utcnow|time)\(\)")
    for name, path in FILES.items():
        assert name in CLOCKED or not clock.search(path.read_text(encoding="utf-8")), name


TEMPLATES = sorted((FOLDER / "templates").iterdir())
_EXPRESSION = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}", re.DOTALL)
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_ADDS = re.compile(r"(?<![-+])[-+*/%](?!\})|\|\s*(sum|round|float|int|abs)\b")


def sums_in(template: str) -> list[str]:
    """Expressions that compute, joining texts with + or ~ and the marks of blocks left out."""
    found = []
    for output, block in _EXPRESSION.findall(template):
        joins = re.sub(r'\+\s*(?="")|(?<="")\s*\+', " ", _STRING.sub('""', output or block))
        if _ADDS.search(joins.strip().strip("-+")):
            found.append((output or block).strip())
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_do_no_arithmetic(path: Path) -> None:
    assert sums_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "template",
    [
        *("{{ a + b }}", "{{ a-b }}", "{{ 100 * a }}", "{{ a / b }}", "{{ a % 2 }}"),
        *("{{ rows | sum }}", "{{ a|round(2) }}", "{% if a - b %}", "{% set c = a + 1 %}"),
        '{{ x + a + "b" }}',
    ],
)
def test_arithmetic_is_noticed(template: str) -> None:
    assert sums_in(template)


@pytest.mark.parametrize(
    "template",
    ['{{ "Amount, " + basis }}', "{{ '50% - more' }}", "{%- if a -%}", "a - b", "{{ a }}"],
)
def test_joining_texts_is_no_arithmetic(template: str) -> None:
    assert not sums_in(template)


def test_the_shipped_stylesheet_and_templates_are_where_the_code_looks() -> None:
    for kind in ("templates", "theme"):
        assert (FOLDER / kind).is_dir()
