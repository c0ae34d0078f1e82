"""What was said, word by word, and when the voice was heard."""

from dataclasses import dataclass

from whypm.domain.pitch import PitchTrack

UNSURE_BELOW = 0.5
"""Probability. Over 1,643 words of 35 real recordings ``base`` gave 10 % of them less; 65 % of these were
wrong, and they were half of all that was wrong. Below 0.3 is only a quarter; below 0.7 half are right."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a recording, in seconds from its first sample."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word; times in seconds, probability from 0 to 1 as Whisper gives it."""

    text: str
    start: float
    end: float
    probability: float
    filler: bool = False
    """Set by the filler rules, not by the recogniser."""

    @property
    def is_unsure(self) -> bool:
        """Whether the recogniser may well have misheard it."""
        return not self.filler and self.probability < UNSURE_BELOW


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; the times are None where the text was typed and not spoken."""

    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the recogniser and the voice detector found in one recording."""

    model: str
    language: str
    language_probability: float
    duration_seconds: float
    words: tuple[Word, ...]
    voiced: tuple[Span, ...]
    """Where the voice detector heard speech, in order and without overlap."""
    unclear: tuple[Span, ...] = ()
    """Voiced stretches that no word covers, even after a second try."""
    pitch: PitchTrack | None = None
    """Over the whole recording, voiced or not; None where it could not be followed."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """The readable answer: its sentences, and the words under them."""

    text: str
    model: str | None
    """Whisper model's name; None where the text was typed."""
    sentences: tuple[Sentence, ...]
    words: tuple[Word, ...] = ()
    language: str | None = None
    unclear: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class HeardSoFar:
    """What is understood of an answer while it is being given."""

    settled: str
    """Words that will not change any more."""
    ahead: str
    """Words after those, which stand only if nothing more is said."""
    behind_seconds: float
    """How much sound waits to be read; it is caught up with, and none is left out."""
