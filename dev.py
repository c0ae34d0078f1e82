"""Set up and start WhyPM from a clone, with nothing but Python 3.11 or newer.

    python3 dev.py run [ARGS]     start WhyPM; without ARGS the window, or the demo where there is no display
    python3 dev.py test [ARGS]    run the tests (ARGS go to pytest)
    python3 dev.py check          run the linters (workflows too), the type checker and the import contracts
    python3 dev.py bench [ARGS]   measure how fast the report comes after Stop, beside plain faster-whisper
    python3 dev.py package linux|windows|macos    make what people download, on that system (--help for more)

Each command first does what set-up is missing: system libraries on Debian and Ubuntu, `.venv` beside this
file (for `package`: `build/venv`), and the locked packages of `requirements/`. It speaks on standard error,
so that standard output belongs to the command.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
STATE = VENV / "set-up.json"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
BUILD_VENV = ROOT / "build" / "venv"

# What the wheels expect of a Linux system, as (library to load, Debian package that has it): PortAudio for
# sounddevice, the rest for Qt's `xcb` and `wayland` windows. Everything else comes inside the wheels.
SYSTEM_LIBRARIES = (
    ("libportaudio.so.2", "libportaudio2"),
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
# What the tests' virtual screen and sound card need besides: (program, Debian package that has it).
TEST_PROGRAMS = (
    ("Xvfb", "xvfb"),
    ("pulseaudio", "pulseaudio"),
    ("pactl", "pulseaudio-utils"),
    ("strace", "strace"),
    ("xdotool", "xdotool"),
)
ALSA_TO_PULSE = ("lib*/**/alsa-lib/libasound_module_pcm_pulse.so", "libasound2-plugins")


class SetUpError(Exception):
    """The set-up cannot go on; the message says what to do."""


def say(text: str) -> None:
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_ensurepip() -> bool:  # Debian takes it out of Python, into a package of its own
    return importlib.util.find_spec("ensurepip") is not None


def missing_system_packages(*, with_tests: bool) -> dict[str, str]:
    """What is missing, as {library or program: Debian package}."""
    missing = {library: package for library, package in SYSTEM_LIBRARIES if not loads(library)}
    if sys.base_prefix == "/usr" and not has_ensurepip():
        missing["ensurepip"] = f"python3.{sys.version_info.minor}-venv"
    if with_tests:
        missing |= {program: package for program, package in TEST_PROGRAMS if not shutil.which(program)}
        pattern, package = ALSA_TO_PULSE
        if not any(Path("/usr").glob(pattern)):
            missing[Path(pattern).name] = package
    return missing


def provide_system_packages(*, with_tests: bool) -> None:
    if not sys.platform.startswith("linux"):
        return  # the wheels for Windows and macOS bring all they need
    missing = missing_system_packages(with_tests=with_tests)
    needed = [library for library, _ in SYSTEM_LIBRARIES if library in missing]
    if missing and shutil.which("apt-get"):
        apt_install(sorted(set(missing.values())))
    elif needed:
        raise SetUpError(f"please install these system libraries, then start again: {', '.join(needed)}.")
    elif missing:
        say(f"tests of sound and window may be skipped: there is no {', '.join(missing)}.")


def apt_install(packages: Sequence[str]) -> None:
    """Install Debian packages as root or with a password-free sudo; without either, say what to type."""
    install = ["install", "--yes", "--no-install-recommends", *packages]
    as_root = os.geteuid() == 0
    if not as_root and not (shutil.which("sudo") and run_quietly(["sudo", "-n", "true"]).returncode == 0):
        raise SetUpError(
            "some system packages are missing. Please run\n"
            f"    sudo apt-get update && sudo apt-get {' '.join(install)}\n"
            "then start the same command again."
        )
    say(f"installing system packages: {' '.join(packages)}")
    prefix = [] if as_root else ["sudo", "-n"]
    apt_get = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    if run_quietly([*apt_get, *install]).returncode != 0:
        run_quietly([*apt_get, "update"])  # a machine that has no package list yet, or an old one
        demand([*apt_get, *install], f"`apt-get {' '.join(install)}` failed; what it said is above.")


def run_quietly(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )


def demand(command: Sequence[str | Path], otherwise: str) -> None:
    """Run a command that must succeed; if not, its last lines and `otherwise` are what the person reads."""
    done = run_quietly(command)
    if done.returncode != 0:
        last_lines = (done.stdout + done.stderr).strip().splitlines()[-12:]
        raise SetUpError("\n".join([*last_lines, otherwise]))


def venv_identity() -> str:
    """A `.venv` works only for the interpreter and the folder that it was made for."""
    return f"Python {sys.version} of {sys.base_prefix} in {VENV}"


def digest(name: str) -> str:
    """What an installed set depends on: its lock, and our own metadata and entry points."""
    files = (REQUIREMENTS / f"{name}.txt", ROOT / "pyproject.toml")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def read_state() -> dict[str, str]:
    """The state that the last set-up left; {} if there is none, or its `.venv` is of no use here and now."""
    try:
        state: dict[str, str] = json.loads(STATE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if state.get("venv") == venv_identity() and PYTHON.exists() else {}


def write_state(**installed: str) -> None:
    new = STATE.with_suffix(".new")
    new.write_text(json.dumps({"venv": venv_identity(), **installed}, indent=1), encoding="utf-8")
    new.replace(STATE)


def is_ready(name: str) -> bool:
    return read_state().get(name) == digest(name)


@contextlib.contextmanager
def one_set_up_at_a_time() -> Iterator[None]:
    with (ROOT / ".venv.lock").open("a+b") as lock:
        if sys.platform == "win32":
            import msvcrt

            try:
                msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)  # tries for ten seconds
            except OSError as error:
                raise SetUpError("another set-up is running in this folder; wait for its end.") from error
        else:
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("another set-up is running in this folder; waiting for its end")
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    if not has_ensurepip():
        raise SetUpError(
            f"the Python at {sys.executable} has no `ensurepip`, which virtual environments need. "
            "Install the package of your system that has it, or use the Python of python.org."
        )
    say(f"making {VENV}")
    if VENV.exists():
        shutil.rmtree(VENV)
    demand([sys.executable, "-m", "venv", VENV], f"{VENV} could not be made; what Python said is above.")


def install_packages(name: str) -> None:
    say("installing the locked packages (the first time that downloads some 500 MB and can take minutes)")
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--no-deps", "--no-input", "-qq"]
    demand(
        [*pip, "--require-hashes", "--only-binary=:all:", "-r", REQUIREMENTS / f"{name}.txt"],
        "the packages could not be installed; what pip said is above. The first set-up needs a network "
        "connection: start the same command again when there is one. If there is one, see CONTRIBUTING.md on "
        "the systems, processors and Pythons that have them.",
    )
    demand(
        [*pip, "--no-index", "--no-build-isolation", "--editable", ROOT],
        "WhyPM itself could not be installed; what pip said is above.",
    )


def set_up(*, with_tests: bool = False) -> None:
    """Do what is missing. The state says `busy` until all went well: what was interrupted is made anew."""
    name = "test" if with_tests else "run"
    if is_ready(name):
        return
    with one_set_up_at_a_time():
        if is_ready(name):
            return  # somebody else's set-up, which we waited for, did it
        provide_system_packages(with_tests=with_tests)
        state = read_state()
        if not state or "busy" in state:
            make_venv()
        write_state(busy=name)
        install_packages(name)
        write_state(**{each: digest(each) for each in ("run", name)})  # the test set holds all of the run set
        say("set-up is complete")


def become(command: Sequence[str | Path]) -> int:
    """Hand over to `command`: its exit code is ours, and so are the signals sent to us."""
    if os.name == "posix":
        os.execv(command[0], [str(part) for part in command])
    child = subprocess.Popen(command)
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # the child has received it as well, and decides
            return child.wait()


def become_module(name: str, args: Sequence[str]) -> int:
    """Hand over to a module of ours, in `.venv`.

    It is found by way of the environment. The `.pth` file of the editable install is in UTF-8, but Python
    before 3.13 reads it in the system's encoding: on Windows that spoils a path with letters beyond ASCII.
    """
    others = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), *([others] if others else [])])
    return become([PYTHON, "-P", "-m", name, *args])


def run(args: Sequence[str]) -> int:
    set_up()
    has_display = not sys.platform.startswith("linux") or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    if not args and not has_display:
        say("there is no display here, so the demo runs in the terminal instead of the window")
        args = ["demo"]
    return become_module("whypm", args)


def test(args: Sequence[str]) -> int:
    set_up(with_tests=True)
    os.chdir(ROOT)
    return become_module("pytest", args)


def check(args: Sequence[str]) -> int:
    if args:
        raise SetUpError("`check` takes no arguments.")
    set_up(with_tests=True)
    checks: dict[str, list[str | Path]] = {
        "lint": [PYTHON, "-m", "ruff", "check"],
        "format": [PYTHON, "-m", "ruff", "format", "--check"],
        "types": [PYTHON, "-m", "mypy"],
        "imports": [PROGRAMS / "lint-imports", "--no-logo"],
        # Without the linters of shell and Python that one machine has and another has not.
        "workflows": [PROGRAMS / "actionlint", "-shellcheck=", "-pyflakes="],
        "security": [PROGRAMS / "zizmor", "--offline", "-q", "--strict-collection", ".github/workflows"],
    }
    failed = []
    for title, command in checks.items():
        say(f"check: {title}")
        if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
            failed.append(title)
    say(f"check failed: {', '.join(failed)}" if failed else "check passed")
    return 1 if failed else 0


def bench(args: Sequence[str]) -> int:
    set_up(with_tests=True)
    os.chdir(ROOT)
    return become_module("whypm_lab.speech.bench", args)


def build_environment() -> Path:
    """Return the Python of the environment that packages are built in, made anew whenever its lock changes.

    It is one of its own, so that nothing comes into a package that the lock of builds has not.
    """
    python = BUILD_VENV / PYTHON.relative_to(VENV)
    state = BUILD_VENV / "set-up.txt"
    lock = REQUIREMENTS / "build.txt"
    wanted = f"{venv_identity()}\n{hashlib.sha256(lock.read_bytes()).hexdigest()}\n"
    with one_set_up_at_a_time():
        if state.exists() and state.read_text(encoding="utf-8") == wanted and python.exists():
            return python
        provide_system_packages(with_tests=False)
        say(f"making {BUILD_VENV} (this downloads some 300 MB and can take minutes)")
        shutil.rmtree(BUILD_VENV, ignore_errors=True)
        demand([sys.executable, "-m", "venv", BUILD_VENV], f"{BUILD_VENV} could not be made; see above.")
        pip: list[str | Path] = [python, "-m", "pip", "install", "--no-deps", "--no-input", "-qq"]
        demand([*pip, "--require-hashes", "--only-binary=:all:", "-r", lock], "pip failed; see above.")
        state.write_text(wanted, encoding="utf-8")
    return python


def package(args: Sequence[str]) -> int:
    build = ROOT / "packaging" / "build.py"
    if {"-h", "--help"} & set(args):
        return become([sys.executable, build, *args])
    # What cannot be built is refused before anything is downloaded for it.
    refused = subprocess.run([sys.executable, build, *args, "--only-look"], check=False).returncode
    return refused or become([build_environment(), build, *args])


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "package": package,
}


def main(arguments: Sequence[str]) -> int:
    if sys.version_info < OLDEST_PYTHON:
        say(f"WhyPM needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable}).")
        return 2
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 0 if arguments and arguments[0] in {"-h", "--help"} else 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except SetUpError as problem:
        say(str(problem))
        return 2
    except OSError as problem:
        say(f"the set-up could not go on: {problem}")
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
