"""The pitch of a voice, followed while it speaks: true, always the same, and never at the cost of words."""

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from whypm.domain.pitch import PitchTrack
from whypm.transcription.models.shelf import ModelFolder
from whypm.transcription.process.client import Transcriber
from whypm.transcription.recognition.engine import Engine
from whypm.transcription.voice.pitch_tracker import (
    BLOCK_SAMPLES,
    STEP_SECONDS,
    Network,
    PitchTracker,
    load_pitch_network,
)
from whypm_lab.speech.known_silences import white_noise
from whypm_lab.speech.pitch import at_level, in_noise, known_pitch, score

if TYPE_CHECKING:
    from swift_f0 import PitchResult

RATE = 16_000
Recordings = Callable[[str], np.ndarray]


@pytest.fixture(scope="module")
def network() -> Network:
    return load_pitch_network()


def follow(network: Network, *pieces: np.ndarray) -> tuple[PitchTrack | None, str]:
    tracker = PitchTracker(network)
    for piece in pieces:
        tracker.hear(piece)
    track = tracker.finish()
    return track, tracker.fault


def followed(network: Network, *pieces: np.ndarray) -> PitchTrack:
    track, fault = follow(network, *pieces)
    assert track is not None
    assert fault == ""
    return track


class FailingNetwork:
    """Fails at the so-many-th push, and counts the samples before."""

    def __init__(self, fails_at: int = 1_000_000) -> None:
        self.pushes = 0
        self.samples = 0
        self._fails_at = fails_at

    def stream(self, fmin: float, fmax: float) -> "FailingNetwork":
        del fmin, fmax
        return self

    def push(self, audio: np.ndarray, sample_rate: float) -> "PitchResult":
        del sample_rate
        self.pushes += 1
        self.samples += len(audio)
        if self.pushes == self._fails_at:
            raise RuntimeError("the network is broken")
        return self.flush()

    def flush(self) -> "PitchResult":
        from swift_f0 import PitchResult

        nothing = np.zeros(0)
        return PitchResult(nothing, nothing, nothing, nothing)


@pytest.mark.parametrize("middle_hertz", [75.0, 110.0, 220.0, 330.0])
def test_a_swinging_voice_is_followed_to_a_third_of_a_semitone_without_a_leap(
    network: Network, middle_hertz: float
) -> None:
    known = known_pitch(middle_hertz, 2.0, seconds=10.0)
    got = score(known, followed(network, known.samples))
    assert got.median_cents < 10.0
    assert got.worst_cents < 33.0
    assert got.octave_share == 0.0
    assert got.found_share > 0.98
    assert got.invented_share < 0.02
    assert got.semitones_told == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("noise_decibels", [20.0, 5.0])
def test_a_noisy_room_moves_no_pitch(network: Network, noise_decibels: float) -> None:
    known = in_noise(known_pitch(110.0, 2.0, seconds=10.0), noise_decibels)
    got = score(known, followed(network, known.samples))
    assert (got.octave_share, got.semitones_told) == (0.0, pytest.approx(2.0, abs=0.1))


def test_a_microphone_that_is_turned_down_loses_no_pitch(network: Network) -> None:
    known = at_level(known_pitch(110.0, 2.0, seconds=10.0), -50.0)
    assert score(known, followed(network, known.samples)).found_share > 0.95


def test_silence_and_noise_have_no_pitch(network: Network) -> None:
    noise = 0.1 * white_noise(5 * RATE, np.random.default_rng(1)).astype(np.float32)
    for sound in (np.zeros(5 * RATE, dtype=np.float32), noise):
        assert set(followed(network, sound).hertz) == {None}


