"""Fillers: hesitation sounds, and phrases that fill a gap, told from their real uses by context."""

from collections.abc import Sequence
from dataclasses import replace

from whypm.domain.timing import Filler
from whypm.domain.transcript import Word
from whypm.feedback.filler_context import FillerContext
from whypm.feedback.filler_signs import PAIRS, phrase_uses
from whypm.feedback.phrase_weights import PhraseWeights
from whypm.feedback.tokens import bare

ROUNDS = (frozenset({"you know", "i mean"}), frozenset({"hedge", "basically", "right"}), frozenset({"like"}))
"""In this order: a phrase is read by its neighbours, and another filler is no neighbour."""

_ALWAYS = frozenset({"y'know", "yknow"})


def mark_fillers(words: Sequence[Word], weights: PhraseWeights | None = None) -> tuple[Word, ...]:
    """Return the words with ``filler`` set on each word of each filler and cleared on all others.

    Without ``weights`` hesitation sounds alone are told. With them, precision goes before recall: a phrase
    that could be meant is left alone.
    """
    context = FillerContext.of(words)
    context = context.marking({index for index, token in enumerate(context.tokens) if token in _ALWAYS})
    if weights is not None:
        for kinds in ROUNDS:
            context = context.marking(
                {
                    index
                    for use in phrase_uses(context)
                    if use.kind in kinds and weights.is_filler(context, use)
                    for index in use.indexes
                }
            )
    return tuple(
        word if word.filler == marked else replace(word, filler=marked)
        for word, marked in zip(words, context.marked, strict=True)
    )


def find_fillers(words: Sequence[Word]) -> tuple[Filler, ...]:
    """Return the fillers among words that `mark_fillers` has marked, times in seconds; "you know" is one."""
    found: list[Filler] = []
    index = 0
    while index < len(words):
        if not words[index].filler:
            index += 1
            continue
        length = 2 if _is_phrase(words, index) else 1
        part = words[index : index + length]
        found.append(Filler(" ".join(bare(word.text) for word in part), part[0].start, part[-1].end))
        index += length
    return tuple(found)


def _is_phrase(words: Sequence[Word], index: int) -> bool:
    if index + 1 >= len(words) or not words[index + 1].filler:
        return False
    return (bare(words[index].text), bare(words[index + 1].text)) in PAIRS
