"""Tries a setup program under Wine, as a user would who is called by letters that few programs expect.

Each step states what must hold, and raises TrialError where it does not.
"""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from windows.installer import DATA_FOLDER
from windows.wine import Wine, make_computer

USER = "Zoë Łukaszewicz-名前 whose name is as long as names get"
LONG_NAME = "a folder with a long name, ä and 長, " * 6
EXIT_OLDER, EXIT_OPEN, EXIT_LONG = 3, 4, 6
"""As in whypm.nsi."""
LONGEST_PATH = 259
OPEN_SECONDS = 60
SELF_TEST_SECONDS = 900
LEFT_BY_OTHERS = ("~nsu", "gen_py")
"""In the folder for temporary files: NSIS's running uninstaller, and pywin32's cache of all programs."""


class TrialError(RuntimeError):
    """The setup, or what it installed, does not do what it must."""


@dataclass(slots=True)
class Trial:
    """A user's computer, on which setups are run; ``said`` collects what was seen."""

    wine: Wine
    name: str
    """Of the product."""
    program: str
    terminal_program: str
    said: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """Where it is installed, if nothing else is asked for."""
        return self.wine.home / "AppData" / "Local" / "Programs" / self.name

    @property
    def data(self) -> Path:
        """Where the recordings are."""
        return self.wine.home / "AppData" / "Local" / DATA_FOLDER

    @property
    def links(self) -> tuple[Path, Path]:
        """In the Start menu, and on the desktop."""
        menu = self.wine.home / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        return menu / f"{self.name}.lnk", self.wine.home / "Desktop" / f"{self.name}.lnk"

    def begin(self) -> None:
        """Start with a new computer."""
        make_computer(self.wine)
        self.folder.parent.mkdir(parents=True)  # belongs to Windows
        self.wine.run(["cmd", "/c", "exit"])
        self.wine.wait()

    def set_up(self, setup: Path, *switches: str) -> int:
        """Run a setup silently, wait for its end, and return its exit code."""
        done = self.wine.run([setup, "/S", *switches])
        self.wine.wait()
        return done.returncode

    def uninstall(self, *switches: str, folder: Path | None = None) -> int:
        """Run the uninstaller silently, and wait for the copy of itself that does the work."""
        done = self.wine.run([(folder or self.folder) / "uninstall.exe", "/S", *switches])
        self.wine.wait()
        return done.returncode

    def files(self) -> set[str]:
        """Every file and folder of the user's, and what the registry keeps of us."""
        paths = (path.relative_to(self.wine.home).as_posix() for path in self.wine.home.rglob("*"))
        found = {path for path in paths if not any(each in path for each in LEFT_BY_OTHERS)}
        return found | {f"registry {key}" for key in self.registry()}

    def registry(self) -> dict[str, str]:
        """Return the values of our entry in the list of programs; {} if there is none."""
        key = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{self.name}"
        lines = self.wine.run(["reg", "query", key]).stdout.splitlines()
        rows = (line.split(maxsplit=2) for line in lines if "REG_" in line)
        return {row[0]: row[2] if len(row) > 2 else "" for row in rows}  # noqa: PLR2004 - name, kind, value

    @contextmanager
    def running(self, arguments: list[str]) -> Iterator[None]:
        """Have the installed terminal program run meanwhile."""
        command: list[str | Path] = ["wine", self.folder / f"{self.terminal_program}.exe", *arguments]
        with subprocess.Popen(
            command,
            env=self.wine.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process:
            if process.stdout is None or process.stdin is None:
                raise TrialError("The program has no streams.")
            process.stdout.readline()  # now it runs
            try:
                yield
            finally:
                process.stdin.close()
                process.stdout.read()
                process.wait(OPEN_SECONDS)
        self.wine.wait()

    def take(self) -> list[str]:
        """Return what was seen since the last time, a line each."""
        said, self.said = self.said, []
        return [f"holds: {claim}" for claim in said]

    def expect(self, claim: str, holds: bool, otherwise: object = "") -> None:
        """Note a claim that holds; raise TrialError for one that does not."""
        if not holds:
            raise TrialError(f"It does not hold that {claim}. {otherwise}".strip())
        self.said.append(claim)


def try_installing(trial: Trial, setup: Path, version: str) -> set[str]:
    """Install for a new user; return what the user had before."""
    trial.begin()
    before = trial.files()
    code = trial.set_up(setup, "/DESKTOP")
    trial.expect(f"{setup.name} installs silently", code == 0, f"Its exit code is {code}.")
    entry = trial.registry()
    trial.expect("the list of programs has this version", entry.get("DisplayVersion") == version, entry)
    trial.expect("both links are made", all(link.is_file() for link in trial.links), trial.links)
    return before


def try_itself(trial: Trial) -> list[str]:
    """Have the installed program test itself and make its data folder; return its report, a line a step."""
    began = time.monotonic()
    program = trial.folder / f"{trial.terminal_program}.exe"
    done = trial.wine.run([program, "selftest", "--json"], seconds=SELF_TEST_SECONDS)
    trial.wine.wait()
    last = done.stdout.strip().splitlines()[-1:]
    try:
        report = json.loads("".join(last))
    except ValueError as error:
        raise TrialError(
            f"The self-test ended with {done.returncode} and no report: {done.stdout}"
        ) from error
    took = f"{time.monotonic() - began:.0f} s"
    trial.expect(f"the installed program passes its self-test ({took})", done.returncode == 0, report)
    trial.wine.run([program, "doctor"])
    trial.expect("its data is where the uninstaller looks for it", trial.data.is_dir(), trial.data)
    return [f"  {step['outcome']} {step['name']}: {step['detail']}" for step in report["steps"]]


def try_while_open(trial: Trial, setup: Path, arguments: list[str]) -> None:
    """Let neither setup nor uninstaller touch a program that runs."""
    in_place = unquoted(f"_?={windows_path(trial, trial.folder)}")  # else a copy of it has the code
    with trial.running(arguments):
        codes = [trial.wine.run([setup, "/S"]).returncode]
        codes.append(trial.wine.run([trial.folder / "uninstall.exe", "/S", *in_place]).returncode)
    there = (trial.folder / f"{trial.program}.exe").is_file()
    trial.expect("an open program is noticed by both", codes == [EXIT_OPEN] * 2 and there, f"Codes: {codes}.")


def try_upgrading(trial: Trial, earlier: Path, current: Path, version: str, gone: str) -> None:
    """Install the earlier, then the current over it; ``gone`` is a file that only the earlier one has."""
    trial.begin()
    code = trial.set_up(earlier)
    trial.expect("an earlier version installs", code == 0 and (trial.folder / gone).is_file(), code)
    own = trial.folder / "my notes.txt"
    own.write_text("not ours", encoding="utf-8")
    recording = trial.data / "recordings" / "mine.wav"
    recording.parent.mkdir(parents=True)
    recording.write_bytes(b"RIFF")
    code = trial.set_up(current)
    trial.expect("the current one installs over it", code == 0, f"Its exit code is {code}.")
    trial.expect("what only the earlier one had is gone", not (trial.folder / gone).exists())
    trial.expect("what the user put there stays", own.is_file() and recording.is_file())
    trial.expect("its version is the current one", trial.registry().get("DisplayVersion") == version)
    code = trial.set_up(earlier)
    still = trial.registry().get("DisplayVersion") == version
    trial.expect("a downgrade is refused", code == EXIT_OLDER and still, f"Its exit code is {code}.")
    own.unlink()


def try_removing(trial: Trial, before: set[str]) -> None:
    """Uninstall with the recordings kept; nothing else may be left of what was not there ``before``."""
    recording = trial.data / "recordings" / "mine.wav"
    recording.parent.mkdir(parents=True, exist_ok=True)
    recording.write_bytes(b"RIFF")
    code = trial.uninstall()
    trial.expect("it uninstalls silently", code == 0, f"Its exit code is {code}.")
    trial.expect("the recordings stay", recording.is_file())
    data = trial.data.relative_to(trial.wine.home).as_posix()
    left = sorted(path for path in trial.files() - before if not path.startswith(data))
    trial.expect("nothing else is left", not left, left)


def try_elsewhere(trial: Trial, setup: Path, longest_name: int) -> None:
    """Install into a long path, be refused one that is too long, and remove all with the data."""
    drive = trial.wine.prefix / "drive_c"
    room = LONGEST_PATH - longest_name - len("C:/" + "/")
    folder = drive / LONG_NAME[:room].strip()
    code = trial.set_up(setup, *unquoted(f"/D={windows_path(trial, folder)}"))
    program = folder / f"{trial.program}.exe"
    letters = len(windows_path(trial, folder))
    trial.expect(f"it installs into a path of {letters} letters", code == 0 and program.is_file(), code)
    done = trial.wine.run([folder / f"{trial.terminal_program}.exe", "selftest"], seconds=SELF_TEST_SECONDS)
    trial.expect("it works there", done.returncode == 0, done.stdout)
    trial.data.mkdir(parents=True, exist_ok=True)
    (trial.data / "sessions.db").touch()
    code = trial.uninstall("/DELETEDATA", folder=folder)
    gone = not folder.exists() and not trial.data.exists()
    trial.expect("asked to, it removes the recordings as well", code == 0 and gone, code)
    beyond = drive / ("x" * 120) / ("y" * (LONGEST_PATH - longest_name - 120))
    code = trial.set_up(setup, *unquoted(f"/D={windows_path(trial, beyond)}"))
    trial.expect("a path that is too long is refused", code == EXIT_LONG and not beyond.exists(), code)


def windows_path(trial: Trial, path: Path) -> str:
    """A path on the computer's own disk, as its programs see it."""
    return str(PureWindowsPath("C:/", *path.relative_to(trial.wine.prefix / "drive_c").parts))


def unquoted(switch: str) -> list[str]:
    """A switch of NSIS's in pieces, which arrive joined by spaces: in one piece it would arrive in quotes."""
    return switch.split(" ")
