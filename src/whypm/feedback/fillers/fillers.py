"""Fillers: hesitation sounds, and phrases that fill a gap, told from their real uses by context."""

from collections.abc import Sequence
from dataclasses import replace

from whypm.domain.timing import Filler
from whypm.domain.transcript import Word
from whypm.feedback.fillers.context import FillerContext
from whypm.feedback.fillers.phrase_judge import PhraseJudge
from whypm.feedback.fillers.phrases import PAIRS, phrase_uses
from whypm.feedback.text.tokens import bare

_ALWAYS = frozenset({"y'know", "yknow"})


def mark_fillers(words: Sequence[Word], phrases: PhraseJudge | None = None) -> tuple[Word, ...]:
    """Return the words with ``filler`` set on each word of each filler and cleared on all others.

    Without ``phrases`` hesitation sounds alone are told. Raises ModelError where its network fails.
    """
    context = FillerContext.of(words)
    marked = {
        index for index, token in enumerate(context.tokens) if context.are_sounds[index] or token in _ALWAYS
    }
    if phrases is not None:
        texts = [word.text.strip() for word in words]
        fillers = phrases.fillers(texts, phrase_uses(context))
        marked |= {index for use in fillers for index in use.indexes}
    return tuple(
        word if word.filler == (index in marked) else replace(word, filler=index in marked)
        for index, word in enumerate(words)
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
