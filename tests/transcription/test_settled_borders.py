"""Borders settled while a recording grows, against those of the whole recording at once."""

from collections.abc import Callable

import numpy as np
import pytest

from whypm.domain.transcript import Span
from whypm.transcription.recognition.engine import Engine
from whypm.transcription.voice.borders import settle_borders
from whypm.transcription.voice.settled_borders import CUT_SECONDS, SettledBorders
from whypm.transcription.voice.voicing import SAMPLE_RATE, VoiceFinder

Recordings = Callable[[str], np.ndarray]


@pytest.mark.parametrize("noise", [0.0, 0.01])
@pytest.mark.parametrize("name", ["spontaneous/mfa_acoustic_corpus.flac", "meeting/ami_trn06_EN2005a.flac"])
def test_however_a_recording_grew_its_borders_are_those_of_the_whole(
    engine: Engine, recording: Recordings, name: str, noise: float
) -> None:
    random = np.random.default_rng(5)
    samples = recording(name)
    samples = (samples + random.normal(0, noise, len(samples))).astype(np.float32)
    finder, detector, growing, heard = VoiceFinder(), engine.voice_detector(), SettledBorders(), 0
    while heard < len(samples):
        block = samples[heard : heard + int(random.integers(1_600, 48_000))]
        heard += len(block)
        finder.hear(detector.hear(block))
        growing.settle(finder.spans(heard / SAMPLE_RATE), samples[:heard])
    finder.hear(detector.finish())
    voiced = finder.spans(len(samples) / SAMPLE_RATE)
    settled = settle_borders(voiced, samples)
    assert settled != voiced
    assert growing.settle(voiced, samples) == settled
    assert SettledBorders().settle(voiced, samples) == settled


def test_what_lies_before_a_silence_is_not_looked_at_again_once_the_voice_went_on() -> None:
    random = np.random.default_rng(4)
    sound = random.normal(0, 0.001, SAMPLE_RATE * 5).astype(np.float32)
    for begin, end in ((1, 2), (3, 4)):
        sound[begin * SAMPLE_RATE : end * SAMPLE_RATE] *= 100
    voiced = (Span(1.1, 2.1), Span(2.1 + CUT_SECONDS + 0.3, 4.1))
    growing = SettledBorders()
    settled = growing.settle(voiced, sound)
    assert settled == settle_borders(voiced, sound)
    assert settled != voiced
    sound[: 2 * SAMPLE_RATE] = 0.0
    assert growing.settle(voiced, sound) == settled
