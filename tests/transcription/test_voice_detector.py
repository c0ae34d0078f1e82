"""The voice detector hears the voice, and not what nobody hears."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
import soxr

from whypm.transcription.recognition.engine import Engine
from whypm.transcription.voice.rumble import Rumble
from whypm.transcription.voice.voicing import FRAME_SAMPLES, ONSET_PROBABILITY, SAMPLE_RATE

Recordings = Callable[[str], np.ndarray]

ANSWER = "spontaneous/mfa_acoustic_corpus.flac"


def voiced_frames(engine: Engine, sound: np.ndarray, cuts: Sequence[int] = ()) -> np.ndarray:
    detector = engine.voice_detector()
    parts = [detector.hear(part) for part in np.split(sound.astype(np.float32), cuts)]
    return np.concatenate([*parts, detector.finish()]) >= ONSET_PROBABILITY


@pytest.mark.parametrize("offset", [0.05, -0.3])
def test_a_constant_offset_of_the_converter_is_no_voice_and_hides_none(
    engine: Engine, recording: Recordings, offset: float
) -> None:
    sound = recording(ANSWER)
    differing = voiced_frames(engine, sound) != voiced_frames(engine, sound + offset)
    assert differing.mean() < 0.01


def test_a_recording_at_telephone_rate_with_a_desk_that_shakes_has_its_voice(
    engine: Engine, recording: Recordings
) -> None:
    sound = recording("spontaneous/mfa_cold_corpus3.flac")  # 99 % of its power lies below 40 Hz
    narrow = soxr.resample(soxr.resample(sound, SAMPLE_RATE, 8000), 8000, SAMPLE_RATE)[: len(sound)]
    expected = voiced_frames(engine, sound)[: len(narrow) // FRAME_SAMPLES]
    heard = voiced_frames(engine, narrow)[: len(expected)]
    assert heard[expected].mean() > 0.75


def test_the_rumble_that_is_taken_out_is_the_same_however_the_sound_comes() -> None:
    frames = np.random.default_rng(4).normal(0.2, 0.1, (40, FRAME_SAMPLES)).astype(np.float32)
    whole = Rumble().taken_out_of(frames)
    rumble = Rumble()
    parts = [rumble.taken_out_of(part) for part in np.split(frames, [0, 1, 8, 8, 23])]
    assert np.array_equal(np.concatenate(parts), whole)
    assert abs(float(whole[1:].mean())) < 0.001
    deepest = np.sin(2 * np.pi * 80 * np.arange(frames.size) / SAMPLE_RATE).reshape(frames.shape)
    assert np.std(Rumble().taken_out_of(deepest)) > 0.96 * np.std(deepest)
