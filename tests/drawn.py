"""Packages drawn at random by Hypothesis: valid ones, nearly valid ones, and wild ones.

A valid one is made from the schemas: each cell is of its field's kind, each link leads somewhere.
A nearly valid one differs from such in a few places. A wild one is anything at all.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from generator import schemas
from generator.descriptor import DESCRIPTOR
from tests.conftest import LITTLEHAM

Package = Mapping[str, bytes]
"""The files of a package by name."""
Rows = list[dict[str, str]]

ORDER = (
    *("themes", "programmes", "areas", "terms", "funds", "rounds", "recipients"),
    *("funding_sources", "allocations", "stated_figures", "awards", "award_services"),
    *("award_recipients", "award_areas", "award_terms", "award_sources", "recipient_names"),
    *("recipient_identifiers", "source_values", "documents", "omissions", "queries"),
    *("outcome_reports", "outcome_measures", "duties"),
)
"""The tables that are drawn, each after those that it links to."""
ALWAYS = ("funds", "recipients", "awards", "award_services", "award_recipients")
_TAME = (
    *("Pond", "Reeds and rushes", "Bread ban posters", "The naïve café", "50% off & more"),
    *("<b>Bold</b>", "{{ x }}", "=1+1", "[link](x)", "100", "None", "not  published", "0", "null"),
    *(
        "An award",
        " ".join(["Long", "words"] * 12),
        'Says "so"',
        "Étang",
        "🦆 duck",
        "-",
        'Ponds <i> & "more"',
    ),
)
_WIDE = ("One\ntwo", "One | two; three", "A\ttab", "Café Ὀδυσσεύς", "x" * 300, "1, 2 and 3")
"""Texts that only a column of free words takes."""
_UNTAMED = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=20)
TEXTS = st.sampled_from(_TAME)
FREE = TEXTS | st.sampled_from(_WIDE) | _UNTAMED.map(lambda text: f"x{text}x")
_OF_FREE_WORDS = ("purpose", "reasons", "conditions", "note", "question", "why", "activity")
YEARS = ("2031-32", "2032-33", "2033-34")
DAYS = st.dates(date(2031, 4, 1), date(2034, 3, 31))
MISSING = st.sampled_from(["", "not published", "not applicable", "withheld"])
ODD = st.sampled_from(
    [
        *("", " ", "not published", "Withheld", "NaN", "-1", "1e5", "1,000", "£5", "0", "0.001"),
        *("9" * 20, "2031-02-30", "31/12/2031", "yes", "TRUE", "a;b", "a\nb", "\x00", "\x1b[2J"),
        *("\u202e", "\u200b", "../x", "A B", "not-published", "nowhere", "ann@person.example"),
        *("07700 900123", "Mr John Smith, 4 High Street, WR5 3DA", "<script>", "'", '"', ","),
        *("x" * 5000, "https://a.example", "javascript:x", "=cmd", "٣", "é" * 300, "\ufffd"),
    ]
)


def _field(draw: st.DrawFn, field: Mapping[str, Any], number: int) -> str:
    """A cell of a field that isn't a key or a link."""
    name, constraints = field["name"], field.get("constraints") or {}
    if name in ("source_order", "source_number", "position"):
        return str(number)
    if not constraints.get("required") and draw(st.integers(0, 3)) == 0:
        return draw(MISSING)
    if "enum" in constraints:
        return str(draw(st.sampled_from(constraints["enum"])))
    if field["type"] == "boolean":
        return draw(st.sampled_from(["yes", "no", "true", "false"]))
    if field["type"] == "date":
        return draw(DAYS).isoformat()
    if field["type"] == "integer":
        least = int(constraints.get("minimum", 0))
        return str(draw(st.integers(least, least + 40)))
    if field["type"] == "number":
        most = min(constraints.get("maximum", 10**9), 10**9)
        return str(draw(st.decimals("0.01", most, places=draw(st.sampled_from([0, 2, 2])))))
    if name in _OF_FREE_WORDS:
        return draw(FREE)
    return draw(_SHAPED.get(constraints.get("pattern", ""), st.just("not published")))


_SHAPED: Mapping[str, st.SearchStrategy[str]] = {
    "": TEXTS,
    "^([a-z0-9][a-z0-9._-]*/)+$": st.sampled_from(["awards/", "duties/", "data/dictionary/"]),
    r"^\d{4}-\d{2}$": st.sampled_from(YEARS),
    r"^https?://\S+$": st.sampled_from(["https://pond.example/", "http://a.example/x?y=1&z"]),
    "^[a-z][a-z_]*$": st.sampled_from(["awards", "funds", "title", "purpose"]),
    r"^[EKNSW]\d{8}$": st.just("E05000001"),
    "^[0-9a-f]{64}$": st.just("ab" * 32),
    "^[A-Z0-9]+(-[A-Z0-9]+)*$": st.sampled_from(["GB-COH", "GB-CHC", "X"]),
}
"""Texts of the shapes that schemas ask for; of any other, none is drawn but in links."""


