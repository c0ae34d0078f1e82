"""The Mac app as far as it can be checked where there is no Mac: nothing here has run on macOS."""

import importlib.util
import os
import platform
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from macos import app_bundle, disk_image, signing

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
MACHINES = ("arm64", "x86_64")


@dataclass
class Recipe:
    """What `whypm.spec` asks PyInstaller for: the arguments of each of its calls, by the name of the call."""

    asked: dict[str, tuple[tuple[object, ...], dict[str, Any]]] = field(default_factory=dict)
    binaries: list[tuple[str, str, str]] = field(default_factory=list)
    datas: list[tuple[str, str, str]] = field(default_factory=list)

    pure = scripts = ()

    def call(self, name: str) -> Callable[..., "Recipe"]:
        def asked(*args: object, **options: object) -> "Recipe":
            self.asked[name] = (args, options)
            return self

        return asked


@pytest.fixture
def a_mac(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let Python say that it runs on macOS, and `bundle` be read anew for it."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "path", [str(PACKAGING), *sys.path])
        patch.setattr(sys, "platform", "darwin")
        spec = importlib.util.spec_from_file_location("bundle", PACKAGING / "bundle.py")
        assert spec
        assert spec.loader
        patch.setitem(sys.modules, "bundle", importlib.util.module_from_spec(spec))
        spec.loader.exec_module(sys.modules["bundle"])
        yield patch


def evaluated(patch: pytest.MonkeyPatch, folder: Path, machine: str, recipe: Recipe | None = None) -> Recipe:
    """Run the spec as PyInstaller would, on a Mac with that processor."""
    recipe = recipe or Recipe()
    hooks = ModuleType("PyInstaller.utils.hooks")
    for name in ("collect_data_files", "collect_dynamic_libs", "copy_metadata"):
        setattr(hooks, name, lambda *_args, **_options: [])
    patch.setitem(sys.modules, "PyInstaller", ModuleType("PyInstaller"))
    patch.setitem(sys.modules, "PyInstaller.utils", ModuleType("PyInstaller.utils"))
    patch.setitem(sys.modules, "PyInstaller.utils.hooks", hooks)
    patch.setattr(platform, "machine", lambda: machine)
    patch.setenv("WHYPM_WITHOUT_MODEL", "1")
    calls = {name: recipe.call(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
    file = PACKAGING / "whypm.spec"
    code = compile(file.read_text(encoding="utf-8"), file, "exec")
    exec(code, {"SPECPATH": str(PACKAGING), "workpath": str(folder), **calls})  # noqa: S102  # as PyInstaller does
    return recipe


@pytest.mark.parametrize("machine", MACHINES)
def test_the_spec_makes_an_app_with_icon_identifier_and_our_info_plist(
    a_mac: pytest.MonkeyPatch, tmp_path: Path, machine: str
) -> None:
    args, options = evaluated(a_mac, tmp_path, machine).asked["BUNDLE"]
    assert options["name"] == "WhyPM.app"
    assert Path(options["icon"]).read_bytes()[:4] == b"icns"
    assert options["bundle_identifier"] == "io.github.whypm.WhyPM"
    assert options["info_plist"] == app_bundle.info_plist(sys.modules["bundle"].version(), machine)
    assert len(args) == 1


def test_the_app_has_no_console_since_macos_would_hide_it_from_the_dock(
    a_mac: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, options = evaluated(a_mac, tmp_path, "arm64").asked["EXE"]
    assert options["console"] is False
    assert options["name"] == "WhyPM"


def test_the_app_speaks_through_macos_and_brings_no_voice_of_its_own(
    a_mac: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, options = evaluated(a_mac, tmp_path, "arm64").asked["Analysis"]
    assert {"pyttsx3.drivers.nsss", "objc", "Foundation"} <= set(options["hiddenimports"])
    assert {"av", "espeakng_loader"} <= set(options["excludes"])


def test_the_spec_signs_with_the_identity_of_the_environment_and_ad_hoc_without_one(
    a_mac: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a_mac.delenv(signing.IDENTITY, raising=False)
    _, options = evaluated(a_mac, tmp_path, "arm64").asked["EXE"]
    assert options["codesign_identity"] is None
    a_mac.setenv(signing.IDENTITY, "0" * 40)
    _, options = evaluated(a_mac, tmp_path, "arm64").asked["EXE"]
    assert options["codesign_identity"] == "0" * 40
    assert plistlib.loads(Path(options["entitlements_file"]).read_bytes()) == app_bundle.ENTITLEMENTS


def test_the_mac_app_leaves_out_what_it_never_loads_and_keeps_what_the_window_needs(
    a_mac: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    needed = [
        "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore",
        "PySide6/Qt/lib/QtDBus.framework/Versions/A/QtDBus",  # QtGui loads it on a Mac too
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/styles/libqmacstyle.dylib",
    ]
    left = [
        "PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick",
        "QtQml",  # PyInstaller's link beside the frameworks: without its target the signature would not hold
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.dylib",
        "PySide6/Qt/plugins/platforms/libqminimal.dylib",
        "onnxruntime/capi/libonnxruntime.1.28.0.dylib",  # linked into its module as well
    ]
    recipe = Recipe(binaries=[(path, f"/build/{path}", "BINARY") for path in needed + left])
    evaluated(a_mac, tmp_path, "arm64", recipe)
    assert [row[0] for row in recipe.binaries] == needed


@pytest.mark.parametrize("machine", MACHINES)
def test_the_info_plist_says_why_the_microphone_is_used_and_which_macos_is_needed(machine: str) -> None:
    plist = plistlib.loads(plistlib.dumps(app_bundle.info_plist("1.2.3", machine)))
    assert "records your answers" in plist["NSMicrophoneUsageDescription"]
    assert "stay on this Mac" in plist["NSMicrophoneUsageDescription"]
    assert plist["LSApplicationCategoryType"] == "public.app-category.education"
    assert plist["LSMinimumSystemVersion"] == {"arm64": "14.0", "x86_64": "13.0"}[machine]
    assert plist["CFBundleShortVersionString"] == plist["CFBundleVersion"] == "1.2.3"


@pytest.mark.parametrize(
    ("version", "told"), [("1.0.0rc1", "1.0.0"), ("0.2", "0.2"), ("1.2.3.dev4", "1.2.3")]
)
def test_apple_is_told_a_version_of_digits_alone(version: str, told: str) -> None:
    assert app_bundle.info_plist(version, "arm64")["CFBundleVersion"] == told


def test_a_machine_without_wheels_is_refused() -> None:
    with pytest.raises(ValueError, match="no app for Macs with ppc"):
        app_bundle.info_plist("1.0", "ppc")


@pytest.mark.skipif(sys.platform != "linux", reason="apple-platform-py is locked for Linux alone")
@pytest.mark.parametrize(("machine", "processor"), [("arm64", "aarch64"), ("x86_64", "x86_64")])
def test_a_skeleton_app_is_signed_ad_hoc_with_hardened_runtime_and_its_entitlements_read_back(
    tmp_path: Path, machine: str, processor: str
) -> None:
    import apple_platform
    from apple_platform import macho, reading

    app = tmp_path / "WhyPM.app"
    program = app / "Contents" / "MacOS" / "WhyPM"
    program.parent.mkdir(parents=True)
    program.write_bytes(macho.create_synthetic(processor))
    plist = app_bundle.info_plist("1.2.3", machine) | {
        "CFBundleIdentifier": "io.github.whypm.WhyPM",
        "CFBundleExecutable": "WhyPM",
        "CFBundlePackageType": "APPL",
    }
    (app / "Contents" / "Info.plist").write_bytes(plistlib.dumps(plist))
    (app / "Contents" / "Resources").mkdir()
    shutil.copy(PACKAGING / "macos" / "whypm.icns", app / "Contents" / "Resources")

    entitlements = app_bundle.write_entitlements(tmp_path / "entitlements.plist")
    apple_platform.sign(app, entitlements_xml_file=entitlements, code_signature_flags=["runtime"])

    signature = apple_platform.read_signature(app)
    (lines,) = reading.find_values(signature, "entitlements_plist")
    assert plistlib.loads("\n".join(lines).encode()) == app_bundle.ENTITLEMENTS
    assert reading.code_directory_identifier(signature) == "io.github.whypm.WhyPM"
    (directory,) = reading.find_values(signature, "code_directory")
    assert directory["flags"] == "CodeSignatureFlags(ADHOC | RUNTIME)"
    # An ad-hoc signature has no certificate, which is all that may be missing.
    problems = [problem["description"] for problem in reading.verify_macho(program)]
    assert len(problems) == 1
    assert problems[0].startswith("CMS error")
    sealed = (app / "Contents" / "_CodeSignature" / "CodeResources").read_bytes()
    assert "Resources/whypm.icns" in plistlib.loads(sealed)["files2"]


def test_the_microphone_is_asked_for_in_both_places_that_macos_looks_at() -> None:
    assert app_bundle.ENTITLEMENTS["com.apple.security.device.audio-input"] is True
    assert app_bundle.info_plist("1.0", "arm64")["NSMicrophoneUsageDescription"]


def test_the_icon_holds_every_size_that_macos_shows() -> None:
    icnsutil = pytest.importorskip("icnsutil")
    icon = PACKAGING / "macos" / "whypm.icns"
    assert icon.read_bytes()[:4] == b"icns"
    assert int.from_bytes(icon.read_bytes()[4:8]) == icon.stat().st_size
    assert list(icnsutil.IcnsFile.verify(str(icon))) == []
    media = icnsutil.IcnsFile(str(icon)).media
    sizes = {icnsutil.IcnsType.get(key).filename(size_only=True) for key in media}
    ordinary = {"16x16", "32x32", "128x128", "256x256", "512x512"}
    assert sizes == ordinary | {f"{size}@2x" for size in ordinary}


@pytest.mark.skipif(sys.platform != "linux", reason="letters are drawn a little otherwise elsewhere")
def test_the_icon_and_the_backgrounds_are_what_the_artwork_draws_now(tmp_path: Path) -> None:
    pytest.importorskip("PySide6")
    copy = tmp_path / "packaging" / "macos"
    shutil.copytree(PACKAGING / "macos", copy)
    shutil.copy(PACKAGING / "bundle.py", copy.parent)
    for folder in ("fonts", "icons"):
        shutil.copytree(ROOT / "assets" / folder, tmp_path / "assets" / folder)
    drawn = [copy / name for name in ("whypm.icns", "disk-image.png", "disk-image@2x.png")]
    for file in drawn:
        file.unlink()
    subprocess.run([sys.executable, copy / "artwork.py"], check=True, timeout=60)
    for file in drawn:
        now, kept = pixels(file), pixels(PACKAGING / "macos" / file.name)
        assert now.shape == kept.shape, file.name
        # Processors round a shade differently: 127 on one is 128 on another.
        assert np.abs(now - kept).max() <= 2, file.name


def pixels(file: Path) -> np.ndarray:
    """The picture in a file, whatever it was compressed with, int16 in one row; of an icon the largest."""
    from PySide6.QtGui import QImage

    data = file.read_bytes()
    image = QImage.fromData(data[data.rindex(b"\x89PNG") :] if file.suffix == ".icns" else data)
    assert not image.isNull()
    return np.frombuffer(bytes(image.constBits()), dtype=np.uint8).astype(np.int16)


def test_the_disk_image_shows_the_app_beside_a_link_to_applications(tmp_path: Path) -> None:
    settings = disk_image.settings(tmp_path / "WhyPM.app")
    assert settings["files"] == [str(tmp_path / "WhyPM.app")]
    assert settings["symlinks"] == {"Applications": "/Applications"}
    assert "hide_extensions" not in settings  # it would break the app's signature
    assert settings["icon_locations"] == {
        "WhyPM.app": disk_image.APP_AT,
        "Applications": disk_image.APPLICATIONS_AT,
    }
    for scale, name in ((1, "disk-image.png"), (2, "disk-image@2x.png")):
        data = (PACKAGING / "macos" / name).read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == tuple(
            scale * side for side in disk_image.WINDOW_SIZE
        )


@pytest.mark.slow
@pytest.mark.parametrize(("machine", "processor"), [("arm64", "aarch64"), ("x86_64", "x86_64")])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_build_lock_has_a_wheel_of_every_package_for_the_oldest_macos_and_for_none_older(
    machine: str, processor: str, python: str, tmp_path: Path
) -> None:
    oldest = app_bundle.OLDEST_MACOS[machine]
    before = str(int(oldest.partition(".")[0]) - 1) + ".0"
    done = resolved(processor, python, oldest, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "onnxruntime" in done.stderr
    too_old = resolved(processor, python, before, tmp_path)
    assert too_old.returncode != 0
    assert "matching platform tag" in too_old.stderr


def resolved(processor: str, python: str, macos: str, target: Path) -> subprocess.CompletedProcess[str]:
    """Ask uv what it would install on such a Mac, from wheels alone."""
    uv = Path(sys.executable).with_name("uv")
    options = ["--dry-run", "--no-deps", "--only-binary", ":all:", "--target", str(target)]
    options += ["--python-platform", f"{processor}-apple-darwin", "--python-version", python]
    return subprocess.run(
        [uv, "pip", "install", *options, "--require-hashes", "-r", ROOT / "requirements" / "build.txt"],
        env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": macos},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
