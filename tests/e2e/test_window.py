"""A whole rehearsal in the real window: a virtual screen, a virtual sound card, keys as X sends them."""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from listening import make_reply, spread_seconds, words_in

from terminal import whypm
from virtual_sound import VirtualSoundCard, wait_until

pytestmark = [
    pytest.mark.sound,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="Xvfb and xdotool are missing"
    ),
]
QUESTION = "not-your-craft-1"
Seen = dict[str, str]


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A virtual X screen; yields its DISPLAY."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


class Window:
    """The running window: what can be seen in it, and keys for it."""

    def __init__(self, process: subprocess.Popen[str], environment: dict[str, str]) -> None:
        self.process = process
        self._environment = environment
        self._looks: queue.SimpleQueue[Seen] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def wait_until_seen(self, condition: Callable[[Seen], bool], what: str, seconds: float = 90.0) -> Seen:
        """Return the first look at the window that fulfils the condition."""
        last: Seen = {}
        while True:
            try:
                last = self._looks.get(timeout=seconds)
            except queue.Empty:
                pytest.fail(f"never seen: {what}; seen last: {last}")
            if condition(last):
                return last

    def press(self, *keys: str) -> None:
        """Press keys on the keyboard, as X sends them."""
        for command in (
            ("search", "--onlyvisible", "--name", "WhyPM", "windowfocus", "--sync"),
            ("key", *keys),
        ):
            subprocess.run(["xdotool", *command], env=self._environment, check=True)

    def finish(self) -> None:
        self.process.wait(30)
        self._reader.join()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._looks.put(json.loads(line))


@contextmanager
def opened(card: VirtualSoundCard, screen: str, data: Path, before: tuple[str, ...] = ()) -> Iterator[Window]:
    environment = {**card.environment, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    script = Path(__file__).with_name("watched_window.py")
    command = [
        *before,
        sys.executable,
        str(script),
        "--data-dir",
        str(data),
        "--model",
        "tiny.en",
        "--question",
        QUESTION,
    ]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        window = Window(process, environment)
        try:
            yield window
        finally:
            if process.poll() is None:
                process.kill()
            window.finish()


def rehearse(window: Window, card: VirtualSoundCard, reply: Path) -> Seen:
    """Press start, answer with ``reply``, press stop; return the look at the report."""
    window.wait_until_seen(lambda seen: "start" in seen and "question" in seen, "the start button")
    window.press("space")
    window.wait_until_seen(lambda seen: "stop" in seen, "the stop button")
    assert card.players() == 0, "the question was still playing when recording began"
    card.play_into_microphone(reply).wait()
    window.press("space")
    return window.wait_until_seen(lambda seen: "report" in seen, "the report")


def test_start_question_answer_report_and_replay(
    sound_card: VirtualSoundCard, screen: str, tmp_path: Path
) -> None:
    reply = make_reply(tmp_path / "reply.wav", seconds=14.0)
    data = tmp_path / "data"
    with opened(sound_card, screen, data) as window:
        with sound_card.recording_speaker(tmp_path / "question.wav") as question:
            seen = rehearse(window, sound_card, reply)
        with sound_card.recording_speaker(tmp_path / "replay.wav") as replay:
            window.press("p")
            wait_until(lambda: sound_card.players() == 1, "the answer is replayed")
            wait_until(lambda: sound_card.players() == 0, "the replay ends", seconds=40)
        window.press("ctrl+q")
        window.finish()
        assert window.process.returncode == 0
    (kept,) = whypm("sessions", "list", "--json", data=data).json
    assert kept["state"] == "reported"
    assert spread_seconds(Path(kept["audio"]), reply) <= 0.05
    asked = set(kept["question"]["text"].lower().replace("?", "").replace(",", "").split())
    assert len(words_in(question, data / "models") & asked) >= 0.6 * len(asked)
    assert {"analyst", "books", "publishers"} <= words_in(replay, data / "models")
    assert any(name.startswith("item-") for name in seen)


def test_closing_the_window_in_mid_answer_keeps_the_take(
    sound_card: VirtualSoundCard, screen: str, tmp_path: Path
) -> None:
    reply = make_reply(tmp_path / "reply.wav", seconds=6.0)
    data = tmp_path / "data"
    with opened(sound_card, screen, data) as window:
        window.wait_until_seen(lambda seen: "start" in seen and "question" in seen, "the start button")
        window.press("space")
        window.wait_until_seen(lambda seen: "stop" in seen, "the stop button")
        sound_card.play_into_microphone(reply).wait()
        window.press("ctrl+q")
        window.finish()
        assert window.process.returncode == 0
    (kept,) = whypm("sessions", "list", "--json", data=data).json
    assert kept["duration_s"] >= 5.0
    assert Path(kept["audio"]).stat().st_size > 5 * 2 * 16_000


def test_the_window_reaches_for_no_network_and_needs_none(
    sound_card: VirtualSoundCard, screen: str, tmp_path: Path
) -> None:
    cut_off = ("unshare", "--net")
    if subprocess.run([*cut_off, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine cannot make a network namespace (it takes root)")
    calls = tmp_path / "calls"
    watched = (
        *cut_off,
        "strace",
        "-f",
        "-qq",
        "-e",
        "trace=connect,sendto,sendmsg,sendmmsg",
        "-o",
        str(calls),
    )
    with opened(sound_card, screen, tmp_path / "data", watched) as window:
        window.wait_until_seen(lambda seen: seen.get("state") == "Ready", "the window is ready")
        window.press("ctrl+2", "ctrl+3", "ctrl+q")
        window.finish()
    assert not [line for line in calls.read_text().splitlines() if "AF_INET" in line]
