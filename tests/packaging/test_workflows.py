"""What the linters of `dev.py check` do not know about our workflows."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from macos import app_bundle, signing

ROOT = Path(__file__).parents[2]
WORKFLOWS = {file.stem: file for file in (ROOT / ".github" / "workflows").glob("*.yml")}


def read(name: str) -> dict[Any, Any]:
    workflow = yaml.safe_load(WORKFLOWS[name].read_text(encoding="utf-8"))
    assert isinstance(workflow, dict)
    return workflow


def uses() -> list[tuple[str, str]]:
    """Each action of others that the workflows use, with the comment beside it."""
    lines = "\n".join(file.read_text(encoding="utf-8") for file in WORKFLOWS.values())
    return re.findall(r"uses: ([^$\s]\S*)(?: +# (\S+))?$", lines, re.MULTILINE)


def test_each_action_is_pinned_by_its_commit_and_says_its_version() -> None:
    found = uses()
    assert len(found) > 10
    for action, version in found:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r"v\d+\.\d+\.\d+", version), action
    assert len({action.partition("@")[0] for action, _ in found}) == len(set(found))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_has_no_right_but_those_that_a_job_asks_for(name: str) -> None:
    workflow = read(name)
    assert workflow["permissions"] == {}
    for title, job in workflow["jobs"].items():
        asked = dict(job["permissions"])
        if title == "publish":
            assert asked.pop("id-token") == asked.pop("attestations") == asked.pop("contents") == "write"
        assert asked in ({}, {"contents": "read"}), title


def test_the_tests_run_on_three_systems_and_on_each_python_that_we_promise() -> None:
    matrix = read("test")["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["python"] == ["3.11", "3.12", "3.13"]
    assert [system.partition("-")[0] for system in matrix["system"]] == ["ubuntu", "windows", "macos"]


def test_a_release_is_built_only_after_the_tests_and_published_only_after_every_build_tried_itself() -> None:
    jobs = read("release")["jobs"]
    builds = {"linux", "windows", "macos"}
    for name in builds:
        assert jobs[name]["needs"] == ["test", "tag"]
        commands = [step.get("run", "") for step in jobs[name]["steps"]]
        package = next(n for n, run in enumerate(commands) if f"dev.py package {name}" in run)
        selftest = next(n for n, run in enumerate(commands) if "selftest" in run)
        upload = next(n for n, step in enumerate(jobs[name]["steps"]) if "/upload-" in step.get("uses", ""))
        assert package < selftest < upload
    assert builds <= set(jobs["publish"]["needs"])


def test_both_kinds_of_mac_get_an_app() -> None:
    rows = read("release")["jobs"]["macos"]["strategy"]["matrix"]["include"]
    assert {row["machine"] for row in rows} == app_bundle.OLDEST_MACOS.keys()


def test_each_step_of_signing_gets_the_secrets_without_which_it_does_nothing() -> None:
    needed = {
        "open-keychain": signing.CERTIFICATE,
        "notarise": signing.NOTARY,
        "close-keychain": signing.CERTIFICATE,
    }
    steps = read("release")["jobs"]["macos"]["steps"]
    for name, secrets in needed.items():
        (step,) = (each for each in steps if f"macos/signing.py {name}" in each.get("run", ""))
        assert step["env"] == {secret: f"${{{{ secrets.{secret} }}}}" for secret in secrets}, name


def test_the_secrets_reach_only_the_steps_that_sign() -> None:
    inside = 0
    for job in read("release")["jobs"].values():
        for step in job.get("steps", ()):
            if "secrets." in str(step):
                assert re.search(r"macos/signing\.py|dev\.py package windows$", step["run"]), step
                assert job["environment"] == "release"
                inside += str(step).count("secrets.")
    assert WORKFLOWS["release"].read_text(encoding="utf-8").count("secrets.") == inside > 0
