"""What is wrong with the sound of a recording, and what to do about it before the next one.

The limits were set on the 43 recordings of real people that they are tested with: none is faulted that sounds
right.
"""

import numpy as np
from numpy.typing import NDArray

from whypm.audio.clipping import CeilingMeter
from whypm.audio.dropouts import DropoutFinder
from whypm.audio.framing import PowerMeter
from whypm.audio.hum import FRAME_SECONDS, HumMeter
from whypm.audio.loudness import decibels_of
from whypm.audio.microphone_check import CLIPPED_SHARE, QUIET_DECIBELS
from whypm.domain.sound_quality import SoundFault, SoundFaultKind

LEVEL_SECONDS = 0.03
"""Frames as long as those of the microphone's test, whose limit for a quiet voice is used here too."""
OUT_OF_SILENCE_DECIBELS = 10.0
"""Above the quietest tenth: what stands out so far is no silence. A steady room wavers by less."""
FEWEST_DROPOUTS = 2
"""One alone is told to nobody: a second shows that it was no accident."""

_TEXTS = {
    SoundFaultKind.CLIPPING: (
        "Your voice was too loud for the microphone and got distorted. Turn its input level down in the "
        "system's sound settings, or move back a little."
    ),
    SoundFaultKind.HUM: (
        "The mains hum in your recording. Keep the microphone's cable away from power supplies, or run the "
        "laptop on its battery."
    ),
    SoundFaultKind.QUIET: (
        "Your recording is very quiet. Move closer to the microphone, or turn its input level up in the "
        "system's sound settings."
    ),
    SoundFaultKind.DROPOUTS: (
        "Bits of your recording are missing. Close other programs that use the microphone, and plug it in "
        "without a hub."
    ),
}


class FaultFinder:
    """Finds the faults of one recording in which somebody speaks, while it grows.

    Args:
        sample_rate: in Hz, of the sound as it is recorded: resampling hides clipping.
    """

    def __init__(self, sample_rate: int) -> None:
        self._shortest = sample_rate * FRAME_SECONDS
        self._samples = 0
        self._ceiling = CeilingMeter()
        self._levels = PowerMeter(round(LEVEL_SECONDS * sample_rate))
        self._hum = HumMeter(sample_rate)
        self._dropouts = DropoutFinder(sample_rate)

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take in what follows: mono, shape (frames,), full scale 1."""
        self._samples += len(samples)
        self._ceiling.hear(samples)
        self._levels.hear(samples)
        self._hum.hear(samples)
        self._dropouts.hear(samples)

    def faults(self) -> tuple[SoundFault, ...]:
        """Return the faults of all that was heard, each kind once; to be called at its end."""
        if self._samples < self._shortest:
            return ()
        loud = _loud_decibels(decibels_of(self._levels.powers()))
        found = {
            SoundFaultKind.CLIPPING: self._ceiling.share() > CLIPPED_SHARE,
            SoundFaultKind.QUIET: loud < QUIET_DECIBELS,
            SoundFaultKind.HUM: self._hum.hums(),
            SoundFaultKind.DROPOUTS: self._dropouts.count(loud) >= FEWEST_DROPOUTS,
        }
        return tuple(SoundFault(kind, _TEXTS[kind]) for kind, is_there in found.items() if is_there)


def _loud_decibels(levels: NDArray[np.float64]) -> float:
    """Return how loud the loudest twentieth is of what stands out of the silence; of all, where nothing does.

    Of all, one sentence in a minute of waiting would be called quiet, however loud it was.
    """
    out = levels[levels >= np.percentile(levels, 10) + OUT_OF_SILENCE_DECIBELS]
    return float(np.percentile(out if len(out) else levels, 95))
