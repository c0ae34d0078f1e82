"""The borders of voiced stretches, put where the sound itself begins and ends.

The voice detector looks at frames of 32 ms and takes three or four of them to believe that a voice has
ended. The sound tells to some milliseconds where it rose out of the room's noise and fell back into it, so
each border beside a silence is moved to that place. The noise of rooms is strong in low tones, and wavers
there; so the sound is compared with it band by band, and each band counts as much as any other.

`whypm_lab.speech.truth` measures it against known silences.
"""

from dataclasses import dataclass

import numpy as np

from whypm.domain.transcript import Span
from whypm.transcription.voice.voicing import SAMPLE_RATE

STEP_SECONDS = 0.005
WINDOW_STEPS = 4
"""A level is that of 20 ms; 10 ms follow the single strokes of low voices."""
BAND_EDGES = (1, 2, 3, 5, 7, 10, 15, 23, 41)
"""Bands of 200 Hz at the bottom to 3.6 kHz at the top, as wide as hearing's; by the numbers of a step's
frequencies, 200 Hz apart. The lowest, up to 100 Hz, holds hum and no voice."""
SHORTEST_SILENCE_SECONDS = 0.15
"""Borders beside shorter silences stay: their room noise cannot be told from a fading consonant. In noise
of 5 and 10 dB the voice detector leaves no more than 0.2 s of a pause of half a second."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far a border moves at most."""

    outward_seconds: float
    inward_seconds: float


ONSET_REACH = _Reach(outward_seconds=0.2, inward_seconds=0.05)
"""Silero hears a soft beginning late and hardly ever one too early."""
OFFSET_REACH = _Reach(outward_seconds=0.1, inward_seconds=0.35)
"""It ends speech late: by 0.03 s in a quiet room, by 0.12 s and up to 0.33 s at 5 dB. Outward lie breaths."""
HOLE_SECONDS = 0.03
"""Sound goes on over a gap of this length, as in the closure before a "t"."""
SHORTEST_SOUND_SECONDS = 0.03
"""Shorter ones are the noise's own wavering, or a click."""
OVER_NOISE_DECIBELS = 2.0
"""What counts as sound, above the median of the silence beside it, over all bands. Steady noise wavers by
0.5 dB (standard deviation) over 20 ms and eight bands. Of 1.2, 1.5, 1.75, 2 and 2.5 dB this found all pauses;
less leaves fewer borders wrong at 5 dB, and takes noise for sound at 20 dB."""
BELOW_VOICE_DECIBELS = 30.0
"""What counts as sound in a silent room, below the loud frames of the stretch: the range of speech (ANSI S3.5
takes 30 dB)."""
NOISE_SECONDS = 1.0
"""How much of the silence beside a border tells the room's noise."""
_SILENCE = 1e-12


def settle_borders(voiced: tuple[Span, ...], samples: np.ndarray) -> tuple[Span, ...]:
    """Return the stretches with their borders where the sound begins and ends, in order and as many.

    Args:
        voiced: what the voice detector found, in order and without overlap, in seconds.
        samples: the whole recording: float32, shape (samples,), 16 kHz, mono.
    """
    forwards = _Sound.of(samples)
    if forwards is None:
        return voiced
    backwards = forwards.reversed()
    length = forwards.seconds
    settled: list[Span] = []
    for index, span in enumerate(voiced):
        silent_from = voiced[index - 1].end if index else 0.0
        silent_to = voiced[index + 1].start if index + 1 < len(voiced) else length
        start = forwards.onset(span, silent_from, ONSET_REACH)
        # A sound's end is its onset heard backwards.
        mirrored = Span(length - span.end, length - span.start)
        end = length - backwards.onset(mirrored, length - silent_to, OFFSET_REACH)
        if settled:  # what lies between may be sound throughout
            start = max(start, settled[-1].end)
        settled.append(Span(round(start, 3), round(end, 3)) if start < end else span)
    return tuple(settled)


