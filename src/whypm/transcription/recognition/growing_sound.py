"""A recording's sound while it grows."""

import numpy as np

from whypm.transcription.voice.voicing import SAMPLE_RATE

ROOM_SECONDS = 600
"""Untouched pages cost nothing, and an array this large goes back to the system when it is outgrown: glibc
keeps what is below 32 MiB (mallopt(3), M_MMAP_THRESHOLD): 30 MB in the ninth minute."""


class GrowingSound:
    """Samples in one array that has room for more: appended block by block without copying all each time."""

    def __init__(self) -> None:
        self._room = np.zeros(SAMPLE_RATE * ROOM_SECONDS, dtype=np.float32)
        self.length = 0

    @property
    def samples(self) -> np.ndarray:
        """All of it: float32, shape (samples,), mono. A view that later samples leave as it is."""
        return self._room[: self.length]

    def append(self, samples: np.ndarray) -> None:
        """Add what follows."""
        if self.length + len(samples) > len(self._room):
            room = np.zeros(2 * (self.length + len(samples)), dtype=np.float32)
            room[: self.length] = self.samples
            self._room = room
        self._room[self.length : self.length + len(samples)] = samples
        self.length += len(samples)