def _keyed(rows: Rows, key: list[str]) -> Rows:
    """The rows, of those with one key the first."""
    return list({tuple(row[name] for name in key): row for row in reversed(rows)}.values())[::-1]


def _rows(draw: st.DrawFn, name: str, tables: Mapping[str, Rows]) -> Rows:
    schema = schemas.load(name) or {}
    rows: Rows = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        row: dict[str, str] = {}
        for field in schema["fields"]:
            row[field["name"]] = _field(draw, field, number) if field["name"] != "id" else ""
        if "id" in row:
            row["id"] = f"{name.replace('_', '-')}-{number}"
        if not all(_linked(draw, row, link, tables, schema) for link in _links(schema)):
            continue
        rows.append(row)
    return _keyed(rows, list(schema["primaryKey"]))


def _links(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The links to other tables, the widest last."""
    return sorted(schema.get("foreignKeys", ()), key=lambda one: len(one["fields"]))


def _linked(
    draw: st.DrawFn,
    row: dict[str, str],
    link: Mapping[str, Any],
    tables: Mapping[str, Rows],
    schema: Mapping[str, Any],
) -> bool:
    """Lead a link somewhere, or nowhere where it may; false where it must and can't."""
    there = tables.get(link["reference"]["resource"], [])
    needed = any(
        (field.get("constraints") or {}).get("required")
        for field in schema["fields"]
        if field["name"] in link["fields"]
    )
    if there and (needed or draw(st.booleans())):
        target = draw(st.sampled_from(there))
        for own, other in zip(link["fields"], link["reference"]["fields"], strict=True):
            row[own] = target[other]
        return True
    for own in link["fields"]:
        row[own] = "not published"
    return not needed


def _mend(tables: dict[str, Rows]) -> None:
    """Hold what no schema says: days in order, a basis beside a link, no total that is wrong."""
    for rows in tables.values():
        for row in rows:
            for first, last in _PAIRS:
                if row.get(first, "")[:2] == "20" == row.get(last, "")[:2]:
                    row[first], row[last] = sorted([row[first], row[last]])
            for name in [one for one in row if one.endswith("basis_note")]:
                row[name] = "So it is said."
            row.update({name: "not published" for name in _JUDGED if name in row})
    for award in tables["awards"]:
        award["fund_basis"] = "stated" if award["fund"].startswith("fund") else "not published"
    for recipient in tables["recipients"]:
        if recipient["kind"] == "individual":
            recipient["name"] = "Individual 1"
    services: Rows = []
    for award in tables["awards"]:
        had = [one for one in tables["award_services"] if one["award"] == award["id"]]
        services += had or [{"award": award["id"], "service": "1", "title": "A service"}]
    tables["award_services"] = services
    named = {(one["award"], one["service"]): one for one in tables["award_recipients"]}
    tables["award_recipients"] = [
        _recipient(named.get((one["award"], one["service"]), {}), one) for one in services
    ]


_JUDGED = (
    *("cap", "cap_per_area", "only_year", "published_percentage", "percentage_base", "contract"),
    *("covers_resource", "covers_where", "restricted_to"),
)
"""Columns by which other rows are judged: here they judge none."""
_PAIRS = (
    *(("start_on", "end_on"), ("decided_on", "end_on"), ("opens_on", "closes_on")),
    *(("valid_from", "valid_to"), ("period_start", "period_end")),
)


def _recipient(drawn: Mapping[str, str], service: Mapping[str, str]) -> dict[str, str]:
    id = drawn.get("recipient", "not published")
    named = id.startswith("recipient")
    return {
        "award": service["award"],
        "service": service["service"],
        "position": "1",
        "recipient": id if named else "not published",
        "published_name": drawn.get("published_name", "not published"),
        "naming": "named" if named else "none",
        "role": drawn.get("role", "recipient"),
        "basis": "stated",
    }


def csv_of(rows: Rows, header: list[str], end: str = "\n") -> bytes:
    """Rows as a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, lineterminator=end, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def packed(tables: Mapping[str, Rows]) -> dict[str, bytes]:
    """The files of a package with these tables; so few rows in a file that some are in parts."""
    descriptor = json.loads((LITTLEHAM / DESCRIPTOR).read_bytes())
    descriptor["purse"]["rows_in_a_file"] = 1 + len(tables["awards"]) % 4
    like = descriptor["resources"][0]
    descriptor["resources"] = [
        {
            **like,
            "name": name,
            "title": name.replace("_", " ").capitalize(),
            "path": f"{name}.csv",
            "schema": schemas.embedded(name, tables),
        }
        for name in tables
    ]
    made = {DESCRIPTOR: json.dumps(descriptor, indent=2, ensure_ascii=False).encode()}
    for name, rows in tables.items():
        header = [field["name"] for field in (schemas.load(name) or {})["fields"]]
        made[f"{name}.csv"] = csv_of(rows, header)
    return made


@st.composite
def valid_tables(draw: st.DrawFn) -> dict[str, Rows]:
    """The tables of a package that fits its schemas."""
    more = draw(st.sets(st.sampled_from(sorted({*ORDER} - {*ALWAYS})), max_size=6))
    tables: dict[str, Rows] = {}
    for name in ORDER:
        if name in ALWAYS or name in more:
            tables[name] = _rows(draw, name, tables)
    _mend(tables)
    return tables


def valid() -> st.SearchStrategy[Package]:
    """Packages that fit their schemas. Most have no finding that stops a build."""
    return valid_tables().map(packed)


Change = Callable[[dict[str, bytes]], None]


@st.composite
def _changes(draw: st.DrawFn, files: Mapping[str, bytes]) -> Change:
    kind = draw(st.sampled_from(["cell"] * 6 + ["row", "cut", "header", "file", "byte", "setting"]))
    name = draw(st.sampled_from(sorted(one for one in files if one.endswith(".csv"))))
    at, place = draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))
    text = draw(ODD | st.text(max_size=8))

    def change(made: dict[str, bytes]) -> None:
        if kind == "file":
            del made[name]
        elif kind == "byte":
            content = made[name]
            made[name] = content[: at % (len(content) + 1)] + bytes([place % 256]) + content[at:]
        elif kind == "setting":
            made[DESCRIPTOR] = _set(made[DESCRIPTOR], at, place, text)
        else:
            made[name] = _table(made[name], kind, at, place, text)

    return change


def _set(content: bytes, at: int, place: int, text: str) -> bytes:
    """The descriptor with one member, somewhere, set to something."""
    found = json.loads(content)
    owners: list[dict[str, Any]] = [found]
    for one in owners:
        for inner in one.values():
            inside = inner if isinstance(inner, list) else [inner]
            owners += [each for each in inside if isinstance(each, dict)]
    owner = owners[at % min(len(owners), 12)]
    name = [*owner][place % len(owner)] if owner else "x"
    owner[name] = [text, None, [], {}, 5, True, [text], {"path": text}][(at + place) % 8]
    return json.dumps(found).encode()


def _table(content: bytes, kind: str, at: int, place: int, text: str) -> bytes:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline="")))
    if not rows or not rows[0]:
        return content
    row = 1 + at % (len(rows) - 1) if len(rows) > 1 else 0
    column = place % len(rows[0])
    if kind == "header" or row == 0:
        rows[0][column] = text
    elif kind == "cell" and column < len(rows[row]):
        rows[row][column] = text
    elif kind == "row":
        rows.insert(row, deepcopy(rows[row]))
    elif kind == "cut":
        rows[row] = rows[row][:column]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=["\n", "\r\n"][at % 2]).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


@st.composite
def nearly_valid(draw: st.DrawFn) -> Package:
    """Packages with a few changes of valid ones, as slips of a hand or of a program make them."""
    made = dict(draw(valid()))
    for _ in range(draw(st.integers(1, 3))):
        if any(name.endswith(".csv") for name in made):
            draw(_changes(made))(made)
    return made


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ODD | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("name", "title", "path", "schema", "fields", "type", "resources", "purse"),
                    *("publisher", "id", "constraints", "pattern", "enum", "primaryKey", "format"),
                    *("foreignKeys", "reference", "dialect", "missingValues", "official", "url"),
                    *("limits", "bands", "licenses", "sources", "version", "created", "currency"),
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)
_BYTES = st.binary(max_size=200) | st.lists(
    ODD | FREE | st.sampled_from([",", "\n", '"', "\r\n", "id", "title", "amount"]), max_size=20
).map(lambda parts: "".join(parts).encode("utf-8", "replace"))


@st.composite
def wild(draw: st.DrawFn) -> Package:
    """Packages of anything: bytes for tables, any JSON in the descriptor, or no JSON at all."""
    made = dict(draw(valid()))
    for name in draw(st.sets(st.sampled_from(sorted(made)), min_size=1, max_size=3)):
        if name != DESCRIPTOR:
            made[name] = draw(_BYTES)
        elif draw(st.booleans()):
            found = json.loads(made[DESCRIPTOR])
            where = draw(st.sampled_from(["purse", "resources", "licenses", "sources", "title"]))
            found[where] = draw(_JSON)
            made[DESCRIPTOR] = json.dumps(found).encode()
        else:
            made[DESCRIPTOR] = draw(_BYTES | _JSON.map(lambda value: json.dumps(value).encode()))
    return made


def write(folder: Path, files: Package) -> Path:
    """Write a package, and take out what else lies there."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder
