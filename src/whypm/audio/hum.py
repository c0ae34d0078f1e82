"""Whether the mains hum in a recording."""

import numpy as np
from numpy.typing import NDArray

from whypm.audio.framing import Framing, mean_squares, without_offset

FRAME_SECONDS = 0.25
"""Long enough to tell 50 Hz from 60 Hz, short enough to fit into a pause."""
HARMONICS = 3
"""Lines that are looked for: the frequency of the mains, twice and three times that."""
MAINS_HERTZ = (50, 60)
AUDIBLE_DECIBELS = -60.0
"""Fainter hum is not heard beside a voice."""
HUM_SHARE = 0.5
"""Of what the quietest moments hold; a room's own noise is spread over all frequencies."""
FEWEST_FRAMES = 4
"""A second: the low end of a single quarter of one may lie beside the mains by chance."""


class HumMeter:
    """Finds mains hum in the quietest tenth of one recording, or its quietest second where that is longer."""

    def __init__(self, sample_rate: int) -> None:
        length = round(FRAME_SECONDS * sample_rate)
        self._framing = Framing(length)
        self._window = np.hanning(length)
        hertz = np.fft.rfftfreq(length, 1 / sample_rate)
        self._near = np.stack([_near(hertz, mains) for mains in MAINS_HERTZ])
        self._found: list[NDArray[np.float64]] = []
        """A row a frame: its power, that of its spectrum, and of each mains' lines in that."""

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take in what follows: mono, shape (frames,), full scale 1."""
        frames = self._framing.take(samples)
        if not len(frames):
            return
        scale = np.sum(self._window**2) * frames.shape[1] / 2
        spectrum = np.abs(np.fft.rfft(without_offset(frames) * self._window, axis=1)) ** 2 / scale
        lines = [spectrum[:, near].sum(axis=1) for near in self._near]
        self._found.append(
            np.stack([mean_squares(frames), spectrum[:, 1:].sum(axis=1), *lines], axis=1),
        )

    def hums(self) -> bool:
        """Whether the quietest of what was heard is mostly the mains and its harmonics."""
        if not self._found:
            return False
        found = np.concatenate(self._found)
        quietest = np.argsort(found[:, 0], kind="stable")[: max(FEWEST_FRAMES, len(found) // 10)]
        _, whole, *lines = found[quietest].mean(axis=0).tolist()
        return any(power > HUM_SHARE * whole and 10 * np.log10(power) > AUDIBLE_DECIBELS for power in lines)


def _near(hertz: NDArray[np.floating], mains: int) -> NDArray[np.bool_]:
    lines = mains * np.arange(1, HARMONICS + 1)
    near: NDArray[np.bool_] = np.abs(hertz[:, np.newaxis] - lines).min(axis=1) <= 1 / FRAME_SECONDS
    return near
