"""Pace: how many words were said in how much time."""

import math
from collections.abc import Sequence

from whypm.domain.timing import PaceStretch
from whypm.domain.transcript import Span, Word
from whypm.feedback.tokens import are_spaced, joined, word_starts

STRETCH_SECONDS = 10.0
"""Some 25 words: few enough to see a rush, enough that one word more or less does not matter."""
_SECONDS_PER_MINUTE = 60.0


def count_words(words: Sequence[Word]) -> int:
    """Return how many written words there are, fillers and lone punctuation left out."""
    spoken = [word for word in words if not word.filler]
    text = joined(spoken, spaced=are_spaced(words))
    return sum(any(character.isalnum() for character in token) for token in text.split())


def per_minute(count: int, seconds: float) -> float | None:
    """Return the rate in 1/min, or None where no time passed."""
    return count * _SECONDS_PER_MINUTE / seconds if seconds > 0 else None


def pace_curve(words: Sequence[Word], speaking: Span) -> tuple[PaceStretch, ...]:
    """Return the pace in stretches of about ten seconds, which have no gap between them and equal length.

    A word counts where its middle lies, so the stretches together hold every word once. Speech of less than
    fifteen seconds is one stretch.

    Args:
        words: With fillers marked and times in seconds.
        speaking: From the first to the last voiced frame.
    """
    if speaking.seconds <= 0:
        return ()
    count = max(1, round(speaking.seconds / STRETCH_SECONDS))
    length = speaking.seconds / count
    held: list[list[Word]] = [[] for _ in range(count)]
    starts = set(word_starts(words))
    index = 0
    for number, word in enumerate(words):
        if number in starts:  # what continues a written word goes where that began
            index = math.floor(((word.start + word.end) / 2 - speaking.start) / length)
        held[min(max(index, 0), count - 1)].append(word)
    return tuple(
        PaceStretch(
            speaking.start + number * length,
            speaking.start + (number + 1) * length,
            count_words(inside) * _SECONDS_PER_MINUTE / length,
        )
        for number, inside in enumerate(held)
    )
