"""A sound card made of software, so that tests can play and record without hardware.

PulseAudio offers one speaker and one microphone, both null sinks: what a program plays on the speaker can be
recorded and listened to, and what a test plays into the microphone is what a program hears. PortAudio
reaches them through ALSA's ``default`` device, as on a desktop. Debian and Ubuntu only; as root the missing
packages are installed, elsewhere the tests skip and say which.

In a test::

    with virtual_sound_card() as card:
        with card.recording_speaker(tmp_path / "heard.wav"):
            subprocess.run([sys.executable, "-m", "whypm", ...], env=card.environment)
        card.play_into_microphone(reply).wait()

While the card lives, this process's environment points at it too. Sound code that this process has already
started must look again (``SoundCard.refresh``); child processes get ``card.environment``.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PACKAGES = ("libportaudio2", "pulseaudio", "pulseaudio-utils", "libasound2-plugins")
SPEAKER = "speaker"
MICROPHONE = "microphone"
RATE = 48_000
START_SECONDS = 15.0
IDLE_SECONDS = 1800  # then a daemon whose test run was killed goes away by itself
_POLL_SECONDS = 0.02
# Without rewinds a null sink works in steps of 50 ms, as hardware does; else in steps of two seconds.
_SINK = (f"rate={RATE}", "channels=1", "norewinds=1")

_ALSA_CONFIGURATION = """\
</usr/share/alsa/alsa.conf>
pcm.!default {{
    type asym
    playback.pcm {{ type pulse server "{speaker}" }}
    capture.pcm {{ type pulse server "{microphone}" }}
    hint {{ show on description "Virtual sound card" }}
}}
"""


class SoundCardUnavailableError(Exception):  # it says why a test cannot run, not that one failed
    """The virtual card cannot run here; the message says what is missing."""


class _Daemon:
    """One PulseAudio daemon with its own socket; it starts with no device at all."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        for name in ("run", "state"):
            (folder / name).mkdir(mode=0o700)
        clients = folder / "client.conf"
        clients.write_text("autospawn = no\nenable-shm = no\n")
        self.server = f"unix:{folder / 'native'}"
        self._own = {
            "PULSE_RUNTIME_PATH": str(folder / "run"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_CLIENTCONFIG": str(clients),
        }
        self.environment = {**os.environ, **self._own, "PULSE_SERVER": self.server}
        self._modules: dict[str, str] = {}
        self._process = self._run(folder)

    def load(self, name: str, module: str, *arguments: str) -> None:
        self._modules[name] = self.control("load-module", module, *arguments).strip()

    def unload(self, name: str) -> None:
        self.control("unload-module", self._modules.pop(name))

    def control(self, *arguments: str) -> str:
        command = ["pactl", *arguments]
        return subprocess.run(
            command, env=self.environment, stdout=subprocess.PIPE, text=True, timeout=10, check=True
        ).stdout

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        _stop(self._process)

    def _run(self, folder: Path) -> subprocess.Popen[bytes]:
        with (folder / "pulseaudio.log").open("wb") as log:
            process = subprocess.Popen(
                [
                    "pulseaudio",
                    "-n",
                    "--daemonize=no",
                    f"--exit-idle-time={IDLE_SECONDS}",
                    "--use-pid-file=no",
                    "--disable-shm=yes",
                    # A real card keeps time on a loaded machine too; without the rights this has no effect.
                    "--realtime=yes",
                    "--high-priority=yes",
                    f"--load=module-native-protocol-unix socket={folder / 'native'} auth-anonymous=1",
                ],
                env={**os.environ, **self._own},
                stdout=log,
                stderr=log,
            )
        try:
            wait_until((folder / "native").exists, "PulseAudio listens", START_SECONDS)
        except TimeoutError:
            _stop(process)
            raise SoundCardUnavailableError((folder / "pulseaudio.log").read_text()) from None
        return process


class VirtualSoundCard:
    """A running card; made by ``virtual_sound_card``.

    ``environment`` is the whole environment for a child process that shall use this card.

    Microphone and speaker are two daemons, since PulseAudio moves the programs of a vanished microphone
    to whatever else can be recorded, be it the speaker: with one daemon nothing could be unplugged.
    """

    def __init__(self, folder: Path) -> None:
        self._microphone = _Daemon(folder / "microphone")
        self._speaker = _Daemon(folder / "speaker")
        alsa = folder / "alsa.conf"
        servers = {"microphone": self._microphone.server, "speaker": self._speaker.server}
        alsa.write_text(_ALSA_CONFIGURATION.format(**servers))
        clients = self._speaker.environment["PULSE_CLIENTCONFIG"]
        self.settings = {"ALSA_CONFIG_PATH": str(alsa), "PULSE_CLIENTCONFIG": clients}
        self.environment = {**os.environ, **self.settings}
        self._children: list[subprocess.Popen[bytes]] = []
        self.plug_in_speaker()
        self.plug_in_microphone()

    def play_into_microphone(self, path: Path) -> subprocess.Popen[bytes]:
        """Start playing a WAV or FLAC file into the microphone; ``wait`` on the result for its end."""
        return self._start(self._microphone, "paplay", f"--device={MICROPHONE}_in", str(path))

    @contextlib.contextmanager
    def recording_speaker(self, path: Path) -> Iterator[Path]:
        """Write to ``path`` (WAV, 48 kHz mono) what the speaker plays meanwhile; it is whole afterwards."""
        path.unlink(missing_ok=True)
        monitor = f"--device={SPEAKER}.monitor"
        shape = (f"--rate={RATE}", "--channels=1", "--format=s16le", "--file-format=wav")
        child = self._start(self._speaker, "parecord", "--latency-msec=20", monitor, *shape, str(path))
        wait_until(lambda: path.exists() and path.stat().st_size > RATE // 10, "the speaker is recorded")
        try:
            yield path
        finally:
            _stop(child)  # parecord finishes its file when it is asked to go

    def unplug_microphone(self) -> None:
        """Take the microphone away, as when its cable is pulled."""
        self._microphone.unload("source")
        self._microphone.unload("sink")

    def plug_in_microphone(self) -> None:
        """Bring the microphone back after ``unplug_microphone``."""
        sink = f"{MICROPHONE}_in"
        self._microphone.load("sink", "module-null-sink", f"sink_name={sink}", *_SINK)
        source = (f"master={sink}.monitor", f"source_name={MICROPHONE}")
        self._microphone.load("source", "module-remap-source", *source)
        self._microphone.control("set-default-source", MICROPHONE)

    def mute_microphone(self, muted: bool) -> None:
        """Switch the microphone to digital silence and back."""
        self._microphone.control("set-source-mute", MICROPHONE, str(int(muted)))

    @contextlib.contextmanager
    def frozen_microphone(self) -> Iterator[None]:
        """Let the microphone's sound system hang for the length of the block, as if it had crashed."""
        self._microphone.freeze()
        try:
            yield
        finally:
            self._microphone.thaw()

    def unplug_speaker(self) -> None:
        """Take the speaker away."""
        self._speaker.unload("sink")

    def plug_in_speaker(self) -> None:
        """Bring the speaker back after ``unplug_speaker``."""
        self._speaker.load("sink", "module-null-sink", f"sink_name={SPEAKER}", *_SINK)

    def listeners(self) -> int:
        """How many programs record from the microphone at this moment."""
        outputs = self._microphone.control("list", "short", "source-outputs").splitlines()
        return sum("module-remap-source" not in line for line in outputs)

    def players(self) -> int:
        """How many programs play on the speaker at this moment."""
        return len(self._speaker.control("list", "short", "sink-inputs").splitlines())

    def close(self) -> None:
        """Stop everything that plays or records, then the card."""
        for child in self._children:
            _stop(child)
        self._microphone.stop()
        self._speaker.stop()

    def _start(self, daemon: _Daemon, *command: str) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(command, env=daemon.environment, stderr=subprocess.DEVNULL)
        self._children.append(child)
        return child


@contextlib.contextmanager
def virtual_sound_card() -> Iterator[VirtualSoundCard]:
    """Run a virtual sound card for the length of the block.

    Raises:
        SoundCardUnavailableError: The system is not Debian or Ubuntu, or packages are missing and cannot be
            installed without root.
    """
    _install()
    with tempfile.TemporaryDirectory(prefix="sound-") as folder:
        card = VirtualSoundCard(Path(folder))
        before = {key: os.environ.get(key) for key in card.settings}
        os.environ.update(card.settings)
        try:
            yield card
        finally:
            card.close()
            _restore(before)


@pytest.fixture(scope="session")
def sound_card() -> Iterator[VirtualSoundCard]:
    """One virtual card for the whole run; skips, with the reason, where it cannot be had."""
    with contextlib.ExitStack() as stack:
        try:
            card = stack.enter_context(virtual_sound_card())
        except SoundCardUnavailableError as missing:
            pytest.skip(str(missing))
        yield card


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 10.0) -> None:
    """Wait until ``condition()`` is true; fail with ``what`` was awaited when it takes too long."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds} s in vain until {what}")
        time.sleep(_POLL_SECONDS)


def _install() -> None:
    if not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        raise SoundCardUnavailableError("the virtual sound card needs Debian or Ubuntu")
    missing = [package for package in PACKAGES if not _installed(package)]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        raise SoundCardUnavailableError(f"the virtual sound card needs: sudo {' '.join(command)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SoundCardUnavailableError(f"{' '.join(command)} failed: {done.stderr[-500:]}")


def _installed(package: str) -> bool:
    query = ["dpkg-query", "-W", "-f=${Status}", package]
    done = subprocess.run(query, capture_output=True, text=True, check=False)
    return done.stdout == "install ok installed"


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _restore(before: dict[str, str | None]) -> None:
    for key, value in before.items():
        if value is None:
            os.environ.pop(key, None)
        else:
            os.environ[key] = value
