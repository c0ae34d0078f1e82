"""Faults of a recording's sound: named where they are, and none on recordings that sound right."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from whypm.audio.sound_check import SoundCheck, check_sound
from whypm.audio.sound_file import Sound, load_sound
from whypm.domain.sound_quality import SoundFaultKind

SOUNDS = {".flac", ".wav", ".mp3", ".opus"}


@pytest.fixture(scope="module")
def speech(shared_folder: Path) -> Sound:
    return load_sound(shared_folder / "speech" / "read" / "harvard.flac")


def kinds(samples: NDArray[np.float32], sample_rate: int) -> list[str]:
    faults = check_sound(Sound(samples.astype(np.float32), sample_rate)).faults
    assert all(fault.text.endswith(".") for fault in faults)
    return [fault.kind.value for fault in faults]


def test_speech_that_overloads_the_microphone_is_clipping(speech: Sound) -> None:
    assert kinds(np.clip(speech.samples * 8, -1, 1), speech.sample_rate) == ["clipping"]


def test_an_overloaded_microphone_that_is_turned_down_afterwards_is_clipping_too(
    speech: Sound,
) -> None:
    assert kinds(np.clip(speech.samples * 8, -1, 1) * 0.4, speech.sample_rate) == ["clipping"]


def test_a_file_that_could_not_be_read_to_its_end_is_told_with_the_place(speech: Sound) -> None:
    (fault,) = check_sound(replace(speech, is_damaged=True)).faults
    seconds = len(speech.samples) / speech.sample_rate
    assert fault.kind is SoundFaultKind.DAMAGED
    assert f"after {seconds:.1f} seconds" in fault.text


def test_speech_that_is_hardly_there_is_quiet(speech: Sound) -> None:
    assert kinds(speech.samples * 0.003, speech.sample_rate) == ["quiet"]


@pytest.mark.parametrize("room", [0.0, 0.0003])
@pytest.mark.parametrize("silent_seconds", [60, 300])
def test_a_few_words_in_a_long_silence_are_as_loud_as_they_are(
    speech: Sound, room: float, silent_seconds: int
) -> None:
    words = speech.samples[: 2 * speech.sample_rate]
    waiting = np.zeros(silent_seconds * speech.sample_rate)
    noise = room * np.random.default_rng(6).standard_normal(len(words) + len(waiting))
    answer = np.concatenate([waiting, words])
    assert kinds(answer + noise, speech.sample_rate) == []
    assert kinds(0.003 * answer + noise / 10, speech.sample_rate) == ["quiet"]


@pytest.mark.parametrize("mains", [50.0, 60.0])
@pytest.mark.parametrize("amplitude", [0.003, 0.03])
def test_the_mains_beside_speech_are_hum(speech: Sound, mains: float, amplitude: float) -> None:
    time = np.arange(len(speech.samples)) / speech.sample_rate
    hum = np.sin(2 * np.pi * mains * time) + 0.5 * np.sin(2 * np.pi * 2 * mains * time + 1)
    assert kinds(speech.samples + amplitude * hum, speech.sample_rate) == ["hum"]


def test_noise_of_the_same_level_is_no_hum(speech: Sound) -> None:
    noise = np.random.default_rng(5).normal(0, 0.003, len(speech.samples))
    assert kinds(speech.samples + noise, speech.sample_rate) == []


@pytest.mark.parametrize("offset", [-0.02, 0.005, 0.1])
def test_a_constant_that_the_converter_adds_is_no_sound(speech: Sound, offset: float) -> None:
    time = np.arange(len(speech.samples)) / speech.sample_rate
    hum = 0.01 * np.sin(2 * np.pi * 50 * time)
    whole = check_sound(speech).loudness.decibels
    shifted = check_sound(replace(speech, samples=speech.samples + np.float32(offset))).loudness.decibels
    assert shifted == pytest.approx(whole, abs=0.11)  # they are told to a tenth
    assert kinds(speech.samples + offset, speech.sample_rate) == []
    assert kinds(speech.samples * 0.003 + offset, speech.sample_rate) == ["quiet"]
    assert kinds(speech.samples + hum + offset, speech.sample_rate) == ["hum"]


@pytest.mark.parametrize("seconds", [0.01, 0.1])
def test_blocks_lost_in_mid_speech_are_dropouts(speech: Sound, seconds: float) -> None:
    samples = speech.samples.copy()
    for begin in range(speech.sample_rate, len(samples), speech.sample_rate // 2):
        samples[begin : begin + round(seconds * speech.sample_rate)] = 0
    assert kinds(samples, speech.sample_rate) == ["dropouts"]


def test_a_noise_gate_that_closes_in_silence_loses_nothing(speech: Sound) -> None:
    gated = speech.samples.copy()
    level = np.convolve(np.abs(gated), np.full(2048, 1 / 2048), "same")
    gated[level < 0.001] = 0
    assert (gated == 0).mean() > 0.05
    assert kinds(gated, speech.sample_rate) == []


def test_only_the_recording_made_too_quiet_is_faulted_among_the_real_ones(shared_folder: Path) -> None:
    files = [path for path in (shared_folder / "speech").rglob("*") if path.suffix in SOUNDS]
    assert len(files) >= 43
    faulted = {
        path.name: [fault.kind for fault in check_sound(load_sound(path)).faults]
        for path in files
        if check_sound(load_sound(path)).faults
    }
    assert faulted == {"cc0_1_minus35dB.flac": [SoundFaultKind.QUIET]}


def test_loudness_is_told_for_each_half_second() -> None:
    time = np.arange(1100) / 1000
    tone = np.where(time < 0.5, 1.0, 0.1) * np.sin(2 * np.pi * 100 * time)
    loudness = check_sound(Sound(tone.astype(np.float32), 1000)).loudness
    assert loudness.step_seconds == 0.5
    assert loudness.decibels == (-3.0, -23.0, -23.0)


def test_silence_and_next_to_nothing_have_no_loudness_to_speak_of() -> None:
    assert check_sound(Sound(np.zeros(800, dtype=np.float32), 1000)).loudness.decibels == (-96.0, -96.0)
    assert check_sound(Sound(np.zeros(1, dtype=np.float32), 48_000)).faults == ()


@pytest.mark.parametrize("sample_rate", [11_025, 16_000, 44_100, 48_000])
def test_in_whatever_blocks_a_recording_comes_the_same_is_found(sample_rate: int) -> None:
    """Dropouts of every length, clipping, hum and silence, cut anywhere."""
    random = np.random.default_rng(7)
    times = np.arange(sample_rate * 20) / sample_rate
    sound = 0.3 * np.sin(2 * np.pi * 180 * times) * (times % 4 < 3) + 0.02 * np.sin(2 * np.pi * 50 * times)
    sound[: sample_rate // 8] *= 9
    sound = np.clip(np.round(sound * 32768) / 32768, -1, 1).astype(np.float32)
    for seconds in (0.002, 0.005, 0.03, 0.2, 0.49, 0.6, 1.5):
        for begin in random.integers(0, len(sound) - 2 * sample_rate, 4):
            sound[begin : begin + round(seconds * sample_rate)] = 0.0
    whole = check_sound(Sound(sound, sample_rate))
    assert {fault.kind for fault in whole.faults} >= {SoundFaultKind.CLIPPING, SoundFaultKind.DROPOUTS}
    for longest in (sample_rate // 40, sample_rate, 5 * sample_rate):
        check = SoundCheck(sample_rate)
        begin = 0
        while begin < len(sound):
            length = int(random.integers(1, longest))
            check.hear(sound[begin : begin + length])
            begin += length
        assert check.samples == len(sound)
        assert check.quality() == whole


def test_zeros_that_last_for_minutes_are_no_dropout() -> None:
    check = SoundCheck(16_000)
    swing = 0.5 * np.sin(2 * np.pi * 180 * np.arange(16_000) / 16_000 + 1).astype(np.float32)
    for silent_seconds in (60.0, 30.0, 0.7, 0.7):
        check.hear(swing)
        for _ in range(round(silent_seconds / 0.1)):
            check.hear(np.zeros(1_600, dtype=np.float32))
    check.hear(swing)
    assert SoundFaultKind.DROPOUTS not in {fault.kind for fault in check.quality().faults}
