"""How loud a recording is over time."""

import math

import numpy as np
from numpy.typing import NDArray

from whypm.audio.framing import PowerMeter
from whypm.domain.sound_quality import Loudness

STEP_SECONDS = 0.5
"""A word or two; ten minutes are 1,200 values in the report."""
QUIETEST_DECIBELS = -96.0
"""The smallest step of 16 bits; digital silence counts as this."""


class LoudnessMeter:
    """Gives the level of each half second of one recording, the last one cut off by the end."""

    def __init__(self, sample_rate: int) -> None:
        self._meter = PowerMeter(round(STEP_SECONDS * sample_rate))

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take in what follows: mono, shape (frames,), full scale 1."""
        self._meter.hear(samples)

    def loudness(self) -> Loudness:
        """Return the loudness of all that was heard."""
        decibels = decibels_of(self._meter.powers())
        return Loudness(STEP_SECONDS, tuple(round(level, 1) for level in decibels.tolist()))


def decibels_of(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return powers in dB of full scale, silence as the smallest that 16 bits hold."""
    return 10 * np.log10(np.maximum(powers, math.pow(10, QUIETEST_DECIBELS / 10)))
