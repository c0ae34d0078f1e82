"""How loud a recording is over time."""

import math

import numpy as np
from numpy.typing import NDArray

from whypm.domain.sound_quality import Loudness

STEP_SECONDS = 0.5
QUIETEST_DECIBELS = -96.0
"""The smallest step of 16 bits; digital silence counts as this."""


def measure_loudness(samples: NDArray[np.float32], sample_rate: int) -> Loudness:
    """Return the level of each half second, the last one cut off by the end; samples of shape (frames,)."""
    decibels = decibels_of(frame_powers(samples, round(STEP_SECONDS * sample_rate)))
    return Loudness(STEP_SECONDS, tuple(round(float(level), 1) for level in decibels))


def frame_powers(samples: NDArray[np.float32], length: int) -> NDArray[np.float64]:
    """Return the mean square of each frame of ``length`` samples, the last one perhaps shorter."""
    whole = len(samples) // length * length
    frames = samples[:whole].reshape(-1, length)
    powers = np.einsum("ij,ij->i", frames, frames, dtype=np.float64) / length
    rest = samples[whole:].astype(np.float64)
    return np.append(powers, np.mean(rest**2)) if len(rest) else powers


def decibels_of(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return powers in dB of full scale, silence as the smallest that 16 bits hold."""
    return 10 * np.log10(np.maximum(powers, math.pow(10, QUIETEST_DECIBELS / 10)))
