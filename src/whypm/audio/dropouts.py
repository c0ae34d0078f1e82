"""Where bits of a recording are missing: runs of digital zeros in mid-swing."""

import numpy as np
from numpy.typing import NDArray

DROPOUT_SECONDS = (0.004, 0.5)
"""Shorter runs of zeros happen in quiet sound; a longer one is a switch or a noise gate."""
EDGE_SECONDS = 0.002
"""How much of the sound on either side of the zeros is looked at for the voice that was cut off."""
EDGE_SHARE = 0.1
"""Of the voice's level: a gate closes in silence, a lost block cuts off in mid-swing on both sides."""


class DropoutFinder:
    """Finds the dropouts of one recording. In whatever blocks it came, they are the same."""

    def __init__(self, sample_rate: int) -> None:
        self._sample_rate = sample_rate
        self._edge = round(EDGE_SECONDS * sample_rate)
        self._kept = np.zeros(0, dtype=np.float32)
        """The end of what was heard, back to the edge before the zeros that are not over yet."""
        self._looked_at = 0
        """So much of that was looked through; runs that begin there are known."""
        self._edges: list[float] = []
        """Of each run of zeros, the highest peak of the quieter of its two sides."""

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take in what follows: mono, shape (frames,), full scale 1."""
        sound = np.concatenate([self._kept, samples])
        begins, ends = self._runs(sound)
        whole = ends + self._edge <= len(sound)
        self._note(sound, begins[whole], ends[whole])
        pending = begins[~whole]
        known_until = int(pending[0]) if len(pending) else len(sound)
        # Of zeros that last longer than any dropout, so much tells that they do.
        longest = 2 * self._edge + round(DROPOUT_SECONDS[1] * self._sample_rate) + 2
        keep_from = max(known_until - self._edge, len(sound) - longest, 0)
        self._kept = sound[keep_from:]
        self._looked_at = max(known_until - keep_from, 0)

    def count(self, loud_decibels: float) -> int:
        """Return how many runs begin and end in mid-swing, where the voice is so loud; at the end."""
        begins, ends = self._runs(self._kept)
        self._note(self._kept, begins, ends)
        self._looked_at = len(self._kept)
        least = EDGE_SHARE * 10 ** (loud_decibels / 20)
        return sum(edge >= least for edge in self._edges)

    def _runs(self, sound: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return where runs of zeros that are not known yet begin and end."""
        is_zero = np.concatenate([[False], sound == 0.0, [False]])
        borders = np.flatnonzero(is_zero[1:] != is_zero[:-1])
        begins, ends = borders[::2], borders[1::2]
        new = begins >= self._looked_at
        return begins[new], ends[new]

    def _note(self, sound: NDArray[np.float32], begins: NDArray[np.intp], ends: NDArray[np.intp]) -> None:
        lengths = (ends - begins) / self._sample_rate
        right_length = (lengths >= DROPOUT_SECONDS[0]) & (lengths <= DROPOUT_SECONDS[1])
        for begin, end in zip(begins[right_length], ends[right_length], strict=True):
            before = np.max(np.abs(sound[max(begin - self._edge, 0) : begin]), initial=0.0)
            after = np.max(np.abs(sound[end : end + self._edge]), initial=0.0)
            self._edges.append(float(min(before, after)))
