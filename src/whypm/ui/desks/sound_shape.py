"""The shape of a recording, for the waveform."""

from pathlib import Path

_PEAKS = 400
"""More than the waveform has bars in the widest column."""
_FULL = 0.95
"""The loudest peak reaches nearly to the edge, so that a soft voice has a shape too."""


def read_peaks(sound: Path) -> tuple[float, ...]:
    """Return the loudest magnitude (0 to 1) of each of 400 equal parts; blocks. Raises SoundFileError."""
    import numpy as np

    from whypm.audio.sound_file import load_sound

    samples = np.abs(load_sound(sound).samples)
    if samples.size < _PEAKS:
        return ()
    peaks = samples[: samples.size // _PEAKS * _PEAKS].reshape(_PEAKS, -1).max(axis=1)
    loudest = float(peaks.max())
    return tuple(float(peak) for peak in peaks / loudest * _FULL) if loudest > 0 else ()
