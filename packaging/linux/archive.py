"""The tar file that needs no installing: unpack it anywhere, start the program in it."""

import gzip
import shutil
import tarfile
from pathlib import Path

from linux.desktop_files import HERE, Release, set_times_and_rights, write_desktop_files
from linux.libraries import BESIDES, debian_packages

SMALL, QUICKLY = 6, 1


def write_archive(payload: Path, target: Path, work: Path, release: Release, *, quick: bool = False) -> Path:
    """Pack the frozen folder ``payload`` into ``target`` and return it; the same files make the same bytes.

    ``work`` is made anew and takes what is packed.
    """
    shutil.rmtree(work, ignore_errors=True)
    folder = work / f"whypm-{release.version}"
    shutil.copytree(payload, folder, symlinks=True)
    write_desktop_files(folder / "share", release)
    (folder / "README.txt").write_text(_readme(release), encoding="utf-8")
    set_times_and_rights(folder, release)
    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", QUICKLY if quick else SMALL, file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in (folder, *sorted(folder.rglob("*"))):
            archive.add(path, path.relative_to(work), recursive=False, filter=_nobodys)
    return target


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def _readme(release: Release) -> str:
    packages = [each.split(" | ")[-1] for each in (*debian_packages(release.libraries), *BESIDES)]
    text = release.filled_in(HERE / "README.txt").replace("@GLIBC@", release.glibc)
    return text.replace("@PACKAGES@", "\n    ".join(_lines(packages)))


def _lines(words: list[str], width: int = 100) -> list[str]:
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
