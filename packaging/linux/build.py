"""Makes what Linux users download, from a frozen folder: a Debian package, a tar file, an AppImage."""

import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import bundle
from linux import appimage
from linux.archive import write_archive
from linux.debian import write_debian_package
from linux.desktop_files import Release
from linux.libraries import LOADED_BY_NAME, from_distribution, oldest_glibc


def package(payload: Path, out: Path, work: Path, *, quick: bool = False) -> list[Path]:
    """Make the Debian package and the tar file of the frozen folder ``payload`` in ``out``, and return them.

    Where there is ``appimagetool``, an AppImage is made too. ``quick`` compresses little, for trials.

    Raises:
        MissingLibraryError: the program asks for a library that nobody provides.
        subprocess.CalledProcessError: ``dpkg-deb`` or ``readelf`` failed.
    """
    out.mkdir(parents=True, exist_ok=True)
    release = Release(
        version=bundle.version(),
        time=release_time(),
        glibc=oldest_glibc(payload),
        libraries=from_distribution(payload) | LOADED_BY_NAME,
    )
    name = f"{bundle.NAME}-{release.version}-linux-{platform.machine()}"
    made = [
        write_debian_package(payload, out, work / "debian", release, quick=quick),
        write_archive(payload, out / f"{name}.tar.gz", work / "archive", release, quick=quick),
    ]
    if shutil.which(appimage.TOOL):
        made.append(appimage.write_appimage(payload, out / f"{name}.AppImage", work / "appimage", release))
    return made


def release_time() -> datetime:
    """Return the time that all files are given: SOURCE_DATE_EPOCH, or when the last change was committed."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told is None:
        command = ["git", "-C", str(bundle.ROOT), "log", "-1", "--format=%ct"]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return datetime.fromtimestamp(int(told), UTC) if told else datetime.now(UTC)
