"""A whole rehearsal in the terminal on a real sound card: the question is heard, the answer kept whole."""

import json
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jsonschema
import pytest
from listening import make_reply, spread_seconds, words_in

from terminal import COMMAND, heed_ctrl_c, whypm
from virtual_sound import VirtualSoundCard

pytestmark = pytest.mark.sound
QUESTION = ("--question", "not-your-craft-1")
SHORT_QUESTION = ("--question", "plain-1")


class Terminal:
    """A running ``whypm rehearse`` and its lines."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def wait_for(self, words: str, seconds: float = 60.0) -> str:
        """Return the next line that holds ``words``."""
        seen = []
        while True:
            try:
                line = self.lines.get(timeout=seconds)
            except queue.Empty:
                pytest.fail(f"no line with {words!r} in {seen}")
            seen.append(line)
            if words in line:
                return line

    def press_enter(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def finish(self) -> str:
        """Return standard output once the command has ended."""
        assert self.process.stdout is not None
        out = self.process.stdout.read()
        self.process.wait(60)
        self._reader.join()
        return out

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.put(line)


@contextmanager
def rehearsing(card: VirtualSoundCard, data: Path, *arguments: str) -> Iterator[Terminal]:
    pipe = subprocess.PIPE
    command = [*COMMAND, "rehearse", *arguments, "--model", "tiny.en", "--data-dir", str(data)]
    with subprocess.Popen(
        command,
        env=card.environment,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - no thread of ours holds a lock that it needs
    ) as process:
        terminal = Terminal(process)
        try:
            yield terminal
        finally:
            if process.poll() is None:
                process.kill()


def test_the_question_is_heard_and_the_answer_is_kept_whole(
    sound_card: VirtualSoundCard, tmp_path: Path, report_schema: dict
) -> None:
    reply = make_reply(tmp_path / "reply.wav", seconds=14.0)
    with (
        sound_card.recording_speaker(tmp_path / "question.wav") as question,
        rehearsing(sound_card, tmp_path / "data", "--json", *QUESTION) as terminal,
    ):
        terminal.wait_for("Listening")
        assert sound_card.players() == 0
        sound_card.play_into_microphone(reply).wait()
        terminal.press_enter()
        report = json.loads(terminal.finish())
        assert terminal.process.returncode == 0
    jsonschema.validate(report, report_schema)
    asked = set(report["question"]["text"].lower().replace("?", "").replace(",", "").split())
    assert len(words_in(question, tmp_path / "data" / "models") & asked) >= 0.6 * len(asked)
    for word in ("analyst", "publishers"):
        assert word in report["transcript"]["text"]
    kept = whypm("sessions", "show", report["session"]["id"], "--json", data=tmp_path / "data").json[
        "session"
    ]
    assert spread_seconds(Path(kept["audio"]), reply) <= 0.05
    assert 14.0 <= kept["duration_s"] <= 20.0
    assert kept["dropped_blocks"] == 0


def test_a_microphone_pulled_out_in_mid_answer_costs_no_more_than_the_last_second(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    reply = make_reply(tmp_path / "reply.wav", seconds=20.0)
    with rehearsing(sound_card, tmp_path / "data", "--json", *SHORT_QUESTION) as terminal:
        terminal.wait_for("Listening")
        playing = sound_card.play_into_microphone(reply)
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                playing.wait(8.0)
            sound_card.unplug_microphone()
            terminal.wait_for("microphone went away")
            report = json.loads(terminal.finish())
        finally:
            sound_card.plug_in_microphone()
    assert "analyst" in report["transcript"]["text"]
    assert report["timing"]["duration_s"] >= 7.0


def test_ctrl_c_in_mid_answer_keeps_the_take(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    reply = make_reply(tmp_path / "reply.wav", seconds=6.0)
    with rehearsing(sound_card, tmp_path / "data", *SHORT_QUESTION) as terminal:
        terminal.wait_for("Listening")
        sound_card.play_into_microphone(reply).wait()
        terminal.process.send_signal(signal.SIGINT)
        terminal.finish()
        assert terminal.process.returncode == 130
    (kept,) = whypm("sessions", "list", "--json", data=tmp_path / "data").json
    assert kept["duration_s"] >= 5.0
    assert kept["state"] == "recorded"


def test_a_killed_rehearsal_is_recovered_at_the_next_start(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    reply = make_reply(tmp_path / "reply.wav", seconds=6.0)
    data = tmp_path / "data"
    with rehearsing(sound_card, data, *SHORT_QUESTION) as terminal:
        terminal.wait_for("Listening")
        sound_card.play_into_microphone(reply).wait()
        terminal.process.kill()
        terminal.finish()
    (take,) = (data / "recordings").glob("*.wav")
    an_hour_ago = take.stat().st_mtime - 3600
    os.utime(take, (an_hour_ago, an_hour_ago))
    (kept,) = whypm("sessions", "list", "--json", data=data).json
    assert kept["ending"] == "crashed"
    assert kept["duration_s"] >= 5.0
    told = whypm("sessions", "reanalyse", kept["id"], "--json", "--model", "tiny.en", data=data)
    assert "analyst" in told.json["transcript"]["text"]


def test_without_a_microphone_the_command_says_what_to_do(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    sound_card.unplug_microphone()
    try:
        told = whypm("rehearse", "--json", data=tmp_path, environment=sound_card.environment, given="\n")
    finally:
        sound_card.plug_in_microphone()
    told.complains("icrophone")
    assert told.err.count("could not be opened") == 1


def test_without_a_speaker_the_question_is_read_and_the_answer_still_recorded(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    reply = make_reply(tmp_path / "reply.wav", seconds=6.0)
    sound_card.unplug_speaker()
    try:
        with rehearsing(sound_card, tmp_path / "data", "--json", *SHORT_QUESTION) as terminal:
            terminal.wait_for("Press Enter when you are ready")
            terminal.press_enter()
            terminal.wait_for("Listening")
            sound_card.play_into_microphone(reply).wait()
            terminal.press_enter()
            report = json.loads(terminal.finish())
    finally:
        sound_card.plug_in_speaker()
    assert "analyst" in report["transcript"]["text"]


def test_without_a_keyboard_the_command_asks_for_a_length(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    told = whypm("rehearse", "--json", data=tmp_path, environment=sound_card.environment)
    told.complains("--seconds")


@pytest.mark.slow
def test_a_sound_system_that_hangs_does_not_hold_the_end_up(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    reply = make_reply(tmp_path / "reply.wav", seconds=4.0)
    with rehearsing(sound_card, tmp_path / "data", *SHORT_QUESTION) as terminal:
        terminal.wait_for("Listening")
        sound_card.play_into_microphone(reply).wait()
        with sound_card.frozen_microphone():
            terminal.process.send_signal(signal.SIGINT)
            terminal.process.wait(20)
        terminal.finish()
        assert terminal.process.returncode == 130
    (kept,) = whypm("sessions", "list", "--json", data=tmp_path / "data").json
    assert kept["duration_s"] >= 3.0
