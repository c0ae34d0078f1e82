"""Pace: how many words were said in how much time."""

from collections.abc import Sequence

from whypm.domain.transcript import Word
from whypm.feedback.tokens import are_spaced, joined

_SECONDS_PER_MINUTE = 60.0


def count_words(words: Sequence[Word]) -> int:
    """Return how many written words there are, fillers and lone punctuation left out."""
    spoken = [word for word in words if not word.filler]
    text = joined(spoken, spaced=are_spaced(words))
    return sum(any(character.isalnum() for character in token) for token in text.split())


def per_minute(count: int, seconds: float) -> float | None:
    """Return the rate in 1/min, or None where no time passed."""
    return count * _SECONDS_PER_MINUTE / seconds if seconds > 0 else None
