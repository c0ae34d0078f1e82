"""The Linux packages, made of a small program: what lies where, for whom, and the same bytes each time."""

import gzip
import os
import platform
import runpy
import shutil
import stat
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import pytest

import bundle
from linux import libraries
from linux.appimage import lay_out, write_appimage
from linux.archive import write_archive
from linux.debian import write_debian_package
from linux.desktop_files import (
    DESCRIPTION,
    DRAWING,
    HERE,
    ICON_SIZES,
    MENU_ENTRY,
    Release,
    write_desktop_files,
)

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux packages")
RELEASE = Release("1.2.3", datetime(2026, 11, 23, tzinfo=UTC), "2.36", frozenset({"libportaudio.so.2"}))
needs_dpkg = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is not installed")


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    """A frozen folder in little, with the rights of a careless umask."""
    folder = tmp_path / "WhyPM"
    (folder / "_internal").mkdir(parents=True)
    program = folder / "whypm"
    program.write_bytes(b"#!/bin/sh\necho started from $0\n")
    program.chmod(0o775)
    library = folder / "_internal" / "libthing.so"
    library.write_bytes(b"thing")
    library.chmod(0o600)
    (folder / "_internal" / "libthing.so.1").symlink_to("libthing.so")
    return folder


def control(package: Path) -> dict[str, str]:
    text = subprocess.run(["dpkg-deb", "-f", package], capture_output=True, text=True, check=True).stdout
    fields = (line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    return dict(fields)


@needs_dpkg
def test_the_debian_package_installs_a_program_a_command_and_its_papers(
    payload: Path, tmp_path: Path
) -> None:
    package = write_debian_package(payload, tmp_path, tmp_path / "work", RELEASE, quick=True)
    root = tmp_path / "root"
    subprocess.run(["dpkg-deb", "-x", package, root], check=True)
    assert (root / "usr" / "bin" / "whypm").readlink() == Path("../lib/whypm/whypm")
    assert (root / "usr" / "lib" / "whypm" / "_internal" / "libthing.so.1").is_symlink()
    for name in ("applications/whypm.desktop", f"metainfo/{DESCRIPTION.name}", "doc/whypm/copyright"):
        assert (root / "usr" / "share" / name).is_file(), name
    assert b"WhyPM 1.2.3" in gzip.decompress((root / "usr/share/man/man1/whypm.1.gz").read_bytes())


@needs_dpkg
def test_the_debian_package_asks_for_what_the_program_takes_from_the_system(
    payload: Path, tmp_path: Path
) -> None:
    package = write_debian_package(payload, tmp_path, tmp_path / "work", RELEASE, quick=True)
    told = control(package)
    assert (told["Package"], told["Version"]) == ("whypm", "1.2.3")
    assert {"libc6 (>= 2.36)", "libportaudio2", "espeak-ng-data"} <= set(told["Depends"].split(", "))
    assert "ca-certificates" in told["Recommends"]


@needs_dpkg
def test_everything_in_the_debian_package_is_root_s_and_nobody_else_s_to_change(
    payload: Path, tmp_path: Path
) -> None:
    package = write_debian_package(payload, tmp_path, tmp_path / "work", RELEASE, quick=True)
    listed = subprocess.run(["dpkg-deb", "-c", package], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        rights, owner = line.split()[:2]
        assert owner == "root/root", line
        assert rights[0] == "l" or (rights[5] == "-" and rights[8] == "-" and rights[7] == "r"), line


@needs_dpkg
def test_the_same_program_makes_the_same_packages(payload: Path, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        out = tmp_path / name
        out.mkdir()
        again = out / "payload"
        shutil.copytree(payload, again, symlinks=True)
        os.utime(again / "whypm")  # another time of the day
        deb = write_debian_package(again, out, out / "work", RELEASE, quick=True)
        tar = write_archive(again, out / "whypm.tar.gz", out / "tar", RELEASE, quick=True)
        made.append((deb.read_bytes(), tar.read_bytes()))
    assert made[0] == made[1]


def test_the_tar_file_is_one_folder_with_the_program_and_what_it_needs_to_know(
    payload: Path, tmp_path: Path
) -> None:
    packed = write_archive(payload, tmp_path / "whypm.tar.gz", tmp_path / "work", RELEASE, quick=True)
    with tarfile.open(packed) as archive:
        names = archive.getnames()
        assert {name.partition("/")[0] for name in names} == {"whypm-1.2.3"}
        assert archive.getmember("whypm-1.2.3/whypm").mode & stat.S_IXUSR
        assert archive.getmember("whypm-1.2.3/_internal/libthing.so.1").issym()
        readme = archive.extractfile("whypm-1.2.3/README.txt")
        assert readme
        told = readme.read().decode()
    assert "glibc 2.36" in told
    assert "libportaudio2" in told
    assert "@" not in told
    archive_names = [name for name in names if name.endswith("whypm.desktop")]
    assert archive_names == ["whypm-1.2.3/share/applications/whypm.desktop"]


def test_the_appimage_s_folder_starts_the_program_and_shows_its_menu_entry_and_icon(
    payload: Path, tmp_path: Path
) -> None:
    folder = lay_out(payload, tmp_path / "WhyPM.AppDir", RELEASE)
    started = subprocess.run([folder / "AppRun"], capture_output=True, text=True, check=True)
    assert "started from" in started.stdout
    for name in ("whypm.desktop", "whypm.png", ".DirIcon"):
        assert (folder / name).is_symlink()
        assert (folder / name).is_file()
        assert not (folder / name).readlink().is_absolute()


def test_an_appimage_is_packed_by_the_tool_where_there_is_one(
    payload: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "tools" / "appimagetool"
    tool.parent.mkdir()
    tool.write_text('#!/bin/sh\necho "$ARCH $2" > "$3"\n', encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")
    made = write_appimage(payload, tmp_path / "WhyPM.AppImage", tmp_path / "work", RELEASE)
    architecture, folder = made.read_text("utf-8").split()
    assert architecture == platform.machine()
    assert (Path(folder) / "AppRun").exists()


@pytest.mark.parametrize(("before", "after"), [("/theirs", "/theirs"), (None, None)])
def test_programs_that_we_start_look_for_libraries_where_they_did_before_us(
    monkeypatch: pytest.MonkeyPatch, before: str | None, after: str | None
) -> None:
    monkeypatch.setenv("PYINSTALLER_RESET_ENVIRONMENT", "")  # so that it is gone again afterwards
    monkeypatch.setenv("LD_LIBRARY_PATH", "/ours")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    if before:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    runpy.run_path(str(HERE / "run_hook.py"))
    assert os.environ.get("LD_LIBRARY_PATH") == after
    assert os.environ["PYINSTALLER_RESET_ENVIRONMENT"] == "1"  # our own children get the path set again


def test_the_icon_comes_in_every_size_and_as_a_drawing(tmp_path: Path) -> None:
    write_desktop_files(tmp_path, RELEASE)
    theme = tmp_path / "icons" / "hicolor"
    for size in ICON_SIZES:
        picture = (theme / f"{size}x{size}" / "apps" / "whypm.png").read_bytes()
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(picture[16:20]) == int.from_bytes(picture[20:24]) == size
    assert (theme / "scalable" / "apps" / "whypm.svg").read_bytes() == DRAWING.read_bytes()


@pytest.mark.skipif(
    not shutil.which("desktop-file-validate"), reason="desktop-file-validate is not installed"
)
def test_the_menu_entry_is_valid() -> None:
    done = subprocess.run(["desktop-file-validate", MENU_ENTRY], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(not shutil.which("appstreamcli"), reason="appstreamcli is not installed")
def test_the_description_for_software_centres_is_valid(tmp_path: Path) -> None:
    write_desktop_files(tmp_path, RELEASE)
    command = ["appstreamcli", "validate", "--no-net", tmp_path / "metainfo" / DESCRIPTION.name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_desktop_s_files_agree_with_each_other_and_with_the_window(tmp_path: Path) -> None:
    write_desktop_files(tmp_path, RELEASE)
    told = ET.parse(tmp_path / "metainfo" / DESCRIPTION.name).getroot()  # noqa: S314 - ours
    assert told.findtext("id") == bundle.IDENTIFIER
    assert told.findtext("launchable") == MENU_ENTRY.name
    release = told.find("releases/release")
    assert release is not None
    assert (release.get("version"), release.get("date")) == ("1.2.3", "2026-11-23")
    entry = MENU_ENTRY.read_text(encoding="utf-8")
    window = (bundle.SOURCE / "whypm" / "ui" / "app.py").read_text(encoding="utf-8")
    assert f'setDesktopFileName("{MENU_ENTRY.stem}")' in window  # else Wayland shows no icon
    assert f"Icon={MENU_ENTRY.stem}\n" in entry
    assert f"Comment={told.findtext('summary')}\n" in entry


def test_a_library_that_neither_the_program_nor_a_package_has_is_refused(tmp_path: Path) -> None:
    pyside = pytest.importorskip("PySide6")
    found = sorted((Path(pyside.__path__[0]) / "Qt" / "lib").glob("libQt6XcbQpa.so*"))
    if not found:
        pytest.skip("this PySide6 has no X11 library")
    shutil.copy(found[0], tmp_path)
    with pytest.raises(libraries.MissingLibraryError, match="libQt6Core"):
        libraries.from_distribution(tmp_path)
    for own in ("libQt6Core.so.6", "libQt6Gui.so.6", "libQt6DBus.so.6"):
        (tmp_path / own).write_bytes(b"")
    asked = libraries.from_distribution(tmp_path)
    assert {"libxcb-cursor.so.0", "libX11-xcb.so.1"} <= asked
    assert "libxcb-cursor0" in libraries.debian_packages(asked)
