"""The workflows ask for no more than they need, and their scripts do what they say."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(path for path in FOLDER.iterdir() if path.suffix in {".yml", ".yaml"})
READING = {"contents": "read"}
PERMISSIONS = {
    "audit": {"audit": READING},
    "check": dict.fromkeys(("data", "preview", "test", "zensical"), READING),
    "comment": {"comment": {"actions": "read", "pull-requests": "write"}},
    "inbox": {"import": {"contents": "write"}, "check": {"actions": "write"}},
    "publish": {
        "build": {**READING, "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    },
    "release": {
        "build": {**READING, "pages": "read"},
        "release": {"actions": "read", "contents": "write"},
    },
    "workbook": {"workbook": READING},
}
"""Each job of each workflow, and all that it may do."""
TRIGGERS = {
    "audit": {"schedule": [{"cron": "17 5 * * 1"}], "workflow_dispatch": None},
    "check": {"pull_request": None, "push": {"branches": ["main"]}, "workflow_dispatch": None},
    "comment": {"workflow_run": {"workflows": ["Check"], "types": ["completed"]}},
    "inbox": {"push": {"branches-ignore": ["main"], "paths": ["data/inbox/**"]}},
    "publish": {"push": {"branches": ["main"]}},
    "release": {"push": {"tags": ["v*"]}},
    "workbook": {
        "workflow_dispatch": {
            "inputs": {
                "package": {
                    "description": "The folder in data/. It may stay blank if there is only one.",
                    "required": False,
                    "type": "string",
                }
            }
        }
    },
}
"""What starts each workflow."""
LISTED = 'test -z "$(git status --porcelain -- data)"'
SCRIPTS = {
    "comment": ["Post the text, or renew it"],
    "inbox": [
        "Import; the account is in this run's summary",
        "Put the files on the branch",
        "Stop if a file could not be imported",
        "Start the check of the branch as it is now",
    ],
    "check": ["Show the comment's text here, too"],
    "release": [
        "Stop if the version was not listed in releases.json",
        "Attach the files; the tag must be the version",
    ],
}
"""The steps that are more than a make target."""


def jobs_of(path: Path) -> dict[str, dict[str, Any]]:
    jobs: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return jobs


def steps_of(path: Path) -> Iterator[dict[str, Any]]:
    for job in jobs_of(path).values():
        yield from job["steps"]


def workflow(name: str) -> dict[Any, Any]:
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    found: dict[Any, Any] = yaml.safe_load(text)
    return found


def step(name: str, title: str) -> dict[str, Any]:
    """The step of a workflow that has this name."""
    (found,) = (one for one in steps_of(FOLDER / f"{name}.yml") if one.get("name") == title)
    return found


def test_the_workflows_are_known() -> None:
    assert [path.name for path in WORKFLOWS] == [f"{name}.yml" for name in sorted(PERMISSIONS)]


def test_a_release_is_made_for_a_tag_and_builds_the_published_site() -> None:
    path = FOLDER / "release.yml"
    job = jobs_of(path)["build"]
    commands = [step["run"] for step in job["steps"] if "run" in step]
    made = ["make check PUBLISH=yes", "make site", "make release", LISTED, "make sbom"]
    assert commands == made
    built = next(step for step in job["steps"] if step.get("run") == "make site")
    published = [step for step in steps_of(FOLDER / "publish.yml") if "run" in step]
    assert [step["run"] for step in published] == ["make check PUBLISH=yes", "make site"]
    assert published[1]["env"] == built["env"], "the same address, same bytes"


def test_actions_have_one_version_in_all_workflows() -> None:
    used = {one for path in WORKFLOWS for one in re.findall("uses: *(.*)", path.read_text("utf-8"))}
    assert len({one.partition("@")[0] for one in used}) == len(used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
class TestEachWorkflow:
    def test_nothing_is_allowed_at_the_top(self, path: Path) -> None:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert workflow["permissions"] == {}
        assert workflow["concurrency"]["group"]

    def test_each_job_has_just_its_permissions(self, path: Path) -> None:
        found = {name: job["permissions"] for name, job in jobs_of(path).items()}
        assert found == PERMISSIONS[path.stem]

    def test_the_job_that_publishes_runs_no_code_of_the_repository(self, path: Path) -> None:
        deploy = jobs_of(path).get("deploy", {"steps": []})
        assert all(step["uses"].startswith("actions/deploy-pages@") for step in deploy["steps"])

    def test_no_secret_is_used(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert "secrets." not in text
        assert "secrets:" not in text

    def test_only_its_triggers_start_it(self, path: Path) -> None:
        assert workflow(path.stem)[True] == TRIGGERS[path.stem]  # YAML reads "on" so
        assert "pull_request_target" not in path.read_text(encoding="utf-8")

    def test_actions_are_pinned_to_commits_with_their_version(self, path: Path) -> None:
        used = re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8"))
        assert used or path.stem == "comment"
        for one in used:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one

    def test_the_checkout_leaves_no_token_behind(self, path: Path) -> None:
        for one in steps_of(path):
            if one.get("uses", "").startswith("actions/checkout@"):
                assert one["with"]["persist-credentials"] is False

    def test_the_token_is_given_only_to_steps_that_run_no_program_of_ours(self, path: Path) -> None:
        """A job's own settings would give it to each of its steps."""
        whole = workflow(path.stem)
        for around in (whole, *jobs_of(path).values()):
            assert "env" not in around
            assert "defaults" not in around
        for one in steps_of(path):
            said = json.dumps([one.get("env"), one.get("with")])
            if "github.token" in said or "GITHUB_TOKEN" in said:
                assert set(one["env"]) >= {"GH_TOKEN"}
                assert "make" not in one["run"]
                assert "python" not in one["run"]

    def test_jobs_that_may_write_run_no_program_of_ours(self, path: Path) -> None:
        """But the inbox: its program is main's, and the token comes after it."""
        for name, job in jobs_of(path).items():
            if "write" in job["permissions"].values() and (path.stem, name) != ("inbox", "import"):
                for one in job["steps"]:
                    assert "checkout" not in one.get("uses", "")
                    assert not re.search(r"\b(make|pip|python)\b", one.get("run", ""))

    def test_it_runs_on_machines_that_are_thrown_away(self, path: Path) -> None:
        assert {job["runs-on"] for job in jobs_of(path).values()} == {"ubuntu-24.04"}
        for job in jobs_of(path).values():
            assert not {"container", "services", "uses"} & set(job)

    def test_nothing_is_kept_from_one_run_for_another(self, path: Path) -> None:
        """What a stranger's run left in a cache could be used where the site is published."""
        for one in steps_of(path):
            assert "cache" not in one.get("uses", "")
            assert not any("cache" in key for key in one.get("with", {}))

    def test_commands_are_make_targets_but_for_a_few_scripts(self, path: Path) -> None:
        scripts = SCRIPTS.get(path.stem, [])
        for one in steps_of(path):
            if "run" in one and one.get("name") not in scripts:
                assert re.fullmatch(r"make (-C tools )?[a-z]+( [A-Z]+=[a-z]+)*", one["run"])
        assert set(scripts) <= {one.get("name") for one in steps_of(path)}

    def test_no_template_stands_in_a_command(self, path: Path) -> None:
        """What others chose reaches a script as an environment variable or not at all."""
        for one in steps_of(path):
            assert "${{" not in one.get("run", "")

    def test_no_job_runs_for_ever(self, path: Path) -> None:
        assert all(job["timeout-minutes"] <= 30 for job in jobs_of(path).values())