@pytest.mark.parametrize("size", [97, 320, 4_801, 70_001])
def test_however_the_sound_is_cut_up_the_pitch_is_the_same(network: Network, size: int) -> None:
    sound = known_pitch(180.0, 3.0, seconds=6.3).samples
    pieces = [sound[begin : begin + size] for begin in range(0, len(sound), size)]
    assert followed(network, *pieces) == followed(network, sound) == followed(network, sound)


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.1, 0.5, 2.048, 2.1, 10.0])
def test_every_sound_has_a_step_for_each_tenth_of_a_second(network: Network, seconds: float) -> None:
    track = followed(network, np.zeros(round(seconds * RATE), dtype=np.float32))
    assert track.step_seconds == STEP_SECONDS == pytest.approx(0.1, abs=0.01)
    assert len(track.hertz) * STEP_SECONDS == pytest.approx(seconds, abs=STEP_SECONDS)


def test_a_step_lies_where_its_sound_was(network: Network) -> None:
    buzz = known_pitch(120.0, 0.0, seconds=1.0).samples
    track = followed(network, np.zeros(3 * RATE, dtype=np.float32), buzz, np.zeros(RATE, dtype=np.float32))
    pitched = [number * STEP_SECONDS for number, hertz in enumerate(track.hertz) if hertz is not None]
    assert min(pitched) == pytest.approx(3.0, abs=0.15)
    assert max(pitched) == pytest.approx(3.65, abs=0.15)  # the last quarter of it is a hiss


def test_what_is_left_for_the_end_is_no_more_than_two_seconds_however_long_the_answer() -> None:
    network = FailingNetwork()
    tracker = PitchTracker(network)
    for count in range(1, 6001):
        tracker.hear(np.zeros(RATE // 10, dtype=np.float32))
        assert count * RATE // 10 - network.samples < BLOCK_SAMPLES < 2.1 * RATE


@pytest.mark.parametrize("fails_at", [1, 3, 5])
def test_a_tracker_that_fails_gives_no_pitch_and_says_why(fails_at: int) -> None:
    sound = np.zeros(4 * BLOCK_SAMPLES, dtype=np.float32)
    assert follow(FailingNetwork(fails_at), sound, sound[:100]) == (
        None,
        "RuntimeError: the network is broken",
    )


def test_a_network_that_is_not_there_gives_no_pitch_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "swift_f0", None)
    network = load_pitch_network()
    track, fault = follow(network, np.zeros(RATE, dtype=np.float32))
    assert track is None
    assert "swift_f0" in fault


def test_an_answer_whose_pitch_was_not_followed_has_its_words_and_the_log_says_why(
    tiny: ModelFolder,
    recording: Recordings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "swift_f0.py").write_text("raise ImportError('the wheel is not whole')")
    monkeypatch.syspath_prepend(tmp_path)  # a child that is spawned looks there too
    speech = recording("read/jfk.flac")
    with caplog.at_level(logging.WARNING), Transcriber(tiny, threads=2) as transcriber:
        live = transcriber.listen(RATE)
        live.feed(speech)
        heard = live.finish()
        assert heard == transcriber.recognise(speech)
    assert len(heard.words) > 20
    assert heard.pitch is None
    told = [record.getMessage() for record in caplog.records if "pitch" in record.getMessage()]
    assert told == ["the pitch was not followed: ImportError: the wheel is not whole"] * 2


def test_a_tracker_that_fails_costs_no_word(
    engine: Engine, recording: Recordings, monkeypatch: pytest.MonkeyPatch
) -> None:
    speech = recording("read/jfk.flac")
    whole = engine.recognise(speech)
    assert whole.pitch is not None
    monkeypatch.setattr(engine, "_pitch_network", FailingNetwork(2))
    assert engine.recognise(speech) == replace(whole, pitch=None)


def test_a_real_voice_has_a_pitch_where_it_speaks_and_leaps_no_octave(
    network: Network, recording: Recordings
) -> None:
    track = followed(network, recording("read/rosehill_cc0_1.flac"))
    steps = pairwise(track.hertz)
    ratios = [after / before for before, after in steps if before is not None and after is not None]
    assert len(ratios) > 50
    assert np.mean([not 0.6 < ratio < 1.7 for ratio in ratios]) < 0.02
