"""Sound at another sampling rate."""

import numpy as np
from numpy.typing import NDArray


def resample(samples: NDArray[np.float32], rate: int, wanted_rate: int) -> NDArray[np.float32]:
    """Return mono ``samples`` taken at ``rate`` as they would be at ``wanted_rate`` (both Hz).

    Band-limited, by soxr at its high quality: Whisper's features and the ear both notice aliasing.
    """
    if rate == wanted_rate:
        return samples
    import soxr

    resampled: NDArray[np.float32] = soxr.resample(samples, rate, wanted_rate)
    return resampled
