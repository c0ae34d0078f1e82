"""The Debian package, for Debian, Ubuntu and what is made from them."""

import gzip
import os
import shutil
import subprocess
from pathlib import Path

import bundle
from linux.desktop_files import Release, set_times_and_rights, write_desktop_files
from linux.libraries import BESIDES, RECOMMENDED, debian_packages

PLACE = Path("usr", "lib", "whypm")
BYTES_PER_KIB = 1024
SMALL, QUICKLY = ("-Zxz",), ("-Zzstd", "-z1")
MAINTAINER = "WhyPM contributors <contributors@whypm.example>"
DESCRIPTION = """\
Practise answering "Why product management?" aloud
 WhyPM asks the question aloud, as an interviewer would, records your reply,
 transcribes it on your own machine and tells you what it showed and what it
 left out, with your own words beside each point.
 .
 Nothing leaves the machine, and no network is needed. The speech model comes
 with the package.
"""


def write_debian_package(
    payload: Path, out: Path, work: Path, release: Release, *, quick: bool = False
) -> Path:
    """Make the package of the frozen folder ``payload`` in ``out``; return it. ``work`` is made anew.

    Raises:
        subprocess.CalledProcessError: ``dpkg-deb`` failed.
    """
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(payload, work / PLACE, symlinks=True)
    command = work / "usr" / "bin" / "whypm"
    command.parent.mkdir(parents=True)
    command.symlink_to(Path("..", "lib", "whypm", bundle.PROGRAM))
    write_desktop_files(work / "usr" / "share", release)
    _write_documents(work / "usr" / "share" / "doc" / "whypm", release)
    architecture = _output("dpkg", "--print-architecture")
    control = work / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(_control(work, architecture, release), encoding="utf-8")
    set_times_and_rights(work, release)
    target = out / f"whypm_{release.version}_{architecture}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", *(QUICKLY if quick else SMALL), "--build", work, target],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(int(release.time.timestamp()))},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return target


def _control(root: Path, architecture: str, release: Release) -> str:
    depends = [f"libc6 (>= {release.glibc})", *debian_packages(release.libraries)]
    depends += sorted(set(BESIDES) - RECOMMENDED)
    files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(-(-path.stat().st_size // BYTES_PER_KIB) for path in files)
    fields = {
        "Package": "whypm",
        "Version": release.version,
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size),
        "Depends": ", ".join(depends),
        "Recommends": ", ".join(sorted(RECOMMENDED)),
        "Section": "education",
        "Priority": "optional",
        "Description": DESCRIPTION.rstrip(),
    }
    return "".join(f"{name}: {text}\n" for name, text in fields.items())


def _write_documents(folder: Path, release: Release) -> None:
    folder.mkdir(parents=True)
    licence = (bundle.ROOT / "LICENSE").read_text(encoding="utf-8")
    others = f"What others made, with its licences: /{PLACE}/_internal/{bundle.LICENCES}/README.txt\n"
    (folder / "copyright").write_text(f"{licence}\n{others}", encoding="utf-8")
    date = release.time.strftime("%a, %d %b %Y %H:%M:%S +0000")
    news = f"whypm ({release.version}) stable; urgency=medium\n\n  * See CHANGELOG.md of the source code.\n\n"
    entry = f"{news} -- {MAINTAINER}  {date}\n"
    (folder / "changelog.gz").write_bytes(gzip.compress(entry.encode(), 9, mtime=0))


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