def test_what_a_stranger_sends_runs_only_where_nothing_can_be_written() -> None:
    """Code of a pull request runs in check.yml alone; comment.yml and inbox.yml run none."""
    assert not any("uses" in one for one in steps_of(FOLDER / "comment.yml"))
    checkouts = [
        one["with"] for one in steps_of(FOLDER / "inbox.yml") if "checkout" in one.get("uses", "")
    ]
    assert [(one["path"], one["ref"]) for one in checkouts] == [
        ("tools", "main"),
        ("work", "${{ github.ref }}"),
    ]
    job = workflow("inbox")["jobs"]["import"]
    assert job["if"] == "${{ !github.event.repository.fork }}"
    for one in job["steps"]:
        assert "make" not in one.get("run", "") or " -C tools " in one["run"]
    assert "checkout" not in str(workflow("inbox")["jobs"]["check"])


def test_what_is_released_is_what_was_built(tmp_path: Path) -> None:
    """The release's script, with a stand-in for GitHub's command."""
    (tmp_path / "gh").write_text(RELEASING_GH, encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    kept = next(
        one["with"]
        for one in steps_of(FOLDER / "release.yml")
        if one.get("uses", "").startswith("actions/upload-artifact@")
    )
    assert (kept["name"], kept["path"], kept["if-no-files-found"]) == ("release", "dist", "error")
    script = step("release", "Attach the files; the tag must be the version")
    surroundings = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "GITHUB_REPOSITORY": "funder/purse",
        "GITHUB_RUN_ID": "5",
        "GITHUB_REF_NAME": "v1.0.0",
    }
    subprocess.run(["bash", "-e", "-c", script["run"]], cwd=tmp_path, env=surroundings, check=True)
    calls = [json.loads(line) for line in (tmp_path / "calls.txt").read_text().splitlines()]
    (fetched, _), (made, notes) = calls
    assert fetched == [
        *("run", "download", "5", "--repo", "funder/purse", "--name", "release", "--dir", "dist")
    ]
    assert made == [
        *("release", "create", "v1.0.0", "--repo", "funder/purse", "--verify-tag"),
        *("--title", "v1.0.0", "--notes-file", "-"),
        *("dist/my-funder-1.0.0.zip", "dist/my-funder-1.0.0.json", "dist/public-purse-sbom.json"),
    ]
    assert notes.startswith("The data of this version")


