"""What a recording sounds like: its loudness, and what is wrong with its sound."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from whypm.audio.loudness import LoudnessMeter
from whypm.audio.sound_faults import FaultFinder
from whypm.audio.sound_file import Sound
from whypm.domain.sound_quality import SoundFault, SoundFaultKind, SoundQuality

BLOCK_SECONDS = 0.5
"""A sound card's own blocks, twenty a second and more, would each cost as much to look at."""


class SoundCheck:
    """Looks through one recording while it grows. In whatever blocks it came, what it finds is the same."""

    def __init__(self, sample_rate: int) -> None:
        self.sample_rate = sample_rate
        self._block = round(BLOCK_SECONDS * sample_rate)
        self._waiting: list[NDArray[np.float32]] = []
        self._waiting_samples = 0
        self._loudness = LoudnessMeter(sample_rate)
        self._faults = FaultFinder(sample_rate)
        self.samples = 0
        """How many were heard."""

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take in what follows: mono, shape (frames,), full scale 1. Half a second takes 1 ms."""
        self.samples += len(samples)
        self._waiting.append(samples)
        self._waiting_samples += len(samples)
        if self._waiting_samples >= self._block:
            self._look()

    def quality(self) -> SoundQuality:
        """Return the loudness and the faults of all that was heard; to be called at its end."""
        self._look()
        return SoundQuality(self._loudness.loudness(), self._faults.faults())

    def _look(self) -> None:
        if self._waiting:
            samples = np.concatenate(self._waiting)
            self._waiting, self._waiting_samples = [], 0
            self._loudness.hear(samples)
            self._faults.hear(samples)


def check_sound(sound: Sound) -> SoundQuality:
    """Return the loudness and the faults of a recording in which somebody speaks, a damaged file's first."""
    check = SoundCheck(sound.sample_rate)
    size = max(round(BLOCK_SECONDS * sound.sample_rate), 1)
    for begin in range(0, len(sound.samples), size):
        check.hear(sound.samples[begin : begin + size])
    quality = check.quality()
    if not sound.is_damaged:
        return quality
    seconds = len(sound.samples) / sound.sample_rate
    text = f"The file is damaged: nothing after {seconds:.1f} seconds can be read. Export or copy it again."
    return replace(quality, faults=(SoundFault(SoundFaultKind.DAMAGED, text), *quality.faults))
