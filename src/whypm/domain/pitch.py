"""How high a voice was, and how much it moved."""

import math
from dataclasses import dataclass

SEMITONES_IN_AN_OCTAVE = 12


def semitones_between(low: float, high: float) -> float:
    """Return how far ``high`` lies above ``low``, both in Hz; less than 0 where it lies below."""
    return SEMITONES_IN_AN_OCTAVE * math.log2(high / low)


@dataclass(frozen=True, slots=True)
class PitchTrack:
    """The pitch over time: the median of each step in Hz, or None where a step has none.

    Breath, silence and consonants such as "s" have no pitch: about half of an answer's steps are None.
    """

    step_seconds: float
    hertz: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class PitchStretch:
    """The pitch in one stretch of an answer; times in seconds, both values None where there is too little."""

    start: float
    end: float
    hertz: float | None
    """The median."""
    semitones: float | None
    """How much it moved: the standard deviation."""


@dataclass(frozen=True, slots=True)
class VoicePitch:
    """The pitch of one answer; there is none where too little of it was heard."""

    track: PitchTrack
    """What the figures rest on: steps in which a voice was heard, leaps to another octave left out."""
    hertz: float
    """The median."""
    semitones: float
    """How much it moved over the whole answer: the standard deviation."""
    stretches: tuple[PitchStretch, ...]
    """The same as those of the pace."""
