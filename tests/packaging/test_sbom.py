"""The bill of materials says what a build holds, and that it is what the lock says."""

import json
from pathlib import Path

import pytest

import bundle
import sbom

OURS = {"name": "WhyPM", "version": bundle.version(), "inside": "", "licence": "MIT", "source": ""}
QT = {"name": "Qt", "version": "", "inside": "pyside6-essentials 6", "licence": "LGPL-3.0-only"}
QT["source"] = "https://code.qt.io"
INTEL = {
    "name": "oneMKL",
    "version": "",
    "inside": "",
    "licence": "LicenseRef-Intel-Simplified",
    "source": "",
}


def package(name: str, version: str | None = None) -> dict[str, str]:
    locked = min(sbom.locked_versions()[name])
    licence = "MIT AND BSD-3-Clause"
    return {"name": name, "version": version or locked, "inside": "", "licence": licence, "source": ""}


def listed(folder: Path, *entries: dict[str, str]) -> Path:
    file = folder / "linux-x86_64.components.json"
    file.write_text(json.dumps(entries), encoding="utf-8")
    return file


def test_every_component_is_in_the_list_with_its_licence_and_packages_with_their_url(tmp_path: Path) -> None:
    soundfile = package("soundfile")
    listed(tmp_path, OURS, QT, INTEL, soundfile)
    assert sbom.main([str(tmp_path)]) == 0
    (file,) = tmp_path.glob("*.cdx.json")
    assert file.name == f"whypm-{bundle.version()}-linux-x86_64.cdx.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    assert (record["bomFormat"], record["specVersion"]) == ("CycloneDX", "1.6")
    assert record["metadata"]["component"]["name"] == "WhyPM"
    found = {each["name"]: each for each in record["components"]}
    assert found.keys() == {"Qt", "oneMKL", "soundfile"}
    assert found["Qt"]["licenses"] == [{"expression": "LGPL-3.0-only"}]
    assert found["Qt"]["description"] == "inside pyside6-essentials 6"
    assert found["Qt"]["externalReferences"][0]["url"] == "https://code.qt.io"
    assert found["soundfile"]["purl"] == f"pkg:pypi/soundfile@{soundfile['version']}"
    tree = {each["ref"]: each.get("dependsOn", []) for each in record["dependencies"]}
    assert set(tree["WhyPM"]) == {each["bom-ref"] for each in record["components"]}


def test_a_library_that_two_packages_bring_is_listed_for_each(tmp_path: Path) -> None:
    other = {**QT, "inside": "another 1.0"}
    record = json.loads(sbom.write_sbom(listed(tmp_path, OURS, QT, other)).read_text(encoding="utf-8"))
    references = [each["bom-ref"] for each in record["components"]]
    assert sorted(references) == ["Qt another 1.0", "Qt pyside6-essentials 6"]


def test_a_package_that_is_not_the_locks_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed(tmp_path, OURS, package("soundfile", "0.0.1"))
    assert sbom.main([str(tmp_path)]) == 1
    assert "soundfile 0.0.1 was built in; the lock has" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.cdx.json"))


def test_a_folder_without_any_build_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    assert sbom.main([str(tmp_path)]) == 2
