"""Many channels become one."""

import numpy as np
from numpy.typing import NDArray

LOST_SHARE = 0.3
"""Of the loudest channel's power: where the mean has less, it has lost the voice. It has all of it where both
channels hold the same, half where they hold different voices, a quarter where one of two is dead, and nothing
where one is the other upside down."""


class Mixdown:
    """Takes in blocks of shape (frames, channels), float32, and keeps their mean or one channel.

    Args:
        channel: the one to keep; None for the mean of all.
    """

    def __init__(self, channel: int | None = None) -> None:
        self.frames = 0
        self._channel = channel
        self._blocks: list[NDArray[np.float32]] = []
        self._mean_power = 0.0
        self._powers: NDArray[np.float64] = np.zeros(0)

    def take(self, block: NDArray[np.float32]) -> None:
        """Take in the next block."""
        self.frames += len(block)
        count = block.shape[1]
        if count == 1:
            self._blocks.append(block[:, 0])
            return
        mean = block.mean(axis=1, dtype=np.float32)
        self._blocks.append(mean if self._channel is None else block[:, min(self._channel, count - 1)].copy())
        if len(self._powers) < count:
            self._powers = np.pad(self._powers, (0, count - len(self._powers)))
        self._powers[:count] += _power(block)
        self._mean_power += float(_power(mean))

    @property
    def better_channel(self) -> int | None:
        """The loudest channel where the mean has lost most of it; None where the mean will do."""
        if self._channel is not None or not self._powers.any():
            return None
        loudest = int(np.argmax(self._powers))
        return loudest if self._mean_power < LOST_SHARE * self._powers[loudest] else None

    def samples(self) -> NDArray[np.float32]:
        """Return all that was kept, shape (frames,)."""
        return np.concatenate(self._blocks) if self._blocks else np.zeros(0, np.float32)


def _power(block: NDArray[np.float32]) -> NDArray[np.float64]:
    numbers = np.nan_to_num(block.astype(np.float64), posinf=0.0, neginf=0.0)
    power: NDArray[np.float64] = np.square(numbers).sum(axis=0)
    return power