@dataclass(frozen=True, slots=True)
class _Sound:
    """A recording in steps of 5 ms: powers, and powers by band. Means are of the 20 ms from a step on."""

    powers: np.ndarray
    """Shape (steps,)."""
    means: np.ndarray
    """Shape (steps - 3,)."""
    bands: np.ndarray
    """Shape (steps, bands)."""
    band_means: np.ndarray
    """Shape (steps - 3, bands)."""

    @classmethod
    def of(cls, samples: np.ndarray) -> "_Sound | None":
        """Return the powers of a recording, or None where it is too short to have any."""
        length = round(STEP_SECONDS * SAMPLE_RATE)
        steps = samples[: len(samples) // length * length].reshape(-1, length)
        if len(steps) < WINDOW_STEPS:
            return None
        powers = np.einsum("ij,ij->i", steps, steps).astype(np.float64) / length
        bands = _band_powers(steps)
        return cls(powers, _running_means(powers), bands, _running_means(bands))

    @property
    def seconds(self) -> float:
        """How long the steps are together."""
        return len(self.powers) * STEP_SECONDS

    def reversed(self) -> "_Sound":
        """Return the same sound backwards."""
        return _Sound(self.powers[::-1], self.means[::-1], self.bands[::-1], self.band_means[::-1])

    def onset(self, span: Span, silent_from: float, reach: "_Reach") -> float:
        """Return where the sound of ``span`` begins, in seconds; there is silence from ``silent_from`` on."""
        if span.start - silent_from < SHORTEST_SILENCE_SECONDS:
            return span.start
        noise = self.band_means[_step(max(silent_from, span.start - NOISE_SECONDS)) : _step(span.start)]
        quiet = np.maximum(np.median(noise, axis=0), _SILENCE)
        voice = self.means[_step(span.start) : _step(span.end)]
        softest = float(np.percentile(voice, 90)) / _ratio(BELOW_VOICE_DECIBELS) if len(voice) else 0.0
        first = _step(max(silent_from, span.start - reach.outward_seconds))
        last = _step(min(span.end, span.start + reach.inward_seconds))
        near = slice(first, last + 1)
        loud = _is_sound(self.band_means[near], self.means[near], quiet, softest)
        begin = _first_sound(first + np.flatnonzero(loud), _step(span.start))
        if begin is None:
            return span.start
        # The 20 ms that are loud enough begin before the sound does.
        window = slice(begin, begin + WINDOW_STEPS)
        loud = _is_sound(self.bands[window], self.powers[window], quiet, softest)
        return (begin + int(np.argmax(loud))) * STEP_SECONDS


def _band_powers(steps: np.ndarray) -> np.ndarray:
    """Return the mean power of each band in each step, shape (steps, bands)."""
    shape = np.hanning(steps.shape[1] + 1)[:-1].astype(np.float32)
    spectrum = np.fft.rfft(steps * shape, axis=1)
    powers = spectrum.real**2 + spectrum.imag**2
    sums = np.add.reduceat(powers, BAND_EDGES[:-1], axis=1)  # the last band reaches to the end
    return np.asarray(sums / np.diff(BAND_EDGES), dtype=np.float64)


def _running_means(steps: np.ndarray) -> np.ndarray:
    """Return the means of each step and the three after it."""
    parts = [steps[number : len(steps) - WINDOW_STEPS + 1 + number] for number in range(WINDOW_STEPS)]
    return np.asarray(sum(parts) / WINDOW_STEPS)


def _is_sound(bands: np.ndarray, powers: np.ndarray, quiet: np.ndarray, softest: float) -> np.ndarray:
    """Say for each step whether it stands out of the noise ``quiet`` and is not too soft for this voice."""
    over_noise = np.mean(bands / quiet, axis=1)
    return np.asarray((over_noise >= _ratio(OVER_NOISE_DECIBELS)) & (powers >= max(softest, _SILENCE)))


def _first_sound(steps: np.ndarray, at: int) -> int | None:
    """Return where the sound round ``at`` begins, else the next one after it, else the last one before it.

    A sound is a run of ``steps`` without holes that is long enough.
    """
    if not len(steps):
        return None
    hole, shortest = (round(each / STEP_SECONDS) for each in (HOLE_SECONDS, SHORTEST_SOUND_SECONDS))
    breaks = np.flatnonzero(np.diff(steps) > hole)
    firsts = steps[np.concatenate([[0], breaks + 1])]
    lasts = steps[np.concatenate([breaks, [len(steps) - 1]])]
    long = lasts - firsts + 1 >= shortest
    here = np.flatnonzero(long & (lasts >= at - hole))
    if len(here):
        return int(firsts[here[0]])
    before = np.flatnonzero(long)
    return int(firsts[before[-1]] if len(before) else firsts[-1])


def _ratio(decibels: float) -> float:
    return float(10 ** (decibels / 10))


def _step(seconds: float) -> int:
    return max(0, round(seconds / STEP_SECONDS))
