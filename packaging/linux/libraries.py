"""The libraries that the program takes from the distribution, and the Debian packages that have them."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")
NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")

OF_EVERY_SYSTEM = frozenset(
    """
    ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 libc.so.6 libdl.so.2 libm.so.6 libmvec.so.1 libpthread.so.0
    librt.so.1
    """.split()
)
"""The C library's; ``libc6`` has them, in the version that ``oldest_glibc`` says."""

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libportaudio.so.2": "libportaudio2",
    "libespeak-ng.so.1": "libespeak-ng1",
    "libstdc++.so.6": "libstdc++6",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
"""By the name that a program asks the loader for. Two of them are asked for by name at run time, not linked:
PortAudio by sounddevice, eSpeak NG by pyttsx3."""
LOADED_BY_NAME = frozenset({"libportaudio.so.2", "libespeak-ng.so.1"})
BESIDES = ("espeak-ng-data", "ca-certificates", "libasound2-plugins", "xdg-utils")
"""What no library is, and what sound and links want: see ``RECOMMENDED``."""
RECOMMENDED = frozenset({"ca-certificates", "libasound2-plugins", "xdg-utils"})
"""For downloading models, for sound through PulseAudio and PipeWire, and for links."""


class MissingLibraryError(Exception):
    """Neither the program nor a package in the list has a library; the message names it."""


def from_distribution(folder: Path) -> frozenset[str]:
    """Return the names of the libraries that the frozen program asks the distribution for.

    Raises:
        MissingLibraryError: one of them is in no package of the list.
    """
    own = {path.name for path in folder.rglob("*.so*")}
    asked = {name for path in _binaries(folder) for name in _needed(path)}
    outside = asked - own - OF_EVERY_SYSTEM
    if unknown := outside - PACKAGES.keys():
        raise MissingLibraryError(
            f"Neither the program nor a package in the list has {', '.join(sorted(unknown))}."
        )
    return frozenset(outside)


def oldest_glibc(folder: Path) -> str:
    """Return the oldest version of the C library that the frozen program runs with, such as "2.36"."""
    versions = {
        (int(major), int(minor))
        for path in _binaries(folder)
        for major, minor in GLIBC.findall(_read("--version-info", path))
    }
    return ".".join(map(str, max(versions)))


def debian_packages(libraries: frozenset[str]) -> list[str]:
    """Return the packages that have the libraries, each once, in order."""
    return sorted({PACKAGES[name] for name in libraries})


def _binaries(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _needed(path: Path) -> list[str]:
    return NEEDED.findall(_read("--dynamic", path))


def _read(what: str, path: Path) -> str:
    command = ["readelf", what, "--wide", str(path)]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=True).stdout
