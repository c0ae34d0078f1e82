"""What is wrong with the sound of a recording, and what to do about it before the next one.

The limits were set on the 43 recordings of real people that they are tested with: none is faulted that sounds
right.
"""

import numpy as np
from numpy.typing import NDArray

from whypm.audio.loudness import decibels_of, frame_powers
from whypm.audio.microphone_test import CLIPPED_SHARE, QUIET_DECIBELS
from whypm.domain.sound_quality import SoundFault, SoundFaultKind

CLIPPED_FROM = 0.999
"""Of full scale: a 16-bit sample at the ceiling, mixed and converted, is at least this."""
LEVEL_SECONDS = 0.03
HUM_SECONDS = 0.25
"""Long enough to tell 50 Hz from 60 Hz, short enough to fit into a pause."""
HUM_HARMONICS = 3
MAINS_HERTZ = (50, 60)
HUM_DECIBELS = -60.0
"""Fainter hum is not heard beside a voice."""
HUM_SHARE = 0.5
"""Of what the quietest moments hold; a room's own noise is spread over all frequencies."""
DROPOUT_SECONDS = (0.004, 0.5)
"""Shorter runs of zeros happen in quiet sound; a longer one is a switch or a noise gate."""
EDGE_SECONDS = 0.002
EDGE_SHARE = 0.1
"""Of the voice's level: a gate closes in silence, a lost block cuts off in mid-swing on both sides."""
FEWEST_DROPOUTS = 2

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


def find_sound_faults(samples: NDArray[np.float32], sample_rate: int) -> tuple[SoundFault, ...]:
    """Return the faults of a recording in which somebody speaks, each kind once.

    Args:
        samples: mono, shape (frames,), full scale 1, as they were recorded: resampling hides clipping.
        sample_rate: in Hz.
    """
    if len(samples) < sample_rate * HUM_SECONDS:
        return ()
    levels = decibels_of(frame_powers(samples, round(LEVEL_SECONDS * sample_rate)))
    loud = float(np.percentile(levels, 95))
    found = {
        SoundFaultKind.CLIPPING: float(np.mean(np.abs(samples) >= CLIPPED_FROM)) > CLIPPED_SHARE,
        SoundFaultKind.QUIET: loud < QUIET_DECIBELS,
        SoundFaultKind.HUM: _hums(samples, sample_rate),
        SoundFaultKind.DROPOUTS: _dropouts(samples, sample_rate, loud) >= FEWEST_DROPOUTS,
    }
    return tuple(SoundFault(kind, _TEXTS[kind]) for kind, is_there in found.items() if is_there)


def _hums(samples: NDArray[np.float32], sample_rate: int) -> bool:
    """Whether the quietest tenth of the recording is mostly the mains and its harmonics."""
    length = round(HUM_SECONDS * sample_rate)
    frames = samples[: len(samples) // length * length].reshape(-1, length)
    powers = frame_powers(frames.reshape(-1), length)
    quietest = frames[np.argsort(powers)[: max(1, len(frames) // 10)]]
    window = np.hanning(length)
    spectrum = np.abs(np.fft.rfft(quietest * window, axis=1)) ** 2 / (np.sum(window**2) * length / 2)
    spectrum = spectrum.mean(axis=0)
    hertz = np.fft.rfftfreq(length, 1 / sample_rate)
    for mains in MAINS_HERTZ:
        lines = mains * np.arange(1, HUM_HARMONICS + 1)
        near = np.abs(hertz[:, np.newaxis] - lines).min(axis=1) <= 1 / HUM_SECONDS
        power = float(spectrum[near].sum())
        if power > HUM_SHARE * float(spectrum[1:].sum()) and 10 * np.log10(power) > HUM_DECIBELS:
            return True
    return False


def _dropouts(samples: NDArray[np.float32], sample_rate: int, loud: float) -> int:
    """Return how many runs of digital zeros begin and end in mid-swing."""
    edge = round(EDGE_SECONDS * sample_rate)
    least = EDGE_SHARE * 10 ** (loud / 20)
    is_zero = np.concatenate([[False], samples == 0.0, [False]])
    borders = np.flatnonzero(is_zero[1:] != is_zero[:-1])
    begins, ends = borders[::2], borders[1::2]
    lengths = (ends - begins) / sample_rate
    right_length = (lengths >= DROPOUT_SECONDS[0]) & (lengths <= DROPOUT_SECONDS[1])
    return sum(
        bool(np.max(np.abs(samples[max(begin - edge, 0) : begin]), initial=0.0) >= least)
        and bool(np.max(np.abs(samples[end : end + edge]), initial=0.0) >= least)
        for begin, end in zip(begins[right_length], ends[right_length], strict=True)
    )
