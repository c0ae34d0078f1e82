"""What ends a take against its will, and what is kept of it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from recorder_diary import RecorderDiary, ending, heard
from sound_alignment import LIKENESS, whereabouts
from virtual_sound import VirtualSoundCard
from whypm.audio.recorder import Recorder
from whypm.audio.recording_file import RecordingFile, repair
from whypm.audio.sound_card import SoundCard
from whypm.audio.sound_file import read_sound
from whypm.domain.errors import DeviceError
from whypm.domain.sound import (
    Ending,
    RecordingEnded,
)

pytestmark = pytest.mark.sound

RATE = 16_000


RECORD_FOREVER = """
import sys, threading
from pathlib import Path
from whypm.audio.recorder import Recorder
from whypm.audio.sound_card import SoundCard
from whypm.domain.sound import LevelHeard

def tell(event):
    if isinstance(event, LevelHeard):
        print(event.seconds, flush=True)

Recorder(SoundCard()).start(Path(sys.argv[1]), None, tell)
threading.Event().wait()
"""


def test_a_killed_recording_is_repaired_with_all_that_was_written(
    sound_card: VirtualSoundCard, noise: NDArray[np.float32], noise_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "take.wav"
    command = [sys.executable, "-c", RECORD_FOREVER, str(path)]
    with subprocess.Popen(command, env=sound_card.environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert float(child.stdout.readline()) > 0
        sound_card.play_into_microphone(noise_file).wait(timeout=10)
        seconds = 0.0
        while seconds < 2.5:
            seconds = float(child.stdout.readline())
        child.kill()
    told = soundfile.info(path).duration
    recording = repair(path)
    assert recording.ending is Ending.CRASHED
    assert recording.seconds >= seconds
    assert told > recording.seconds - 1.1  # readers that believe the header lose no more than its last second
    assert soundfile.info(path).frames == recording.frames
    assert min(likeness for _, likeness in whereabouts(read_sound(path, RATE), noise, RATE)) > LIKENESS


def test_pulling_the_microphone_out_ends_the_take_and_keeps_it(
    card: SoundCard, sound_card: VirtualSoundCard, diary: RecorderDiary, tmp_path: Path
) -> None:
    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, diary)
    diary.until(heard(0.8))
    sound_card.unplug_microphone()
    try:
        recording = ending(diary)
    finally:
        sound_card.plug_in_microphone()
    assert recording.ending is Ending.DEVICE_LOST
    assert recording.seconds >= 0.8
    assert soundfile.info(tmp_path / "take.wav").frames == recording.frames
    assert recorder.stop() == recording
    assert not recorder.recording


def test_a_hanging_sound_system_ends_the_take_within_three_seconds_and_the_next_take_works(
    card: SoundCard, sound_card: VirtualSoundCard, diary: RecorderDiary, tmp_path: Path
) -> None:
    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, diary)
    diary.until(heard(0.3))
    with sound_card.frozen_microphone():
        event = diary.until(lambda event: isinstance(event, RecordingEnded), seconds=3.0)
    assert isinstance(event, RecordingEnded)
    assert event.recording.ending is Ending.DEVICE_LOST
    assert soundfile.info(tmp_path / "take.wav").frames == event.recording.frames > 0
    recorder.start(tmp_path / "next.wav", None, diary)
    diary.until(heard(0.2))
    assert recorder.stop().ending is Ending.STOPPED


@pytest.mark.usefixtures("unplugged_microphone")
def test_without_a_microphone_the_take_is_refused_in_plain_words_and_no_file_is_left(
    card: SoundCard, diary: RecorderDiary, tmp_path: Path
) -> None:
    recorder = Recorder(card)
    with pytest.raises(DeviceError, match=r"microphone .* could not be opened.*plugged in"):
        recorder.start(tmp_path / "take.wav", None, diary)
    assert not list(tmp_path.iterdir())
    assert not recorder.recording
    assert card.refresh()  # no stream was left open


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for less than a second of sound."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount the small disk that this test fills")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_ends_the_take_and_what_fitted_can_be_heard(
    card: SoundCard, diary: RecorderDiary, small_disk: Path
) -> None:
    path = small_disk / "take.wav"
    recorder = Recorder(card)
    recorder.start(path, None, diary)
    recording = ending(diary)
    assert recording.ending is Ending.DISK_FULL
    assert recording.seconds > 0.3
    assert soundfile.info(path).frames == recording.frames
    assert len(read_sound(path, recording.sample_rate)) == recording.frames
    assert recorder.stop() == recording


def test_a_full_disk_is_told_though_the_take_is_stopped_while_its_file_is_being_closed(
    card: SoundCard, diary: RecorderDiary, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close, closing = RecordingFile.close, threading.Event()

    def close_slowly(file: RecordingFile) -> None:
        closing.set()
        threading.Event().wait(0.5)  # five times what stop() waits for the last syllable
        close(file)

    monkeypatch.setattr(RecordingFile, "close", close_slowly)
    recorder = Recorder(card)
    recorder.start(small_disk / "take.wav", None, diary)
    assert closing.wait(10)
    assert recorder.stop().ending is Ending.DISK_FULL


def test_a_file_that_cannot_be_closed_keeps_nobody_waiting(
    card: SoundCard, diary: RecorderDiary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = RecordingFile.close

    def fail(file: RecordingFile) -> None:
        close(file)
        raise RuntimeError("a flaw of ours")

    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, diary)
    diary.until(heard(0.2))
    monkeypatch.setattr(RecordingFile, "close", fail)
    take = recorder.stop()
    assert ending(diary) == take
    assert take.ending is Ending.FAILED
    assert soundfile.info(take.path).frames == take.frames > 0
