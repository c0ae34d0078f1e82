"""Pace: how many words were said in how much time."""

import math
import re
from collections.abc import Sequence

from whypm.domain.timing import PaceStretch
from whypm.domain.transcript import Span, Word
from whypm.feedback.text.spoken_numbers import NUMBER, number_in_words
from whypm.feedback.text.tokens import are_spaced, joined, word_starts

STRETCH_SECONDS = 10.0
"""Some 25 words: few enough to see a rush, enough that one word more or less does not matter."""
_SECONDS_PER_MINUTE = 60.0
_SAID_SIGNS = re.compile(r"[$€£%&+]")
_PLURAL_OF_NUMBER = re.compile(r"(?<=\d)['’]?s\b")
_BETWEEN_NUMBER_AND_LETTER = re.compile(r"(?<=\d)(?!(?:st|nd|rd|th)\b)(?=[a-z])|(?<=[a-z])(?=\d)")
_SEVERAL_IN_ONE = re.compile(r"(?<=\w)[-–—/:](?=\w)")


def count_words(words: Sequence[Word]) -> int:
    """Return how many words were said, fillers left out, however they are written.

    Whisper writes "cost-effective" or "cost effective", and "2,383" where six words were said; a pace that
    followed its taste would be slower where somebody gives figures. So parts between hyphens count each, and
    numbers as they are read out. A contraction is one word, as it is said.
    """
    spoken = [word for word in words if not word.filler]
    text = joined(spoken, spaced=are_spaced(words)).lower()
    text = _SAID_SIGNS.sub(" sign ", _PLURAL_OF_NUMBER.sub("", text))  # "$", "%" and "&" are words
    text = _BETWEEN_NUMBER_AND_LETTER.sub(" ", text)  # "10x", "5pm"
    text = NUMBER.sub(lambda number: f" {number_in_words(number.group())} ", text)
    text = _SEVERAL_IN_ONE.sub(" ", text.replace("alright", "all right"))
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
