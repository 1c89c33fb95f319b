"""The workflows ask for no more than they need."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(path for path in FOLDER.iterdir() if path.suffix in {".yml", ".yaml"})
PUBLISHING = {"pages": "write", "id-token": "write"}
WRITING = {"deploy": PUBLISHING, "release": {"contents": "write"}}
"""The jobs that may write, and what."""
RELEASING = (
    'gh release create "$GITHUB_REF_NAME" --verify-tag --title "$GITHUB_REF_NAME" '
    '--notes "The data of this version, and the note that proves it and the site." '
    'dist/*-"${GITHUB_REF_NAME#v}".zip dist/*-"${GITHUB_REF_NAME#v}".json'
)
LISTED = 'test -z "$(git status --porcelain -- data)"'


def jobs_of(path: Path) -> dict[str, dict[str, Any]]:
    jobs: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return jobs


def steps_of(path: Path) -> Iterator[dict[str, Any]]:
    for job in jobs_of(path).values():
        yield from job["steps"]


def test_there_are_a_check_a_publication_and_a_release() -> None:
    assert [path.name for path in WORKFLOWS] == ["check.yml", "publish.yml", "release.yml"]


def test_a_release_is_made_for_a_tag_and_builds_the_published_site() -> None:
    path = FOLDER / "release.yml"
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow[True] == {"push": {"tags": ["v*"]}}
    (job,) = jobs_of(path).values()
    assert job["permissions"] == {"contents": "write", "pages": "read"}
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert commands == ["make site", "make release", LISTED, RELEASING]
    built = next(step for step in job["steps"] if step.get("run") == "make site")
    published = [step for step in steps_of(FOLDER / "publish.yml") if "run" in step]
    assert [step["env"] for step in published] == [built["env"]], "the same address, same bytes"


def test_actions_have_one_version_in_all_workflows() -> None:
    used = {one for path in WORKFLOWS for one in re.findall("uses: *(.*)", path.read_text("utf-8"))}
    assert len({one.partition("@")[0] for one in used}) == len(used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
class TestEachWorkflow:
    def test_nothing_is_allowed_at_the_top(self, path: Path) -> None:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert workflow["permissions"] == {}
        assert workflow["concurrency"]["group"]

    def test_only_the_job_that_publishes_may_write(self, path: Path) -> None:
        for name, job in jobs_of(path).items():
            written = {what: how for what, how in job["permissions"].items() if how != "read"}
            assert written == WRITING.get(name, {}), name

    def test_the_job_that_publishes_runs_no_code_of_the_repository(self, path: Path) -> None:
        deploy = jobs_of(path).get("deploy", {"steps": []})
        assert all(step["uses"].startswith("actions/deploy-pages@") for step in deploy["steps"])

    def test_no_secret_is_used(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert "secrets." not in text
        assert "secrets:" not in text

    def test_pull_requests_run_without_rights_of_the_target(self, path: Path) -> None:
        triggers = yaml.safe_load(path.read_text(encoding="utf-8"))[True]  # YAML reads "on" so
        assert set(triggers) <= {"pull_request", "push"}

    def test_actions_are_pinned_to_commits_with_their_version(self, path: Path) -> None:
        used = re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8"))
        assert used
        for one in used:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one

    def test_the_checkout_leaves_no_token_behind(self, path: Path) -> None:
        for step in steps_of(path):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False

    def test_commands_are_make_targets_without_templates(self, path: Path) -> None:
        for step in steps_of(path):
            if "run" in step and step["run"] not in (LISTED, RELEASING):
                assert re.fullmatch(r"make [a-z]+( FORMAT=github)?", step["run"])

    def test_no_job_runs_for_ever(self, path: Path) -> None:
        assert all(job["timeout-minutes"] <= 30 for job in jobs_of(path).values())
