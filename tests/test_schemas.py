"""The Table Schemas say all that a publisher needs, and the copies of them are current."""

import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from generator import package, schemas
from generator.errors import UnreadablePackage, UsageProblem
from generator.ledger import resource_types
from tests.conftest import LITTLEHAM, ROOT, edit, edit_descriptor

PACKAGES = (*package.find(ROOT / "data"), *package.find(ROOT / "tests" / "packages"))
LABELS = {
    "": "Left blank, read as not published",
    "not published": "Not published",
    "not applicable": "Not applicable",
    "withheld": "Withheld",
}


def schema(name: str) -> dict[str, Any]:
    found = schemas.load(name)
    assert found is not None
    return found


def descriptor(folder: Path) -> dict[str, Any]:
    text = (folder / "datapackage.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def test_there_is_a_schema_for_each_record_of_the_ledger() -> None:
    assert set(schemas.names()) == set(resource_types())


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_explains_itself(name: str) -> None:
    found = schema(name)
    assert found["name"] == name
    for described in (found, *found["fields"]):
        assert described["title"].strip(), described
        assert described["description"].strip().endswith("."), described
    titles = [field["title"] for field in found["fields"]]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", schemas.names())
def test_every_code_has_a_label(name: str) -> None:
    for field in schema(name)["fields"]:
        codes = field.get("constraints", {}).get("enum")
        categories = field.get("categories")
        assert (codes is None) == (categories is None), field["name"]
        if codes is not None:
            assert [one["value"] for one in categories] == codes
            assert all(one["label"].strip() for one in categories)


@pytest.mark.parametrize("name", schemas.names())
def test_every_kind_of_absence_has_a_label(name: str) -> None:
    assert {one["value"]: one["label"] for one in schema(name)["missingValues"]} == LABELS


@pytest.mark.parametrize("name", schemas.names())
def test_keys_and_links_name_columns_that_exist(name: str) -> None:
    found = schema(name)
    columns = {field["name"] for field in found["fields"]}
    assert found["primaryKey"]
    assert set(found["primaryKey"]) <= columns
    for key in found.get("foreignKeys", ()):
        target = schema(key["reference"]["resource"] or name)
        assert set(key["fields"]) <= columns
        assert set(key["reference"]["fields"]) <= {field["name"] for field in target["fields"]}


@pytest.mark.parametrize("name", schemas.names())
def test_the_columns_are_those_of_the_record(name: str) -> None:
    record = resource_types()[name]
    columns = [field["name"] for field in schema(name)["fields"]]
    assert columns == [key for key in record.__struct_fields__ if key != "at"]


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda path: path.name)
def test_the_copies_in_descriptors_are_current(folder: Path) -> None:
    assert schemas.drifted(descriptor(folder)) == ()


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda path: path.name)
def test_stock_frictionless_finds_our_packages_valid(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "note"])
    assert {task.name for task in report.tasks} == {
        one["name"] for one in descriptor(folder)["resources"]
    }


def test_drift_is_found_and_mended(littleham: Path) -> None:
    path = littleham / "datapackage.json"
    before = path.read_bytes()
    edit(littleham, "datapackage.json", "The awards. One row", "Awards. One row")
    assert schemas.drifted(descriptor(littleham)) == ("awards",)
    assert schemas.refresh(path) == ("awards",)
    assert path.read_bytes() == before
    assert schemas.refresh(path) == ()


def test_a_refresh_of_what_is_current_leaves_the_file_alone(littleham: Path) -> None:
    path = littleham / "datapackage.json"
    path.write_text(json.dumps(descriptor(littleham)), encoding="utf-8")
    before = path.read_bytes()
    assert schemas.refresh(path) == ()
    assert path.read_bytes() == before


@pytest.mark.parametrize("resource", [{"name": "funds"}, {"name": "funds", "schema": "funds.json"}])
def test_a_missing_schema_is_drift(littleham: Path, resource: dict[str, object]) -> None:
    edit_descriptor(littleham, lambda found: found.update(resources=[resource]))
    assert schemas.refresh(littleham / "datapackage.json") == ("funds",)
    assert descriptor(littleham)["resources"][0]["schema"] == schemas.embedded("funds", ["funds"])


def test_a_publishers_own_resource_is_left_alone(littleham: Path) -> None:
    own = {"name": "ponds", "path": "ponds.csv", "schema": {"fields": []}}
    edit_descriptor(littleham, lambda found: found.update(resources=[own, "not an object"]))
    assert schemas.refresh(littleham / "datapackage.json") == ()


def test_links_to_resources_that_are_not_there_are_left_out() -> None:
    def targets(*listed: str) -> list[str]:
        found = schemas.embedded("awards", listed)
        assert found is not None
        return [key["reference"]["resource"] for key in found.get("foreignKeys", ())]

    assert targets("awards", "funds") == ["funds"]
    assert set(targets("awards", "funds", "themes")) == {"funds", "themes"}
    assert targets() == []
    bare = schemas.embedded("awards", ())
    assert bare is not None
    assert "foreignKeys" not in bare
    copy = {one["name"]: one["schema"] for one in descriptor(LITTLEHAM)["resources"]}["awards"]
    assert [key["reference"]["resource"] for key in copy["foreignKeys"]] == ["funds"]


def test_there_is_no_schema_of_an_unknown_name() -> None:
    assert schemas.load("ponds") is None
    assert schemas.embedded("ponds", ()) is None


def test_a_folder_without_descriptor_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"has no datapackage\.json"):
        schemas.refresh(tmp_path / "datapackage.json")


def test_a_broken_descriptor_is_told_so(littleham: Path) -> None:
    edit(littleham, "datapackage.json", '"name": "littleham",', '"name": "littleham"')
    with pytest.raises(UnreadablePackage, match="line 4: this is not valid JSON"):
        schemas.refresh(littleham / "datapackage.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["name", "schema"]), inner),
    max_leaves=8,
)


@given(JSON)
def test_drift_can_be_asked_of_any_descriptor(resources: object) -> None:
    assert set(schemas.drifted({"resources": resources})) <= set(schemas.names())


@pytest.mark.parametrize("name", ["../pyproject", "../data/x/datapackage", "", "x" * 300, "A\0"])
def test_no_name_leads_out_of_the_folder_of_schemas(name: str) -> None:
    assert schemas.load(name) is None


def test_a_name_that_is_a_path_reads_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "secret.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(schemas, "folder", lambda: tmp_path / "schemas")
    assert schemas.load("../secret") is None
