"""The locks install the same, checked files everywhere, from wherever the machine gets its packages."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
# Each lock, with the dependency groups of pyproject.toml that it is made from.
GROUPS = {"run": ["build"], "test": ["build", "sbom", "test"], "build": ["freeze"], "sbom": ["sbom"]}
LOCKS = {name: (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8") for name in GROUPS}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> list[tuple[Requirement, list[str]]]:
    """Each requirement of a lock, with its hashes."""
    joined = re.sub(r"\\\n\s*", "", LOCKS[name])
    rows = [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]
    return [(Requirement(row.split(" --hash")[0]), re.findall(r"--hash=(\S+)", row)) for row in rows]


def wanted(name: str) -> list[Requirement]:
    """What the lock is made from."""
    texts = [text for group in GROUPS[name] for text in PROJECT["dependency-groups"][group]]
    if name != "sbom":  # a tool beside the program
        texts += PROJECT["project"]["dependencies"]
    requirements = [Requirement(text) for text in texts]
    left_out = names("not-bundled") if name == "build" else []
    return [each for each in requirements if canonicalize_name(each.name) not in left_out]


def names(name: str) -> list[str]:
    """The packages that a list of plain names holds."""
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [canonicalize_name(line) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place_to_load_from(name: str) -> None:
    options = [line for line in LOCKS[name].splitlines() if line.startswith("-")]
    assert options == []
    assert "://" not in LOCKS[name]
    assert [requirement for requirement, _ in locked(name) if requirement.url] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_a_sha256(name: str) -> None:
    rows = locked(name)
    assert len(rows) > 20
    for requirement, hashes in rows:
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), requirement


def test_the_test_lock_holds_all_of_the_run_lock() -> None:
    in_test = {str(requirement): set(hashes) for requirement, hashes in locked("test")}
    assert {str(requirement): set(hashes) for requirement, hashes in locked("run")}.items() <= in_test.items()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_was_made_again_after_the_last_change_of_the_dependencies(name: str) -> None:
    versions: dict[str, list[str]] = {}
    for requirement, _ in locked(name):
        pin = str(requirement.specifier).removeprefix("==")
        versions.setdefault(canonicalize_name(requirement.name), []).append(pin)
    for requirement in wanted(name):
        pins = versions.get(canonicalize_name(requirement.name), [])
        assert any(requirement.specifier.contains(pin) for pin in pins), (
            f"{requirement} is not in the {name} lock"
        )


def test_macos_gets_only_the_frameworks_that_the_voice_uses() -> None:
    frameworks = {
        requirement.name for requirement, _ in locked("run") if requirement.name.startswith("pyobjc")
    }
    assert frameworks == {"pyobjc-core", "pyobjc-framework-cocoa"}


def test_no_linter_or_test_tool_is_needed_to_run() -> None:
    tools = {Requirement(text).name for text in PROJECT["dependency-groups"]["test"]}
    assert tools & {requirement.name for requirement, _ in locked("run")} == set()
