"""Growing sound, cut into frames of one length. In whatever blocks it came, the frames are the same."""

import numpy as np
from numpy.typing import NDArray


class Framing:
    """Cuts one recording's sound into frames of ``length`` samples."""

    def __init__(self, length: int) -> None:
        self._length = length
        self.rest = np.zeros(0, dtype=np.float32)
        """What does not fill a frame yet."""

    def take(self, samples: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the frames that these samples complete, shape (frames, length)."""
        sound = np.concatenate([self.rest, samples])
        whole = len(sound) // self._length * self._length
        self.rest = sound[whole:]
        return sound[:whole].reshape(-1, self._length).astype(np.float64)


class PowerMeter:
    """Gives the power of each frame of one recording, the last one perhaps shorter."""

    def __init__(self, length: int) -> None:
        self._framing = Framing(length)
        self._powers: list[NDArray[np.float64]] = []

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take in what follows: mono, shape (frames,), full scale 1."""
        frames = self._framing.take(samples)
        if len(frames):
            self._powers.append(mean_squares(frames))

    def powers(self) -> NDArray[np.float64]:
        """Return the powers of all that was heard."""
        rest = self._framing.rest.astype(np.float64)
        last = [mean_squares(rest[np.newaxis])] if len(rest) else []
        return np.concatenate([np.zeros(0), *self._powers, *last])


def mean_squares(frames: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the power of each frame, which does not depend on the frames beside it; shape (frames,)."""
    powers: NDArray[np.float64] = np.mean(np.square(without_offset(frames)), axis=1)
    return powers


def without_offset(frames: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each frame round zero: many a converter adds a constant, which nobody hears."""
    centred: NDArray[np.float64] = frames - frames.mean(axis=1, keepdims=True)
    return centred
