"""Borders of voiced stretches, settled while the recording grows.

A border depends on the stretch and on a second of the silence beside it, so what lies before a silence is
settled for good once the voice goes on after it. In whatever steps a recording grew, it is settled in the
same pieces, and each of them as in the whole recording.
"""

from itertools import pairwise

import numpy as np

from whypm.domain.transcript import Span
from whypm.transcription.voice.borders import NOISE_SECONDS, STEP_SECONDS, settle_borders
from whypm.transcription.voice.voicing import SAMPLE_RATE

CUT_SECONDS = 0.5
"""In a silence of this length the borders on both sides are settled without each other: neither moves into it
by more than 0.2 s."""
_STEP_SAMPLES = round(STEP_SECONDS * SAMPLE_RATE)
_SPARE_SECONDS = NOISE_SECONDS + 0.5


class SettledBorders:
    """Settles the borders of one recording, and remembers those that will not change any more."""

    def __init__(self) -> None:
        self._settled: list[Span] = []

    def settle(self, voiced: tuple[Span, ...], samples: np.ndarray) -> tuple[Span, ...]:
        """Return the stretches with their borders settled, as ``settle_borders`` would.

        Args:
            voiced: the recording's stretches so far, in order; all but the last are those of the last call.
            samples: the recording so far: float32, shape (samples,), 16 kHz, mono.
        """
        cuts = [count for count, (one, next_) in enumerate(pairwise(voiced), 1) if _cut_between(one, next_)]
        for count in cuts:
            if count > len(self._settled):
                self._settled += _piece(voiced, len(self._settled), count, samples)
        return (*self._settled, *_piece(voiced, len(self._settled), len(voiced), samples))


def _cut_between(one: Span, following: Span) -> bool:
    return following.start - one.end >= CUT_SECONDS


def _piece(voiced: tuple[Span, ...], first: int, after: int, samples: np.ndarray) -> tuple[Span, ...]:
    """Settle the stretches from ``first`` up to ``after`` in their own part of the sound."""
    spans = voiced[first:after]
    if not spans:
        return ()
    begin = max(_step(voiced[first - 1].end) if first else 0, _step(spans[0].start - _SPARE_SECONDS), 0)
    end = len(samples) // _STEP_SAMPLES
    if after < len(voiced):
        end = min(_step(voiced[after].start), _step(spans[-1].end + _SPARE_SECONDS))
    shift = begin * STEP_SECONDS
    moved = tuple(Span(span.start - shift, span.end - shift) for span in spans)
    settled = settle_borders(moved, samples[begin * _STEP_SAMPLES : end * _STEP_SAMPLES])
    return tuple(Span(round(span.start + shift, 3), round(span.end + shift, 3)) for span in settled)


def _step(seconds: float) -> int:
    return round(seconds / STEP_SECONDS)
