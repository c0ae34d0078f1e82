"""The one list of what a package holds: complete, true to the lock, and evaluated as PyInstaller would."""

import json
import re
import sys
import tomllib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import bundle
import sizes
from whypm.transcription.models.catalogue import DEFAULT_MODEL

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def lock(name: str) -> dict[str, set[str]]:
    """The versions of each package in a lock."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    versions: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE):
        versions.setdefault(package, set()).add(version)
    return versions


def left_out_of_the_build_lock() -> set[str]:
    text = (ROOT / "requirements" / "not-bundled.txt").read_text(encoding="utf-8")
    return {line for line in text.splitlines() if line and not line.startswith("#")}


def test_every_file_of_content_and_assets_is_shipped() -> None:
    shipped = {ROOT / each.source for each in bundle.SHIPPED}
    for folder in ("content", "assets"):
        for file in (ROOT / folder).rglob("*"):
            assert file.is_dir() or shipped & {file, *file.parents}, f"{file} is in no package"


def test_what_is_shipped_exists_and_lands_where_the_program_looks_for_it() -> None:
    for each in bundle.SHIPPED:
        assert (ROOT / each.source).exists(), each
        if (ROOT / each.source).is_dir():
            assert each.target == each.source


def test_every_module_of_the_program_is_named_since_commands_are_imported_by_name() -> None:
    named = bundle.modules()
    assert {"whypm", "whypm.cli.window", "whypm.cli.selftest", "whypm.ui.app"} <= set(named)
    assert len(named) == len(list((ROOT / "src" / "whypm").rglob("*.py")))
    assert not [name for name in named if name.startswith("whypm_lab")]


def test_the_default_model_is_the_one_that_is_bundled() -> None:
    assert bundle.DEFAULT_MODEL == DEFAULT_MODEL


def test_the_metadata_give_the_program_its_version_and_its_addresses() -> None:
    lines = bundle.metadata().splitlines()
    assert f"Version: {PROJECT['version']}" in lines
    for name, address in PROJECT["urls"].items():
        assert f"Project-URL: {name}, {address}" in lines


def test_builds_are_made_of_the_versions_that_the_program_is_tested_with() -> None:
    build, run = lock("build"), lock("run")
    assert {name: versions for name, versions in build.items() if name in run} == {
        name: run[name] for name in build if name in run
    }


def test_every_requirement_is_in_the_build_lock_but_for_what_is_left_out_as_gpl() -> None:
    wanted = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]}
    assert wanted - lock("build").keys() == left_out_of_the_build_lock() == {"av", "espeakng-loader"}


def test_what_the_build_lock_leaves_out_is_excluded_by_name_too() -> None:
    excluded = set(bundle.left_modules())
    assert {name.replace("-", "_") for name in left_out_of_the_build_lock()} <= excluded


def test_the_builder_is_pinned_and_does_not_come_with_the_program() -> None:
    assert len(lock("build")["pyinstaller"]) == 1
    assert "pyinstaller" not in lock("run")


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/venv/lib/libqxcb.so"),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", "/venv/lib/libqwayland.so"),
        ("libssl.so.3", "/lib/x86_64-linux-gnu/libssl.so.3"),
        ("python3.11/lib-dynload/_ssl.so", "/usr/lib/python3.11/lib-dynload/_ssl.so"),
        ("assets/judge/wide.onnx", str(ROOT / "assets" / "judge" / "wide.onnx")),
    ],
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what stays differs by system")
def test_what_the_window_and_python_need_stays(target: str, source: str) -> None:
    assert bundle.why_left(target, source) is None


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("PySide6/Qt/translations/qtbase_de.qm", ""),
        ("PySide6/Qt/lib/libQt6Quick.so.6", ""),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", ""),
        ("libglib-2.0.so.0", "/lib/x86_64-linux-gnu/libglib-2.0.so.0"),
        ("libjack.so.0", "/usr/lib/x86_64-linux-gnu/libjack.so.0"),
    ],
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what goes differs by system")
def test_what_goes_goes_with_a_reason(target: str, source: str) -> None:
    assert bundle.why_left(target, source)


@pytest.mark.parametrize(("package", "patterns"), bundle.PACKAGE_DATA)
def test_what_packages_read_at_run_time_lies_where_the_list_says(
    package: str, patterns: tuple[str, ...]
) -> None:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    for pattern in patterns:
        assert list(Path(spec.origin).parent.glob(pattern))


def test_each_thing_that_is_left_out_says_why() -> None:
    for each in (*bundle.LEFT_MODULES, *bundle.LEFT_FILES):
        assert each.names.split()
        assert each.reason


class Recipe:
    """Stands in for PyInstaller: notes what the spec asks of it."""

    def __init__(self, **files: list[tuple[str, str, str]]) -> None:
        self.asked: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {}
        self.scripts = self.pure = ()
        self.binaries, self.datas = files.get("binaries", []), files.get("datas", [])

    def call(self, name: str) -> Callable[..., "Recipe"]:
        def note(*arguments: object, **options: object) -> "Recipe":
            self.asked[name] = (arguments, options)
            return self

        return note


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the spec of another system: see its own tests"
)
def test_the_spec_asks_for_our_modules_and_drops_what_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = ModuleType("PyInstaller.utils.hooks")
    hooks.collect_dynamic_libs = lambda *_a, **_k: []  # type: ignore[attr-defined]
    hooks.collect_data_files = lambda package, includes: [(package, each) for each in includes]  # type: ignore[attr-defined]
    hooks.copy_metadata = lambda package: [(package, "metadata")]  # type: ignore[attr-defined]
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, "PyInstaller.utils.hooks", hooks)
    monkeypatch.setenv("WHYPM_WITHOUT_MODEL", "1")
    qt = "PySide6/Qt/plugins/platforms/libqxcb.so"
    gone = "PySide6/Qt/plugins/platformthemes/libqgtk3.so"
    recipe = Recipe(binaries=[(path, f"/build/{path}", "BINARY") for path in (qt, gone)])
    calls = {name: recipe.call(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
    spec = PACKAGING / "whypm.spec"
    code = compile(spec.read_text(encoding="utf-8"), spec, "exec")
    exec(code, {"SPECPATH": str(PACKAGING), "workpath": str(tmp_path), **calls})  # noqa: S102 - as PyInstaller
    _, analysis = recipe.asked["Analysis"]
    assert set(bundle.modules()) <= set(analysis["hiddenimports"])
    assert {"av", "espeakng_loader", "huggingface_hub.utils"} <= set(analysis["excludes"])
    assert {("swift_f0", "model.onnx"), ("swift-f0", "metadata")} <= set(analysis["datas"])
    assert recipe.asked["EXE"][1]["name"] == "whypm"
    assert [row[0] for row in recipe.binaries] == [qt]
    assert "BUNDLE" not in recipe.asked
    told = json.loads((tmp_path / bundle.CONTENTS).read_text(encoding="utf-8"))
    assert [each["target"] for each in told["left"]] == [gone]
    assert {"Qt", "WhyPM"} <= {each["name"] for each in told["components"]}


def test_the_report_of_sizes_counts_the_models_apart_and_says_what_was_left_out(tmp_path: Path) -> None:
    frozen = tmp_path / "WhyPM"
    for name, size in (("whypm", 1), ("_internal/models/base/model.bin", 7), ("_internal/numpy/core.so", 2)):
        (frozen / name).parent.mkdir(parents=True, exist_ok=True)
        (frozen / name).write_bytes(bytes(size * sizes.BYTES_PER_MB))
    (frozen / "_internal" / "libcore.so").symlink_to("numpy/core.so")
    contents = tmp_path / "contents.json"
    components = [
        {"name": "Whisper", "targets": ["models/base/model.bin"]},
        {"name": "numpy", "targets": ["numpy/core.so", "numpy.core"]},
    ]
    left = [{"target": "qm", "reason": "the window speaks English", "bytes": 3 * sizes.BYTES_PER_MB}]
    contents.write_text(json.dumps({"components": components, "left": left}), encoding="utf-8")
    report = sizes.report(frozen, contents)
    assert "10.0 MB, 3.0 MB without the models" in report
    assert re.search(r"7\.0 MB +Whisper", report)
    assert re.search(r"2\.0 MB +numpy", report)
    assert re.search(r"3\.0 MB +the window speaks English", report)
    assert "GPL: its wheels carry x264 and x265" in report
