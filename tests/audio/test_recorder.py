"""Recording from a real (virtual) sound card, and everything that can end it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from recorder_diary import RecorderDiary, ending, heard
from sound_alignment import LIKENESS, whereabouts
from virtual_sound import VirtualSoundCard, wait_until
from whypm.audio.recorder import Recorder
from whypm.audio.sound_card import OnBlock, SoundCard, SoundStream
from whypm.audio.sound_file import read_sound
from whypm.domain.errors import StorageError
from whypm.domain.sound import (
    BlocksDropped,
    Device,
    Ending,
    LevelHeard,
    RecorderEvent,
)

pytestmark = pytest.mark.sound

RATE = 16_000


def test_a_recording_holds_what_was_said_without_a_gap_and_ends_within_50_ms_of_it(
    card: SoundCard,
    sound_card: VirtualSoundCard,
    noise: NDArray[np.float32],
    noise_file: Path,
    diary: RecorderDiary,
    tmp_path: Path,
) -> None:
    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, diary)
    sound_card.play_into_microphone(noise_file).wait(timeout=10)
    recording = recorder.stop()

    kept = read_sound(tmp_path / "take.wav", RATE)
    places = whereabouts(kept, noise, RATE)
    assert max(abs(distance) for distance, _ in places) < 0.001
    assert min(likeness for _, likeness in places) > LIKENESS
    assert recording.ending is Ending.STOPPED
    assert recording.dropped_blocks == 0
    assert recording.seconds == pytest.approx(len(kept) / RATE, abs=0.001)


def test_the_length_of_a_take_is_the_time_between_start_and_stop(
    card: SoundCard, diary: RecorderDiary, tmp_path: Path
) -> None:
    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, diary)
    diary.until(heard(1.0))
    recording = recorder.stop()
    # stop() takes in the tenth of a second that is still on its way.
    assert 1.0 <= recording.seconds <= 1.25


def test_levels_come_twenty_to_thirty_times_a_second_and_the_last_event_is_the_end(
    card: SoundCard, sound_card: VirtualSoundCard, noise_file: Path, diary: RecorderDiary, tmp_path: Path
) -> None:
    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, diary)
    sound_card.play_into_microphone(noise_file)
    diary.until(heard(1.5))
    recording = recorder.stop()
    assert ending(diary) == recording
    assert diary.all_read()
    levels = [event for event in diary.events if isinstance(event, LevelHeard)]
    assert 15 <= len(levels) / recording.seconds <= 30
    assert max(event.level.rms for event in levels) == pytest.approx(0.1, rel=0.2)
    assert [event.seconds for event in levels] == sorted(event.seconds for event in levels)


def test_the_live_reader_gets_exactly_what_the_file_gets(
    card: SoundCard, sound_card: VirtualSoundCard, noise_file: Path, diary: RecorderDiary, tmp_path: Path
) -> None:
    blocks: list[NDArray[np.float32]] = []
    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, diary, on_samples=blocks.append)
    sound_card.play_into_microphone(noise_file)
    diary.until(heard(1.0))
    recorder.stop()
    samples, _ = soundfile.read(tmp_path / "take.wav", dtype="float32")
    np.testing.assert_array_equal(np.concatenate(blocks), samples)


def test_a_reader_or_listener_that_fails_does_not_end_the_take(
    card: SoundCard, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    diary = RecorderDiary()

    def fail(_samples: NDArray[np.float32]) -> None:
        raise ZeroDivisionError

    def listen_and_fail(event: RecorderEvent) -> None:
        diary(event)
        raise ZeroDivisionError

    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, listen_and_fail, on_samples=fail)
    diary.until(heard(0.3))
    assert recorder.stop().ending is Ending.STOPPED
    assert "The live transcription reads along no more" in caplog.text


def test_a_take_can_be_read_while_it_is_recorded(
    card: SoundCard, diary: RecorderDiary, tmp_path: Path
) -> None:
    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, diary)
    diary.until(heard(1.3))
    to_its_end = len(read_sound(tmp_path / "take.wav", RATE)) / RATE
    by_its_header = soundfile.info(tmp_path / "take.wav").duration
    recorder.stop()
    assert to_its_end >= 1.3
    assert by_its_header >= 0.3


def test_a_take_never_overwrites_another(card: SoundCard, diary: RecorderDiary, tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    path.write_bytes(b"precious")
    with pytest.raises(StorageError, match="exists"):
        Recorder(card).start(path, None, diary)
    assert path.read_bytes() == b"precious"
    assert card.refresh()


def test_two_takes_at_once_are_a_mistake_of_the_caller(
    card: SoundCard, diary: RecorderDiary, tmp_path: Path
) -> None:
    recorder = Recorder(card)
    with pytest.raises(RuntimeError):
        recorder.stop()
    recorder.start(tmp_path / "take.wav", None, diary)
    with pytest.raises(RuntimeError):
        recorder.start(tmp_path / "other.wav", None, diary)
    recorder.stop()


def test_a_listener_may_stop_the_take_only_once_it_has_ended(card: SoundCard, tmp_path: Path) -> None:
    diary = RecorderDiary()
    outcomes: list[object] = []

    def stop_it(event: RecorderEvent) -> None:
        try:
            outcomes.append(recorder.stop())
        except RuntimeError as error:
            outcomes.append(error)
        diary(event)

    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, stop_it)
    diary.until(heard(0.1))
    recording = recorder.stop()
    ending(diary)
    assert isinstance(outcomes[0], RuntimeError)
    assert outcomes[-1] == recording


class DoubleMicrophone(SoundCard):
    """A card whose microphone insists on two channels and reports a loss: the virtual one does neither."""

    def __init__(self) -> None:
        super().__init__()
        self.on_block: OnBlock | None = None

    def open_input(
        self, microphone: Device | None, on_block: OnBlock, on_lost: Callable[[], None]
    ) -> SoundStream:
        del microphone, on_lost
        self.on_block = on_block
        return SoundStream(_Stream(), lambda: None)


class _Stream:
    samplerate, channels, latency = 8000.0, 2, 0.01

    def start(self) -> None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...


def test_two_channels_become_their_mean_and_lost_blocks_are_counted(
    diary: RecorderDiary, tmp_path: Path
) -> None:
    card = DoubleMicrophone()
    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, diary)
    assert card.on_block is not None
    block = np.array([[100, 300], [32_767, 32_767], [-32_768, -32_768]], np.int16)
    card.on_block(block, False)
    card.on_block(block, True)
    block[:] = 0  # PortAudio uses its memory again
    dropped = diary.until(lambda event: isinstance(event, BlocksDropped))
    recording = recorder.stop()
    assert dropped == BlocksDropped(1)
    assert recording.dropped_blocks == 1
    samples, rate = soundfile.read(tmp_path / "take.wav", dtype="int16")
    assert rate == 8000
    assert samples.tolist() == [200, 32_767, -32_768] * 2


@pytest.mark.slow
def test_a_machine_at_full_load_loses_nothing(
    card: SoundCard,
    sound_card: VirtualSoundCard,
    noise: NDArray[np.float32],
    noise_file: Path,
    diary: RecorderDiary,
    tmp_path: Path,
) -> None:
    burn = [sys.executable, "-c", "while True: pass"]
    burners = [subprocess.Popen(burn) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        recorder = Recorder(card)
        recorder.start(tmp_path / "take.wav", None, diary)
        sound_card.play_into_microphone(noise_file).wait(timeout=30)
        recording = recorder.stop()
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()
    places = whereabouts(read_sound(tmp_path / "take.wav", RATE), noise, RATE)
    assert recording.dropped_blocks == 0
    assert max(abs(distance) for distance, _ in places) < 0.001


def test_the_microphone_is_let_go_when_a_take_ends(
    card: SoundCard, sound_card: VirtualSoundCard, diary: RecorderDiary, tmp_path: Path
) -> None:
    recorder = Recorder(card)
    recorder.start(tmp_path / "take.wav", None, diary)
    diary.until(heard(0.2))
    assert sound_card.listeners() == 1
    assert not card.refresh()  # while a stream is open PortAudio is left alone
    recorder.stop()
    wait_until(lambda: sound_card.listeners() == 0, "the microphone is free")
    assert card.refresh()
