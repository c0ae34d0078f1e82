"""Where one sound lies in another."""

import numpy as np
from numpy.typing import NDArray

LIKENESS = 0.9
"""Of a true copy: resampling by PulseAudio costs white noise its highest tones and leaves 0.95 at best."""
_PIECE_SECONDS = 0.25


def whereabouts(
    whole: NDArray[np.float32], part: NDArray[np.float32], rate: int
) -> list[tuple[float, float]]:
    """For each quarter of a second of ``part``: how far from its place in ``whole`` it lies, and how alike.

    The distance is in seconds from the place of the first piece plus the time since, so a recording without
    gaps gives zeros; the likeness is the correlation coefficient of the best place, 1 for a perfect copy.
    """
    size = round(_PIECE_SECONDS * rate)
    places = [
        _best_place(whole, part[begin : begin + size]) for begin in range(0, len(part) - size + 1, size)
    ]
    first = places[0][0]
    return [
        ((place - first - number * size) / rate, likeness) for number, (place, likeness) in enumerate(places)
    ]


def _best_place(whole: NDArray[np.float32], piece: NDArray[np.float32]) -> tuple[int, float]:
    length = 1 << (len(whole) + len(piece)).bit_length()
    spectrum = np.fft.rfft(whole, length) * np.conj(np.fft.rfft(piece, length))
    products = np.fft.irfft(spectrum, length)[: len(whole) - len(piece) + 1]
    energy = np.cumsum(np.concatenate([[0.0], whole.astype(np.float64) ** 2]))
    energies = energy[len(piece) :] - energy[: -len(piece)]
    likeness = products / np.sqrt(np.maximum(energies, 1e-9) * float(np.sum(piece.astype(np.float64) ** 2)))
    place = int(np.argmax(likeness))
    return place, float(likeness[place])
