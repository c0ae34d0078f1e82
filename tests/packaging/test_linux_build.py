"""The Linux packages as released: frozen for real, tried as they are, and in a Debian that has nothing else.

Slow: a build takes minutes. ``python3 dev.py test -m slow tests/packaging/test_linux_build.py``
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import soundfile
from listening import make_reply

import bundle
import licences
import sizes
from virtual_sound import VirtualSoundCard, sound_card, wait_until

__all__ = ["sound_card"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="the packages are built on Debian and Ubuntu"),
]
ROOT = Path(__file__).parents[2]
DEBIAN = "bookworm"
START_SECONDS = 2.5
MOST_MB_INSTALLED = 300
"""Without the models. The .deb itself may have 80 MB; here it is packed in a hurry, and larger."""
# Everything that a program sees of this machine but its files: devices, processes, and /tmp for the sockets.
ENTER = (
    'mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && mount --rbind /tmp "$0/tmp"'
    ' && exec chroot "$0" "$@"'
)


@dataclass(frozen=True)
class Built:
    """What `dev.py package linux` left behind."""

    output: Path
    frozen: Path

    @property
    def contents(self) -> Path:
        return self.frozen.parents[1] / "pyinstaller" / "whypm" / bundle.CONTENTS

    @property
    def program(self) -> Path:
        return self.frozen / "whypm"

    @property
    def deb(self) -> Path:
        (found,) = self.output.glob("*.deb")
        return found

    @property
    def components(self) -> list[dict[str, str]]:
        (found,) = self.output.glob(f"linux-*.{licences.INDEX}")
        told: list[dict[str, str]] = json.loads(found.read_text(encoding="utf-8"))
        return told


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("build")
    command = [sys.executable, ROOT / "dev.py", "package", "linux", "--quick"]
    done = subprocess.run(
        [*command, "--output", folder / "out", "--work", folder / "work"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(folder / "out", folder / "work" / "frozen" / bundle.NAME)


@dataclass(frozen=True)
class Debian:
    """A freshly made Debian in a folder of its own."""

    root: Path

    def command(self, *words: str | Path) -> list[str | Path]:
        """What runs a program in there; its mounts end with it."""
        return ["unshare", "--mount", "sh", "-c", ENTER, self.root, *words]

    def run(
        self, *words: str | Path, environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        own = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "DEBIAN_FRONTEND": "noninteractive"}
        return subprocess.run(
            self.command(*words),
            env=own | (environment or {}),
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )


@pytest.fixture(scope="module")
def debian(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Debian]:
    """A clean Debian with our package installed by apt, which brings what it depends on and no more."""
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        pytest.skip("a clean Debian needs root and debootstrap")
    root = tmp_path_factory.mktemp("debian")
    made = subprocess.run(
        ["debootstrap", "--variant=minbase", DEBIAN, root],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        pytest.skip(f"debootstrap found no Debian: {made.stdout[-300:]}")
    clean = Debian(root)
    shutil.copy(built.deb, root / "var" / "whypm.deb")
    installed = clean.run(
        "apt-get", "install", "--yes", "--no-install-recommends", "/var/whypm.deb", "libasound2-plugins"
    )
    assert installed.returncode == 0, installed.stdout + installed.stderr
    yield clean
    shutil.rmtree(root)


def outcomes(told: str) -> dict[str, str]:
    report = json.loads(told)
    return {step["name"]: step["outcome"] for step in report["steps"]}


def test_the_frozen_program_tests_itself_and_finds_nothing_wrong(built: Built) -> None:
    done = subprocess.run([built.program, "selftest", "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "fails" not in outcomes(done.stdout).values()


def test_what_ships_is_what_the_lock_says(built: Built) -> None:
    text = (ROOT / "requirements" / "build.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))
    names = {name for name, _ in locked}
    shipped = {(each["name"], each["version"]) for each in built.components if each["version"]}
    packages = shipped - {(name, version) for name, version in shipped if name in {"Python", bundle.NAME}}
    assert packages <= locked
    assert {"ctranslate2", "faster-whisper", "numpy", "onnxruntime", "pyside6-essentials"} <= {
        name for name, _ in packages
    }
    inside = {tuple(each["inside"].split()) for each in built.components if each["inside"]}
    assert inside <= locked
    assert names & {"av", "espeakng-loader"} == set()


def test_nothing_in_the_bundle_is_under_the_gpl(built: Built) -> None:
    for each in built.components:
        assert licences.is_permitted(each["licence"]), each
    names = [path.name.lower() for path in built.frozen.rglob("*")]
    for culprit in ("x264", "x265", "avcodec", "espeak-ng", "libreadline", "libjack"):
        assert not [name for name in names if culprit in name]


def test_every_rule_for_linux_leaves_something_out(built: Built) -> None:
    told = json.loads(built.contents.read_text(encoding="utf-8"))
    reasons = {each["reason"] for each in told["left"]}
    assert {each.reason for each in bundle.LEFT_FILES if each.system == "linux"} <= reasons


def test_the_installed_size_keeps_its_budget(built: Built) -> None:
    without_models = sizes.total(built.frozen) - sizes.model_bytes(built.frozen)
    assert without_models <= MOST_MB_INSTALLED * sizes.BYTES_PER_MB


@pytest.fixture
def screen() -> Iterator[str]:
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("Xvfb and xdotool are missing")
    reading, writing = os.pipe()
    # Without -noreset it starts anew, and drops whoever comes meanwhile, each time that xdotool has looked.
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


def is_shown(screen: str) -> bool:
    command = ["xdotool", "search", "--onlyvisible", "--name", bundle.NAME]
    environment = {**os.environ, "DISPLAY": screen}
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0


def forget(folder: Path) -> None:
    """Drop the files' contents from the system's memory, as after switching the machine on."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            file = os.open(path, os.O_RDONLY)
            os.fsync(file)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(file)


