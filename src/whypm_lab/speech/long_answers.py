"""Answers of any length, joined from the real recordings, that stop after a pause or in mid-word."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from whypm.audio.sound_file import read_sound
from whypm.domain.transcript import Span
from whypm.transcription.voice.voicing import SAMPLE_RATE
from whypm_lab.speech.recordings import SPEECH_FOLDER

SOURCES = (
    "spontaneous/rosehill_second_pass_150s.flac",
    "spontaneous/mfa_acoustic_corpus.flac",
    "read/kennedy_moon_21s.flac",
    "spontaneous/mfa_cold_corpus3.flac",
    "read/rosehill_cc0_1.flac",
    "read/rosehill_cc0_2.flac",
    "meeting/ami_trn06_EN2005a.flac",
)
PAUSE_SECONDS = 1.5
"""From the last word to Stop, where the speaker has finished."""
JOIN_SECONDS = 0.8


class StoppedAt(StrEnum):
    """Where in the speech Stop is pressed."""

    PAUSE = "pause"
    MID_WORD = "mid-word"


@dataclass(frozen=True, slots=True, eq=False)
class LongAnswer:
    """Speech of a wanted length: float32, shape (samples,), 16 kHz, mono."""

    samples: np.ndarray
    stopped: StoppedAt

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / SAMPLE_RATE


def join_recordings(seconds: float) -> np.ndarray:
    """Return speech of at least this length; the recordings begin anew where they are used up."""
    silence = quiet(JOIN_SECONDS)
    pieces: list[np.ndarray] = []
    length = 0
    while length < seconds * SAMPLE_RATE:
        for name in SOURCES:
            pieces += [read_sound(SPEECH_FOLDER / name), silence]
        length = sum(len(piece) for piece in pieces)
    return np.concatenate(pieces)


def stop_near(speech: np.ndarray, voiced: tuple[Span, ...], seconds: float, stopped: StoppedAt) -> LongAnswer:
    """Return the beginning of ``speech``, stopped as wanted in the voiced stretch nearest to ``seconds``."""
    long_enough = [span for span in voiced if span.seconds >= 0.5]
    span = min(long_enough, key=lambda span: abs(span.end - seconds))
    if stopped is StoppedAt.MID_WORD:
        return LongAnswer(speech[: round((span.start + span.end) / 2 * SAMPLE_RATE)], stopped)
    spoken = speech[: round((span.end + 0.05) * SAMPLE_RATE)]
    return LongAnswer(np.concatenate([spoken, quiet(PAUSE_SECONDS - 0.05)]), stopped)


def last_of(answer: LongAnswer, voiced: tuple[Span, ...], seconds: float) -> LongAnswer:
    """Return about the last ``seconds`` of an answer, from a pause on.

    So answers of every length can end with the same words: what is left to read at Stop is the same, and
    their figures differ by what grows with the length alone.
    """
    if seconds >= answer.seconds:
        return answer
    pauses = [after.start for one, after in pairwise(voiced) if after.start - one.end >= JOIN_SECONDS / 2]
    begin = min(pauses, key=lambda start: abs(answer.seconds - start - seconds)) - JOIN_SECONDS / 4
    return LongAnswer(answer.samples[round(begin * SAMPLE_RATE) :], answer.stopped)


def quiet(seconds: float) -> np.ndarray:
    """Return a silent room: noise at 60 dB below full scale."""
    noise = np.random.default_rng(0).normal(0.0, 0.001, round(seconds * SAMPLE_RATE))
    return noise.astype(np.float32)
