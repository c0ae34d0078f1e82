"""Freeze WhyPM and make the packages of one system, on that system.

    python3 dev.py package linux|windows|macos [--output FOLDER] [--work FOLDER]
    python3 dev.py package windows --wine [...]     on Linux: made, installed and tried under Wine

(`dev.py` makes the environment of `requirements/build.txt` and starts this file in it.) The packages come
into `dist`, with a report of sizes and the list of components beside them.
"""

import argparse
import fnmatch
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import bundle
import licences
import sizes

SYSTEMS = {"linux": "linux", "windows": "win32", "macos": "darwin"}
"""Our names of the systems, and what ``sys.platform`` begins with there."""


class BuildError(Exception):
    """There are no packages; the message says why."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What PyInstaller made."""

    folder: Path
    """The program: everything in one folder."""
    contents: Path
    """What went into it, as the spec wrote it."""


def freeze(work: Path) -> Frozen:
    """Run PyInstaller on the spec; everything that it writes lies below ``work``.

    Raises:
        BuildError: PyInstaller, or the check of licences in the spec, failed.
    """
    work.mkdir(parents=True, exist_ok=True)
    log = work / "freeze.log"
    folders: list[str | Path] = ["--distpath", work / "frozen", "--workpath", work / "pyinstaller"]
    spec = bundle.ROOT / "packaging" / "whypm.spec"
    environment = {**os.environ, "PYTHONHASHSEED": "1"}  # the same order of names in the same build
    with log.open("wb") as lines:
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", *folders, spec]
        done = subprocess.run(
            command, env=environment, stdout=lines, stderr=subprocess.STDOUT, cwd=work, check=False
        )
    if done.returncode != 0:
        last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:]
        raise BuildError("\n".join([*last, f"PyInstaller failed; all that it said is in {log}."]))
    frozen = Frozen(work / "frozen" / bundle.NAME, work / "pyinstaller" / "whypm" / bundle.CONTENTS)
    if sys.platform.startswith("linux"):
        strip(frozen)
    return frozen


def freeze_under_wine(work: Path) -> Frozen:
    """Do the same with a Python for Windows. Raises WineError."""
    from windows.build import freeze_under_wine as freeze_windows

    return Frozen(freeze_windows(work), work / "pyinstaller" / "whypm" / bundle.CONTENTS)


def try_under_wine(frozen: Frozen, setup: Path, work: Path) -> None:
    """Install, use and remove the program as a user of Windows would, and say what held.

    Raises TrialError where something did not.
    """
    from windows.build import try_setup

    for line in try_setup(setup, frozen.folder, work):
        print(line, flush=True)


def strip(frozen: Frozen) -> None:
    """Take the debugging notes out of what ``bundle.STRIPPED`` names, and write down how much that was."""
    told = json.loads(frozen.contents.read_text(encoding="utf-8"))
    for path in sizes.data_folder(frozen.folder).rglob("*.so*"):
        if not path.is_symlink() and any(fnmatch.fnmatch(str(path), each) for each in bundle.STRIPPED):
            before = path.stat().st_size
            subprocess.run(["strip", "--strip-unneeded", path], check=True)
            saved = before - path.stat().st_size
            told["left"].append({"target": path.name, "reason": "debugging notes inside", "bytes": saved})
    frozen.contents.write_text(json.dumps(told, indent=1), encoding="utf-8")


def write_reports(frozen: Frozen, output: Path, system: str) -> Path:
    """Write the report of sizes and the list of components into ``output``; return the former."""
    output.mkdir(parents=True, exist_ok=True)
    name = f"{system}-{platform.machine().lower()}"
    told = sizes.data_folder(frozen.folder) / bundle.LICENCES / licences.INDEX
    shutil.copyfile(told, output / f"{name}.{licences.INDEX}")
    report = output / f"{name}.sizes.txt"
    report.write_text(sizes.report(frozen.folder, frozen.contents), encoding="utf-8")
    return report


def make_packages(system: str, frozen: Frozen, output: Path, work: Path, *, quick: bool) -> Sequence[Path]:
    """Make what people download for a system, from the frozen program; ``quick`` is for trials."""
    if system == "linux":
        from linux.build import package as package_linux

        return package_linux(frozen.folder, output, work, quick=quick)
    if system == "windows":
        from windows.build import package as package_windows

        return package_windows(frozen.folder, output, work, quick=quick)
    from macos.disk_image import write_disk_image
    from macos.signing import identity

    name = f"{bundle.NAME}-{bundle.version()}-macos-{platform.machine()}.dmg"
    return [write_disk_image(frozen.folder.with_suffix(".app"), output / name, identity())]


def main(arguments: Sequence[str]) -> int:
    """Build for one system and say what came of it; return the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py package", description="Make the packages of this system.")
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("--output", type=Path, default=bundle.ROOT / "dist", help="where the packages go")
    parser.add_argument(
        "--work", type=Path, default=bundle.ROOT / "build" / "package", help="for what lies between"
    )
    parser.add_argument("--quick", action="store_true", help="compress little, for trials")
    parser.add_argument(
        "--wine", action="store_true", help="windows, on Linux: build and try under Wine; not for release"
    )
    parser.add_argument("--only-look", action="store_true", help="only say whether this can be built here")
    options = parser.parse_args(arguments)
    output, work = options.output.resolve(), options.work.resolve()
    on_wine = options.wine and options.system == "windows"
    if not on_wine and not sys.platform.startswith(SYSTEMS[options.system]):
        parser.error(f"packages for {options.system} are made on {options.system}")
    if options.only_look:
        return 0
    try:
        frozen = freeze_under_wine(work) if on_wine else freeze(work)
        report = write_reports(frozen, output, options.system)
        print(report.read_text(encoding="utf-8"))
        packages = make_packages(options.system, frozen, output, work, quick=options.quick)
        for package in packages:
            print(f"{package.stat().st_size / sizes.BYTES_PER_MB:>8.1f} MB  {os.path.relpath(package)}")
        if on_wine:
            try_under_wine(frozen, packages[-1], work)
    except (BuildError, OSError, RuntimeError, ValueError, subprocess.SubprocessError) as error:
        print(f"package: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
