"""Fillers: hesitation sounds, and phrases that fill a gap, told from their real uses by context."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from whypm.domain.timing import Filler
from whypm.domain.transcript import Word
from whypm.feedback.filler_context import FillerContext
from whypm.feedback.filler_rules import (
    basically_length,
    i_mean_length,
    like_length,
    right_length,
    sort_of_length,
    sorta_length,
    you_know_length,
)
from whypm.feedback.tokens import bare

_Rule = Callable[[FillerContext, int], int]

# "Like" comes last: it is read by its neighbours, and another filler is no neighbour.
_ROUNDS: tuple[Mapping[str, _Rule], ...] = (
    MappingProxyType(
        {
            "you": you_know_length,
            "i": i_mean_length,
            "y'know": lambda _context, _index: 1,
            "yknow": lambda _context, _index: 1,
        }
    ),
    MappingProxyType(
        {
            "sort": sort_of_length,
            "kind": sort_of_length,
            "sorta": sorta_length,
            "kinda": sorta_length,
            "basically": basically_length,
            "right": right_length,
        }
    ),
    MappingProxyType({"like": like_length}),
)

_PHRASES = frozenset({("you", "know"), ("i", "mean"), ("sort", "of"), ("kind", "of")})


def mark_fillers(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with ``filler`` set on each word of each filler and cleared on all others.

    Precision goes before recall: a phrase that could be meant is left alone.
    """
    context = FillerContext.of(words)
    for rules in _ROUNDS:
        context = context.marking(_matches(context, rules))
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


def _matches(context: FillerContext, rules: Mapping[str, _Rule]) -> set[int]:
    matched: set[int] = set()
    for index, token in enumerate(context.tokens):
        rule = rules.get(token)
        if rule is not None and not context.marked[index] and index not in matched:
            matched.update(range(index, index + rule(context, index)))
    return matched


def _is_phrase(words: Sequence[Word], index: int) -> bool:
    if index + 1 >= len(words) or not words[index + 1].filler:
        return False
    return (bare(words[index].text), bare(words[index + 1].text)) in _PHRASES