def seconds_to_the_window(command: Sequence[str | Path], environment: dict[str, str], screen: str) -> float:
    """Return what it took, less what the program spent in waiting for others to leave the processor."""
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: is_shown(screen), "the window is shown", 60.0)
        seconds = time.monotonic() - began
        waited_nanoseconds = int(Path(f"/proc/{process.pid}/schedstat").read_text("ascii").split()[1])
        return seconds - waited_nanoseconds / 1e9
    finally:
        process.terminate()
        process.wait(30)


def test_the_window_is_there_soon_after_a_cold_start(built: Built, screen: str, tmp_path: Path) -> None:
    environment = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    seen = []
    for attempt in range(4):
        forget(built.frozen)
        command = [built.program, "window", "--data-dir", tmp_path / str(attempt)]
        seen.append(seconds_to_the_window(command, environment, screen))
    assert min(seen) <= START_SECONDS, seen


def test_in_a_clean_debian_it_tests_itself_and_speaks_by_the_system_s_voice(debian: Debian) -> None:
    done = debian.run("whypm", "selftest", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(outcomes(done.stdout).values()) == {"works"}


def test_in_a_clean_debian_the_window_opens(debian: Debian, screen: str) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": "/root", "DISPLAY": screen}
    assert seconds_to_the_window(debian.command("/usr/bin/whypm", "window"), environment, screen) > 0


@pytest.mark.sound
def test_in_a_clean_debian_a_rehearsal_is_asked_aloud_recorded_and_judged(
    debian: Debian, sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    reply = make_reply(tmp_path / "reply.wav", seconds=14.0)
    environment = {"PATH": os.environ["PATH"], "HOME": "/root", **sound_card.settings}
    pipe = subprocess.PIPE
    with (
        sound_card.recording_speaker(tmp_path / "question.wav") as question,
        subprocess.Popen(
            debian.command("/usr/bin/whypm", "rehearse", "--json", "--question", "plain-1"),
            env=environment,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            text=True,
        ) as process,
    ):
        assert process.stdin
        assert process.stdout
        assert process.stderr
        said = [process.stderr.readline()]
        while said[-1] and "Listening" not in said[-1]:
            said.append(process.stderr.readline())
        assert "Listening" in said[-1], said
        sound_card.play_into_microphone(reply).wait()
        process.stdin.write("\n")  # Enter; the keyboard stays there
        process.stdin.flush()
        out = process.stdout.read()
        assert process.wait(60) == 0, process.stderr.read()
    report = json.loads(out)
    assert "analyst" in report["transcript"]["text"]
    assert len(report["checklist"]) == 10
    heard, _ = soundfile.read(question)
    assert abs(heard).max() > 0.05


def test_removed_it_leaves_nothing_but_the_user_s_own_data(debian: Debian) -> None:
    mine = debian.root / "root" / ".local" / "share" / "whypm" / "kept.txt"
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("a recording", encoding="utf-8")
    listed = debian.run("dpkg", "-L", "whypm").stdout.splitlines()
    assert "/usr/lib/whypm/whypm" in listed
    removed = debian.run("apt-get", "purge", "--yes", "whypm")
    assert removed.returncode == 0, removed.stdout + removed.stderr
    left = [path for path in listed if "whypm" in path and os.path.lexists(f"{debian.root}{path}")]
    assert left == []
    assert mine.read_text(encoding="utf-8") == "a recording"
