"""How loud a block of sound is."""

import numpy as np
from numpy.typing import NDArray

from whypm.domain.sound import SoundLevel

FULL_SCALE = 32_768
"""Of a 16-bit sample: the magnitude that counts as 1.0."""


def measure(block: NDArray[np.int16] | NDArray[np.float32]) -> SoundLevel:
    """Return the level of ``block`` (any shape; int16, or floats in [-1, 1]); silence where it is empty."""
    if block.size == 0:
        return SoundLevel(peak=0.0, rms=0.0)
    scale = FULL_SCALE if block.dtype == np.int16 else 1
    samples = block.astype(np.float64) / scale
    peak = min(1.0, float(np.abs(samples).max()))
    return SoundLevel(peak=peak, rms=min(1.0, float(np.sqrt(np.mean(samples**2)))))
