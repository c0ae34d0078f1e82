"""The last touch to a recognition: borders and word times put right against the whole recording's sound."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from whypm.domain.transcript import Recognition, Word
from whypm.transcription.voice.settled_borders import SettledBorders
from whypm.transcription.voice.voicing import joined
from whypm.transcription.words.placing import BRIDGED_SECONDS, not_understood, placed_in_voice

LAGS_SECONDS: Mapping[str, float] = MappingProxyType({"base": -0.045, "tiny.en": 0.11})
"""How late each model's word times are. Whisper reads them off its attention, which runs ahead or behind by a
time that is the model's own: the median over the five LibriVox recordings with published word times. The
two spontaneous ones, which were looked at too, agree (`whypm_lab.speech.truth`)."""
_SAME_SECONDS = 0.002
"""Word times are rounded to the millisecond."""


def settle(
    recognition: Recognition, samples: np.ndarray, borders: SettledBorders | None = None
) -> Recognition:
    """Return the recognition with the borders of its voice and the times of its words put right.

    To be done once, when the whole recording is there; doing it twice would take the lag off twice.

    Args:
        recognition: of the whole recording.
        samples: the recording: float32, shape (samples,), 16 kHz, mono.
        borders: those that were settled while the recording grew; None where it is whole.
    """
    voiced = (borders or SettledBorders()).settle(recognition.voiced, samples)
    lag = LAGS_SECONDS.get(recognition.model, 0.0)
    before = joined(recognition.voiced, BRIDGED_SECONDS)
    starts, ends = [stretch.start for stretch in before], [stretch.end for stretch in before]
    words = tuple(
        _without_lag(word, lag, starts_voice=_near(word.start, starts), ends_voice=_near(word.end, ends))
        for word in recognition.words
    )
    words = placed_in_voice(words, voiced)
    return replace(recognition, voiced=voiced, words=words, unclear=not_understood(words, voiced))


def _without_lag(word: Word, lag: float, *, starts_voice: bool, ends_voice: bool) -> Word:
    """Return the word moved by the lag; what was put on the voice's border stays there."""
    start = word.start - (0.0 if starts_voice else lag)
    end = word.end - (0.0 if ends_voice else lag)
    return replace(word, start=start, end=max(start, end))


def _near(time: float, borders: list[float]) -> bool:
    """Say whether one of these times, which are in order, is as good as the same."""
    following = bisect_right(borders, time - _SAME_SECONDS)
    return following < len(borders) and borders[following] < time + _SAME_SECONDS
