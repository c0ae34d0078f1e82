"""Pauses, from the voice detector's frames."""

from collections.abc import Sequence
from itertools import pairwise

from whypm.domain.timing import Pause
from whypm.domain.transcript import Sentence, Span

SHORTEST_PAUSE_SECONDS = 0.5
"""The report's contract: shorter silences belong to fluent speech."""

_BORDER_TOLERANCE_SECONDS = 0.3
"""Whisper's word times miss the voice's border by about this much beside a silence."""

_BORDER_SECONDS = 0.02
"""A silence is known to this: its borders rest on levels of 20 ms. What measures 0.48 s, and is shown as 0.5,
may have been half a second."""

_ROUNDING_SECONDS = 1e-6
"""Borders are sums and differences of floats."""


def measure_pauses(voiced: Sequence[Span], sentences: Sequence[Sentence]) -> tuple[Pause, ...]:
    """Return the silences of 0.5 s and more between the first and the last voiced frame, in order.

    A border is known to some 20 ms: pauses may measure 0.48 s.
    A pause is inside a sentence when no sentence's border lies in it: the speaker stopped in mid-thought.

    Args:
        voiced: Where speech was heard, in order and without overlap, in seconds.
        sentences: The sentences of the same recording; those without times are left out of account.
    """
    borders = _borders(sentences)
    return tuple(
        Pause(left.end, right.start, inside_sentence=_is_inside(left.end, right.start, borders))
        for left, right in pairwise(voiced)
        if right.start - left.end >= SHORTEST_PAUSE_SECONDS - _BORDER_SECONDS - _ROUNDING_SECONDS
    )


def _borders(sentences: Sequence[Sentence]) -> tuple[tuple[float, float], ...]:
    """Return the end of each sentence with the start of the next."""
    return tuple(
        (left.end, right.start)
        for left, right in pairwise(sentences)
        if left.end is not None and right.start is not None
    )


def _is_inside(start: float, end: float, borders: Sequence[tuple[float, float]]) -> bool:
    return not any(
        sentence_end <= end + _BORDER_TOLERANCE_SECONDS and next_start >= start - _BORDER_TOLERANCE_SECONDS
        for sentence_end, next_start in borders
    )
