"""Readings of two parts that share some seconds, made into one."""

from difflib import SequenceMatcher

from whypm.domain.transcript import Span, Word
from whypm.transcription.words.readings import Reading, plain_form

STRAY_SECONDS = 0.6
"""The same word lies so far apart in two readings at most; farther away it was said again."""
EDGE_SECONDS = 0.5
"""How far outside of what they share the words of both are looked at: Whisper's times stray."""
SURE_RUN = 3
"""So many words in a row that both readings have are taken for a place where they agree; fewer only where
there is no such row."""


def sewn(left: Reading, right: Reading, overlap: Span) -> Reading:
    """Return ``left`` up to a word that both have, near the middle of ``overlap``, and ``right`` after it.

    Where they have none in common there, the middle itself is the border; where one has no word there at all,
    the other's stand. Times are the recording's.
    """
    middle = (overlap.start + overlap.end) / 2
    first = next(
        (place for place, word in enumerate(left) if word.end >= overlap.start - EDGE_SECONDS), len(left)
    )
    ours = left[first:]
    theirs = tuple(word for word in right if word.start <= overlap.end + EDGE_SECONDS)
    runs = _common(ours, theirs)
    if not runs:
        if not _inside(ours, overlap) or not _inside(theirs, overlap):  # one of them understood nothing there
            return (*left, *right)
        return (
            *(word for word in left if _middle(word) < middle),
            *(word for word in right if _middle(word) >= middle),
        )
    enough = min(SURE_RUN, max(len(run) for run in runs))
    pairs = [pair for run in runs if len(run) >= enough for pair in run]
    our_place, their_place = min(pairs, key=lambda pair: abs(_middle(ours[pair[0]]) - middle))
    return (*left[: first + our_place + 1], *right[their_place + 1 :])


def _common(ours: Reading, theirs: Reading) -> list[list[tuple[int, int]]]:
    """Return rows of places that hold the same word at about the same time."""
    matcher = SequenceMatcher(
        None,
        [plain_form(word.text) for word in ours],
        [plain_form(word.text) for word in theirs],
        autojunk=False,
    )
    return [
        [(block.a + step, block.b + step) for step in range(block.size)]
        for block in matcher.get_matching_blocks()
        if block.size and abs(_middle(ours[block.a]) - _middle(theirs[block.b])) < STRAY_SECONDS
    ]


def _inside(words: Reading, overlap: Span) -> bool:
    return any(overlap.start <= _middle(word) <= overlap.end for word in words)


def _middle(word: Word) -> float:
    return (word.start + word.end) / 2
