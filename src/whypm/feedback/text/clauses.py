"""Where long talk without punctuation is cut: at pauses, then before words that open a clause."""

from collections.abc import Sequence
from itertools import pairwise

from whypm.feedback.text.tokens import bare, word_set

LONGEST_RUN_WORDS = 30
"""Ours: 19 in 20 labelled answer sentences are shorter. With 20, as many cuts fall inside sentences again."""

SENTENCE_PAUSE_SECONDS = 0.7
"""Ours: in unpunctuated talk, a pause this long after a finished phrase is taken for a full stop."""

_SHORTEST_PIECE_WORDS = 4
"""No cut leaves fewer on either side."""

# A run that is too long is cut where a cut is worth most. What speaks for a place is added up, in points of
# one scale: a pause (by its seconds), a comma, what the clause after it would open with (`_opener_worth`). A
# word before it that leaves a phrase open costs as much as a pause of a second gains, and distance from the
# middle costs something too.
_AUDIBLE_PAUSE_SECONDS = 0.25
_PAUSE_WORTH = 3.0
_LONGEST_COUNTED_PAUSE_SECONDS = 1.0
_COMMA_WORTH = 1.0
_CENTRE_WORTH = 1.5
_PAIR_WORTH = 1.5
_OPENER_WORTH = 2.0
_WEAK_WORTH = 0.3
_SUBJECT_WORTH = 2.5

_OPENER_PAIRS = frozenset(
    {"and so", "and then", "and i", "and we", "and it", "and they", "and that's", "and what", "and now"}
    | {"and also", "and that", "and when", "and because", "but then", "but i", "so i", "so we", "after that"}
)
_OPENERS = word_set("because but so which although though whereas however anyway then")
_WEAK_OPENERS = word_set("and when where while if after before since until or that's")
_SUBJECTS = word_set("i we they he she there i'm i've i'd it's we're they're")
_TAKE_A_CLAUSE = word_set(
    "think know feel said believe say guess though hope wish see find found thought noticed realised "
    "realized sure how where whatever all everything thing things way time people"
)
"""After these a subject goes on with the clause: "I think we", "the thing I"."""

DANGLING = word_set(
    "a an the my our your their his its to of for with in on at by from into and or but so "
    "because that which is are was were be been i we they he she it i'm i've i'd it's very really "
    "if when who had has have would could should will can not what this these as than um uh er "
    "erm like about every some any no just also"
)
"""Words that leave a phrase open, so that no sentence ends on them."""


def cut_points(tokens: Sequence[str], pauses_before: Sequence[float], *, by_pause: bool) -> tuple[int, ...]:
    """Return the indexes at which a run of words is cut, in order; none where it is short enough.

    Args:
        tokens: The written words of one run.
        pauses_before: The pause before each word in seconds (0 for typed text), as long as ``tokens``.
        by_pause: Take each pause of `SENTENCE_PAUSE_SECONDS` after a finished phrase for a full stop.
    """
    words = [bare(token) for token in tokens]
    edges = [0, *(_pause_cuts(words, pauses_before) if by_pause else ()), len(words)]
    points = list(edges[1:-1])
    for start, end in pairwise(edges):
        points += _length_cuts(words, tokens, pauses_before, start, end)
    return tuple(sorted(points))


def _pause_cuts(words: Sequence[str], pauses_before: Sequence[float]) -> list[int]:
    cuts: list[int] = []
    for index in range(_SHORTEST_PIECE_WORDS, len(words) - _SHORTEST_PIECE_WORDS + 1):
        long_enough = index - (cuts[-1] if cuts else 0) >= _SHORTEST_PIECE_WORDS
        if (
            pauses_before[index] >= SENTENCE_PAUSE_SECONDS
            and long_enough
            and words[index - 1] not in DANGLING
        ):
            cuts.append(index)
    return cuts


def _length_cuts(
    words: Sequence[str], tokens: Sequence[str], pauses_before: Sequence[float], start: int, end: int
) -> list[int]:
    if end - start <= LONGEST_RUN_WORDS:
        return []
    cut = max(
        range(start + _SHORTEST_PIECE_WORDS, end - _SHORTEST_PIECE_WORDS + 1),
        key=lambda index: _worth(words, tokens, pauses_before, index) - _off_centre(index, start, end),
    )
    return [
        *_length_cuts(words, tokens, pauses_before, start, cut),
        cut,
        *_length_cuts(words, tokens, pauses_before, cut, end),
    ]


def _off_centre(index: int, start: int, end: int) -> float:
    return _CENTRE_WORTH * abs(2 * index - start - end) / (end - start)


def _worth(words: Sequence[str], tokens: Sequence[str], pauses_before: Sequence[float], index: int) -> float:
    """Return what speaks for a cut before this word, in the points told of above."""
    pause = pauses_before[index]
    worth = _opener_worth(words, index)
    if pause >= _AUDIBLE_PAUSE_SECONDS:
        worth += _PAUSE_WORTH * min(pause, _LONGEST_COUNTED_PAUSE_SECONDS)
    if tokens[index - 1].endswith((",", ";", ":", "—")):
        worth += _COMMA_WORTH
    if words[index - 1] in DANGLING:
        worth -= _PAUSE_WORTH
    return worth


def _opener_worth(words: Sequence[str], index: int) -> float:
    """Return how well a clause could open here; the weights are fitted on half of the labelled answers."""
    word, previous = words[index], words[index - 1]
    following = words[index + 1] if index + 1 < len(words) else ""
    if word in _SUBJECTS and previous not in DANGLING | _TAKE_A_CLAUSE | _OPENERS | _WEAK_OPENERS:
        return _SUBJECT_WORTH
    if f"{word} {following}" in _OPENER_PAIRS:
        return _PAIR_WORTH
    if word in _OPENERS:
        return _OPENER_WORTH
    return _WEAK_WORTH if word in _WEAK_OPENERS else 0.0
