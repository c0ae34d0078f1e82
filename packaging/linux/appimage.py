"""The AppImage: one file that runs on most distributions without being installed.

It needs `appimagetool` (of the AppImage project) on the PATH, which packs the folder that is laid out here.
"""

import os
import platform
import shutil
import subprocess
from pathlib import Path

import bundle
from linux.desktop_files import MENU_ENTRY, Release, set_times_and_rights, write_desktop_files

TOOL = "appimagetool"
ICON_SIZE = 256
PLACE = Path("usr", "lib", "whypm")


def write_appimage(payload: Path, target: Path, work: Path, release: Release) -> Path:
    """Pack the frozen folder ``payload`` into ``target`` and return it. ``work`` is made anew.

    Raises:
        FileNotFoundError: there is no ``appimagetool``.
        subprocess.CalledProcessError: it failed.
    """
    folder = lay_out(payload, work / "WhyPM.AppDir", release)
    seconds = str(int(release.time.timestamp()))
    subprocess.run(
        [TOOL, "--no-appstream", folder, target],
        env={**os.environ, "ARCH": platform.machine(), "SOURCE_DATE_EPOCH": seconds},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return target


def lay_out(payload: Path, folder: Path, release: Release) -> Path:
    """Make the folder that an AppImage holds: `AppRun` starts, and menu entry and icon lie at the top."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(payload, folder / PLACE, symlinks=True)
    share = folder / "usr" / "share"
    write_desktop_files(share, release)
    (folder / "AppRun").symlink_to(PLACE / bundle.PROGRAM)
    (folder / MENU_ENTRY.name).symlink_to(Path("usr", "share", "applications", MENU_ENTRY.name))
    icon = Path("usr", "share", "icons", "hicolor", f"{ICON_SIZE}x{ICON_SIZE}", "apps", "whypm.png")
    (folder / "whypm.png").symlink_to(icon)
    (folder / ".DirIcon").symlink_to(icon)
    set_times_and_rights(folder, release)
    return folder
