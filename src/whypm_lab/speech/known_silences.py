"""Recordings whose silences are known to the sample: speech piece after piece in a room's noise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle, pairwise

import numpy as np

from whypm.domain.transcript import Span
from whypm.transcription.voice.voicing import SAMPLE_RATE

SILENCES_SECONDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8, 1.0, 1.5, 2.0, 3.0, 6.0)
SPEECH_LEVEL = 0.08
"""Root mean square of every piece, full scale 1: the -22 dB of a close microphone."""
QUIET_ROOM_DECIBELS = 60.0
MOST_PIECES = 9
LONGEST_PIECE_SECONDS = 20.0
SHORTEST_PIECE_SECONDS = 0.6
_STEP = 80
_BELOW_LOUDEST_DECIBELS = 26.0
"""A piece begins and ends where its sound rises over this, about 20 dB below its mean: lower lie breaths, the
room, and the last of a fading consonant."""
_SHORTEST_GAP_SECONDS = 0.15
"""A recording is taken apart at these, so that no silence inside a piece is near a pause's half second."""


@dataclass(frozen=True, slots=True)
class KnownRecording:
    """A recording, and where its pieces of speech begin and end."""

    name: str
    noise_decibels: float | None
    """Signal-to-noise ratio; None for a quiet room."""
    samples: np.ndarray
    voiced: tuple[Span, ...]

    @property
    def silences(self) -> tuple[Span, ...]:
        """What lies between the pieces."""
        return tuple(Span(left.end, right.start) for left, right in pairwise(self.voiced))


def pieces_of(samples: np.ndarray, gap_seconds: float = _SHORTEST_GAP_SECONDS) -> list[np.ndarray]:
    """Take clean speech (float32, 16 kHz, mono) apart at its silences of ``gap_seconds`` and more."""
    steps = samples[: len(samples) // _STEP * _STEP].reshape(-1, _STEP)
    level = np.sqrt(np.mean(steps.astype(np.float64) ** 2, axis=1))
    loud = np.flatnonzero(level > np.percentile(level, 99) * 10 ** (-_BELOW_LOUDEST_DECIBELS / 20))
    if not len(loud):
        return []
    breaks = np.flatnonzero(np.diff(loud) * _STEP >= gap_seconds * SAMPLE_RATE)
    firsts = loud[np.concatenate([[0], breaks + 1])]
    lasts = loud[np.concatenate([breaks, [len(loud) - 1]])]
    pieces = [samples[first * _STEP : (last + 1) * _STEP] for first, last in zip(firsts, lasts, strict=True)]
    shortest, longest = SHORTEST_PIECE_SECONDS * SAMPLE_RATE, LONGEST_PIECE_SECONDS * SAMPLE_RATE
    return [piece for piece in pieces if shortest <= len(piece) <= longest]


def known_recording(
    name: str,
    pieces: Sequence[np.ndarray],
    *,
    noise_decibels: float | None = None,
    seed: int = 0,
    silences_seconds: Iterable[float] = SILENCES_SECONDS,
) -> KnownRecording:
    """Put pieces of speech behind one another, with the silences in an order that follows from ``seed``.

    Every silence of more than 1.2 s has a breath and a click in it.
    """
    random = np.random.default_rng(seed)
    chosen = [pieces[index] for index in random.permutation(len(pieces))][:MOST_PIECES]
    parts = [np.zeros(_samples(random.uniform(0.4, 3.0)))]
    voiced: list[Span] = []
    at = len(parts[0])
    for piece, seconds in zip(chosen, cycle(random.permutation(list(silences_seconds))), strict=False):
        voiced.append(Span(at / SAMPLE_RATE, (at + len(piece)) / SAMPLE_RATE))
        parts += [piece * (SPEECH_LEVEL / np.sqrt(np.mean(piece**2))), np.zeros(_samples(seconds))]
        if seconds > 1.2:
            _put_in(parts[-1], _breath(random), random)
            _put_in(parts[-1], _click(random), random)
        at += len(piece) + len(parts[-1])
    sound = np.concatenate(parts)
    decibels = QUIET_ROOM_DECIBELS if noise_decibels is None else noise_decibels
    noise = (white_noise, pink_noise)[seed % 2](len(sound), random)
    sound += noise * (SPEECH_LEVEL * 10 ** (-decibels / 20))
    return KnownRecording(name, noise_decibels, sound.astype(np.float32), tuple(voiced))


def white_noise(length: int, random: np.random.Generator) -> np.ndarray:
    """Return noise of even power at all frequencies, root mean square 1."""
    return random.normal(size=length)


def pink_noise(length: int, random: np.random.Generator) -> np.ndarray:
    """Return noise whose power falls with the frequency, as a room's does, root mean square 1."""
    spectrum = np.fft.rfft(random.normal(size=length))
    lowest = max(1.0, 20.0 * length / SAMPLE_RATE)
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), lowest)), length)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)))


def _put_in(silence: np.ndarray, sound: np.ndarray, random: np.random.Generator) -> None:
    """Add a sound to a silence, 0.25 s and more from both ends."""
    margin = _samples(0.25)
    at = int(random.uniform(margin, len(silence) - margin - len(sound)))
    silence[at : at + len(sound)] += sound


def _breath(random: np.random.Generator) -> np.ndarray:
    """An intake of breath: noise round 1.5 kHz that swells and fades, 30 dB below full scale."""
    length = _samples(random.uniform(0.25, 0.45))
    spectrum = np.fft.rfft(random.normal(size=length))
    octaves = np.log2(np.maximum(np.fft.rfftfreq(length, 1 / SAMPLE_RATE), 1.0) / 1500.0)
    sound = np.fft.irfft(spectrum * np.exp(-(octaves**2) / 2), length) * np.hanning(length)
    return np.asarray(0.03 * sound / np.abs(sound).max())


def _click(random: np.random.Generator) -> np.ndarray:
    """A mouse button: 8 ms of noise that decays, 20 dB below full scale."""
    length = _samples(0.008)
    return 0.1 * random.normal(size=length) * np.exp(-np.arange(length) / _samples(0.0015))


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