def test_a_pull_request_is_checked_compared_and_built() -> None:
    jobs = workflow("check")["jobs"]
    commands = [one["run"] for one in jobs["data"]["steps"] if "run" in one]
    assert commands[:3] == [
        "make check FORMAT=github PUBLISH=yes",
        "make formatted",
        "make comment",
    ]
    assert step("check", "See whether the files are in their one form (only a hint)")[
        "continue-on-error"
    ]
    assert jobs["preview"]["needs"] == "data", "no preview of data with errors"
    kept = [
        one["with"]
        for one in steps_of(FOLDER / "check.yml")
        if one.get("uses", "").startswith("actions/upload-artifact@")
    ]
    assert [(one["name"], one["path"], one["retention-days"]) for one in kept] == [
        ("comment", "comment.md", 14),
        ("preview", "site", 14),
    ]


def test_the_workbook_can_be_downloaded_as_it_is() -> None:
    *_, making, leaving = steps_of(FOLDER / "workbook.yml")
    assert making["run"] == "make workbook"
    assert making["env"] == {"PACKAGE": "${{ inputs.package }}"}
    assert leaving["with"] == {"path": "*.xlsx", "archive": False, "retention-days": 7}


@pytest.mark.parametrize(
    "package", ["", "my-funder", "$(shell touch stolen)`touch stolen`$(touch stolen); touch stolen"]
)
def test_a_package_is_named_and_never_run(package: str, tmp_path: Path) -> None:
    said = tmp_path / "said.py"
    said.write_text("import json, sys; print(json.dumps(sys.argv[1:]))", encoding="utf-8")
    makefile = ["-s", "-f", str(ROOT / "Makefile"), "-o", ".venv/.site-installed"]
    done = subprocess.run(
        ["make", *makefile, "workbook", f"PURSE={sys.executable} {said}"],
        cwd=tmp_path,
        env={**os.environ, "PACKAGE": package},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == ["workbook", *([f"data/{package}"] if package else [])]
    assert not (tmp_path / "stolen").exists()


GH = """#!/usr/bin/env python3
import json, os, shutil, sys
given = sys.argv[1:]
world = json.load(open("world.json"))
with open("calls.txt", "a") as calls:
    print(json.dumps(given), file=calls)
if given[:2] == ["run", "download"]:
    shutil.copytree("artifact", "text", symlinks=True)
elif "POST" in given or "PATCH" in given:
    (field,) = [one for one in given if one.startswith("body=@")]
    shutil.copyfile(field.removeprefix("body=@"), "posted")
elif "artifacts" in given[1]:
    print(json.dumps({"artifacts": world["artifacts"]}))
elif "--paginate" in given:
    print(json.dumps(world["comments"]))
else:
    print(json.dumps(world["pulls"]))
"""
"""A stand-in for GitHub's command: it answers from world.json and notes what it was asked."""
RELEASING_GH = """#!/usr/bin/env python3
import json, sys
from pathlib import Path
given = sys.argv[1:]
with open("calls.txt", "a") as calls:
    print(json.dumps([given, sys.stdin.read() if "-" in given else ""]), file=calls)
if given[:2] == ["run", "download"]:
    Path("dist").mkdir()
    for name in ("my-funder-1.0.0.zip", "my-funder-1.0.0.json", "public-purse-sbom.json",
                 "my-funder-0.9.0.zip"):
        (Path("dist") / name).touch()
"""
MARKER = "<!-- public-purse -->"
PULL = {"number": 7, "head": {"sha": "abc", "repo": {"full_name": "stranger/purse"}}}
OURS = {"id": 31, "user": {"login": "github-actions[bot]"}, "body": f"{MARKER}\nold"}


@pytest.fixture
def github(tmp_path: Path) -> Path:
    """A folder with a false GitHub in it: one pull request, its check's text, no comment yet."""
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed; GitHub's machines have it")
    tmp_path.joinpath("bin").mkdir()
    command = tmp_path / "bin" / "gh"
    command.write_text(GH, encoding="utf-8")
    command.chmod(0o755)
    (tmp_path / "artifact").mkdir()
    (tmp_path / "artifact" / "comment.md").write_text(f"{MARKER}\nWords “x”\n", encoding="utf-8")
    let(tmp_path)
    return tmp_path


def let(folder: Path, **given: object) -> None:
    """Say how the false GitHub's world is."""
    world = {"artifacts": [{"size_in_bytes": 100}], "pulls": [PULL], "comments": [[]], **given}
    (folder / "world.json").write_text(json.dumps(world), encoding="utf-8")


def post(folder: Path) -> tuple[int, list[list[str]], str | None]:
    """Run the script of comment.yml: its exit code, what it wrote where, and the text."""
    surroundings = {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "GITHUB_REPOSITORY": "funder/purse",
        "RUN_ID": "5",
        "HEAD_OWNER": "stranger",
        "HEAD_REPOSITORY": "stranger/purse",
        "HEAD_BRANCH": "a branch $(touch stolen) `x`",
        "HEAD_SHA": "abc",
    }
    script = step("comment", "Post the text, or renew it")
    assert set(script["env"]) == {*surroundings, "GH_TOKEN"} - {"PATH", "GITHUB_REPOSITORY"}
    done = subprocess.run(["bash", "-e", "-c", script["run"]], cwd=folder, env=surroundings)
    assert not (folder / "stolen").exists()
    calls = [json.loads(line) for line in (folder / "calls.txt").read_text().splitlines()]
    posted = folder / "posted"
    body = posted.read_text(encoding="utf-8") if posted.exists() else None
    return done.returncode, [one for one in calls if {"POST", "PATCH"} & set(one)], body


class TestPosting:
    def test_the_first_comment(self, github: Path) -> None:
        code, written, body = post(github)
        assert code == 0
        assert [one[3:5] for one in written] == [["POST", "repos/funder/purse/issues/7/comments"]]
        assert body == f"{MARKER}\nWords “x”\n"

    def test_the_comment_renewed(self, github: Path) -> None:
        stranger = {**OURS, "id": 30, "user": {"login": "stranger"}}
        let(github, comments=[[stranger, {**OURS, "id": 29, "body": None}], [OURS]])
        code, written, _ = post(github)
        assert code == 0
        assert [one[3:5] for one in written] == [["PATCH", "repos/funder/purse/issues/comments/31"]]

    @pytest.mark.parametrize(
        "pulls",
        [
            [],
            [PULL, PULL],
            [{**PULL, "head": {**PULL["head"], "sha": "later"}}],  # type: ignore[dict-item]
            [{**PULL, "head": {"sha": "abc", "repo": {"full_name": "stranger/other"}}}],
            [{**PULL, "head": {"sha": "abc", "repo": None}}],
        ],
        ids=["none", "several", "another commit", "another repository", "a deleted fork"],
    )
    def test_no_pull_request_that_is_surely_meant(self, github: Path, pulls: list[object]) -> None:
        let(github, pulls=pulls)
        assert post(github) == (0, [], None)

    def test_a_check_that_left_no_text(self, github: Path) -> None:
        let(github, artifacts=[])
        assert post(github) == (0, [], None)

    def test_an_artifact_that_is_too_large(self, github: Path) -> None:
        let(github, artifacts=[{"size_in_bytes": 300000}])
        assert post(github) == (1, [], None)

    @pytest.mark.parametrize("text", ["Words", "", f"{MARKER}\n" + "x" * 70000])
    def test_a_text_that_is_not_ours(self, github: Path, text: str) -> None:
        (github / "artifact" / "comment.md").write_text(text, encoding="utf-8")
        assert post(github) == (1, [], None)

    def test_a_link_to_another_file(self, github: Path) -> None:
        (github / "secret").write_text(f"{MARKER}\nsecret", encoding="utf-8")
        (github / "artifact" / "comment.md").unlink()
        (github / "artifact" / "comment.md").symlink_to(github / "secret")
        assert post(github) == (1, [], None)


class TestInbox:
    @pytest.fixture
    def branch(self, tmp_path: Path) -> Path:
        """A clone in work/, with the repository that it pushes to beside it."""
        if shutil.which("git") is None:
            pytest.skip("git is not installed")
        for arguments in (
            ["init", "--quiet", "--bare", "--initial-branch=award", "origin.git"],
            ["clone", "--quiet", "origin.git", "work"],
        ):
            subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)
        (tmp_path / "work" / "data").mkdir()
        (tmp_path / "work" / "data" / "awards.csv").write_text("id\n", encoding="utf-8")
        (tmp_path / "work" / "README.md").write_text("As it was.\n", encoding="utf-8")
        self.put(tmp_path)
        (tmp_path / "output").unlink()
        return tmp_path

    def put(self, folder: Path) -> str:
        """Run the step that puts files on the branch; what it tells the next job."""
        surroundings = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GITHUB_REF": "refs/heads/award",
            "GITHUB_OUTPUT": str(folder / "output"),
        }
        script = step("inbox", "Put the files on the branch")["run"]
        subprocess.run(["bash", "-e", "-c", script], cwd=folder, env=surroundings, check=True)
        output = folder / "output"
        return output.read_text() if output.exists() else ""

    def files(self, folder: Path) -> str:
        shown = ["git", "-C", "origin.git", "show", "--name-only", "--format=%an: %s", "award"]
        return subprocess.run(
            shown, cwd=folder, check=True, capture_output=True, text=True
        ).stdout.strip()

    def test_data_goes_to_the_branch_and_nothing_else(self, branch: Path) -> None:
        (branch / "work" / "data" / "awards.csv").write_text("id\na\n", encoding="utf-8")
        (branch / "work" / "README.md").write_text("Changed.\n", encoding="utf-8")
        assert self.put(branch) == "changed=yes\n"
        said = "github-actions[bot]: Import what lay in data/inbox\n\ndata/awards.csv"
        assert self.files(branch) == said

    def test_it_pushes_with_the_token_of_this_step_alone(self) -> None:
        found = step("inbox", "Put the files on the branch")
        assert found["env"] == {"GH_TOKEN": "${{ github.token }}"}
        helpers = re.findall(r"-c (credential\.helper=(?:'[^']*')?)", found["run"])
        assert helpers[0] == "credential.helper=", "no helper of the machine is asked"
        given = [word for one in helpers for word in ("-c", one.replace("'", ""))]
        said = subprocess.run(
            ["git", *given, "credential", "fill"],
            input="protocol=https\nhost=github.com\n\n",
            env={"PATH": os.environ["PATH"], "GH_TOKEN": "of this step"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert "username=x-access-token\npassword=of this step\n" in said

    def test_without_a_change_nothing_is_pushed(self, branch: Path) -> None:
        before = self.files(branch)
        assert self.put(branch) == ""
        assert self.files(branch) == before
