"""What the microphone test finds, in made and real sound."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from virtual_sound import VirtualSoundCard
from whypm.audio.file_card import FileCard
from whypm.audio.level import measure
from whypm.audio.microphone_check import check_microphone, listen_and_check
from whypm.audio.sound_card import SoundCard
from whypm.audio.sound_file import read_sound
from whypm.domain.errors import DeviceError
from whypm.domain.sound import MicrophoneState, SoundLevel

RATE = 16_000
TOO_QUIET = {"cc0_1_minus35dB.flac": MicrophoneState.QUIET}


def as_recorded(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    return np.clip(np.round(samples * 32_768), -32_768, 32_767).astype(np.int16)


@pytest.fixture(scope="module")
def speech(shared_folder: Path) -> NDArray[np.float32]:
    return read_sound(shared_folder / "speech" / "read" / "librivox_sense_0920.wav")


@pytest.mark.parametrize("value", [0, 57], ids=["zeros", "a constant"])
def test_digital_silence_is_told_from_a_quiet_room(value: int) -> None:
    check = check_microphone(np.full(3 * RATE, value, np.int16), RATE)
    assert check.state is MicrophoneState.SILENT
    assert "privacy settings" in check.advice
    room = np.random.default_rng(5).normal(0, 8, 3 * RATE).astype(np.int16)
    assert check_microphone(room, RATE).state is MicrophoneState.QUIET


def test_nothing_at_all_counts_as_silence() -> None:
    assert check_microphone(np.zeros(0, np.int16), RATE).state is MicrophoneState.SILENT


def test_loud_noise_without_a_voice_does_not_pass() -> None:
    fan = np.random.default_rng(5).normal(0, 3000, 3 * RATE).astype(np.int16)
    assert check_microphone(fan, RATE).state is MicrophoneState.QUIET


def test_speech_passes_and_its_level_is_told(speech: NDArray[np.float32]) -> None:
    check = check_microphone(as_recorded(speech), RATE)
    assert check.state is MicrophoneState.FINE
    assert check.level.peak == pytest.approx(float(np.abs(speech).max()), abs=0.001)


def test_speech_forty_decibels_too_low_is_quiet(speech: NDArray[np.float32]) -> None:
    assert check_microphone(as_recorded(speech / 100), RATE).state is MicrophoneState.QUIET


def test_speech_that_hits_the_ceiling_is_clipping(speech: NDArray[np.float32]) -> None:
    assert check_microphone(as_recorded(speech * 5), RATE).state is MicrophoneState.CLIPPING


def test_every_shared_recording_passes_but_the_one_made_too_quiet(
    shared_sounds: dict[Path, NDArray[np.float32]],
) -> None:
    for path, samples in shared_sounds.items():
        expected = TOO_QUIET.get(path.name, MicrophoneState.FINE)
        assert check_microphone(as_recorded(samples), RATE).state is expected, path.name


def test_the_level_is_a_share_of_full_scale_for_integers_and_floats() -> None:
    block = np.array([0, 16_384, -32_768, 0], np.int16)
    assert measure(block) == SoundLevel(peak=1.0, rms=pytest.approx(np.sqrt(1.25 / 4)))
    assert measure(block.astype(np.float32) / 32_768) == measure(block)
    assert measure(block[:0]) == SoundLevel(0.0, 0.0)


@pytest.mark.sound
def test_a_muted_microphone_is_silent_and_a_spoken_into_one_fine(
    card: SoundCard, sound_card: VirtualSoundCard, shared_folder: Path
) -> None:
    levels: list[SoundLevel] = []
    sound_card.mute_microphone(True)
    try:
        assert listen_and_check(card, None, 0.3, levels.append).state is MicrophoneState.SILENT
    finally:
        sound_card.mute_microphone(False)
    assert 4 <= len(levels) <= 15
    sound_card.play_into_microphone(shared_folder / "speech" / "read" / "librivox_sense_0880.wav")
    assert listen_and_check(card, None, 1.5).state is MicrophoneState.FINE
    assert card.refresh()


@pytest.mark.sound
def test_a_microphone_that_is_pulled_out_during_its_test_is_an_error(
    card: SoundCard, sound_card: VirtualSoundCard
) -> None:
    pulled = False

    def pull(_level: SoundLevel) -> None:
        nonlocal pulled
        if not pulled:
            sound_card.unplug_microphone()
            pulled = True

    try:
        with pytest.raises(DeviceError, match="went away"):
            listen_and_check(card, None, 5, pull)
    finally:
        sound_card.plug_in_microphone()
    assert card.refresh()


def test_a_test_that_was_given_up_lets_the_microphone_go_at_the_next_block(tmp_path: Path) -> None:
    silence = tmp_path / "silence.wav"
    soundfile.write(silence, np.zeros(RATE), RATE)
    heard: list[SoundLevel] = []
    with pytest.raises(DeviceError, match="stopped"):
        listen_and_check(FileCard(silence, lambda: None), None, 3600, heard.append, lambda: len(heard) == 2)
    assert len(heard) == 2
