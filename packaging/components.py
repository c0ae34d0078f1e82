"""Which component each bundled file belongs to: a package, a library inside one, Python, or ourselves."""

import fnmatch
import platform
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath

import bundle
from licence_table import PARTS

OURSELVES = "WhyPM"
PYTHON = "Python"
_SITE = "/site-packages/"

Row = tuple[str, str | None, str]
"""What PyInstaller keeps of a file: where it goes in the bundle (or its module's name), where it comes from,
and its kind."""


class UnknownOriginError(Exception):
    """Files whose origin nobody knows, and so their licence; the message names them."""


@dataclass(frozen=True, slots=True)
class Component:
    """What one maker contributed to the bundle."""

    name: str
    """Of the distribution, in lower case, or of an entry of ``licence_table.PARTS``."""
    version: str
    """Empty where it is not known apart from what brings it."""
    inside: str
    """The package that brings it, with its version; empty for what comes by itself."""
    targets: tuple[str, ...]
    """Its files in the bundle, or the names of its modules."""
    sources: tuple[str, ...]
    """The same files where they were found."""


def components(rows: Iterable[Row]) -> tuple[Component, ...]:
    """Return the components of a bundle, in the order of their names.

    Raises:
        UnknownOriginError: files belong to none.
    """
    owners = _Owners()
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    unknown = []
    for target, source, kind in rows:
        if kind == "SYMLINK" or source in {None, "-"}:  # a second name, or a package without a file
            continue
        owner = owners.of(_posix(target), _posix(source))
        if owner is None:
            unknown.append(f"{target} ({source})")
        else:
            found[owner].append((target, source))
    if unknown:
        raise UnknownOriginError("Nobody knows where these come from: " + ", ".join(sorted(unknown)))
    return tuple(
        Component(*owner, *zip(*sorted(files), strict=True))
        for owner, files in sorted(found.items(), key=lambda item: item[0][0].lower())
    )


def distribution_of(name: str) -> Distribution | None:
    """Return the installed distribution of a component, or None where it is not one."""
    return next((each for each in distributions() if _name(each) == name), None)


def debian_package_of(source: str) -> str | None:
    """Return the Debian package that a file of the build machine belongs to, or None."""
    for path in (source, str(Path(source).resolve())):
        try:
            done = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return None
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    return None


class _Owners:
    """Looks files up in what the installed distributions say that they installed."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[str, str]] = {}
        self._folders: dict[str, tuple[str, str]] = {}
        for each in distributions():
            owner = (_name(each), each.version)
            for file in each.files or ():
                path = PurePosixPath(file)
                self._files[str(path)] = owner
                self._folders.setdefault(path.parts[0], owner)

    def of(self, target: str, source: str) -> tuple[str, str, str] | None:
        """Return name, version and what it is inside of."""
        package = self._package(source)
        for part in PARTS:
            if any(fnmatch.fnmatchcase(target, pattern) for pattern in part.patterns):
                return part.name, "", " ".join(package or ())
        if _SITE in source:
            return (*package, "") if package else None
        place = source.lower()
        if place.startswith(_posix(sys.base_prefix).lower() + "/") or target == "base_library.zip":
            return PYTHON, platform.python_version(), ""
        if place.startswith(_posix(str(bundle.ROOT)).lower() + "/") or target.startswith("whypm-"):
            return OURSELVES, bundle.version(), ""
        if target.startswith(f"{bundle.LICENCES}/"):
            return OURSELVES, bundle.version(), ""
        return None

    def _package(self, source: str) -> tuple[str, str] | None:
        path = source.rpartition(_SITE)[2] if _SITE in source else ""
        return self._files.get(path) or self._folders.get(path.partition("/")[0])


def _posix(path: str) -> str:
    return path.replace("\\", "/")


def _name(distribution: Distribution) -> str:
    return str(distribution.metadata["Name"]).lower().replace("_", "-")
