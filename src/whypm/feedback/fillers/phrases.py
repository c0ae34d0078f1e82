"""The phrases that may fill a gap, wherever they stand: fillers, or the same words meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from whypm.feedback.fillers.context import FillerContext

_PHRASES: Mapping[tuple[str, ...], str] = MappingProxyType(
    {
        ("like",): "like",
        ("you", "know"): "you know",
        ("i", "mean"): "i mean",
        ("sort", "of"): "hedge",
        ("kind", "of"): "hedge",
        ("sorta",): "hedge",
        ("kinda",): "hedge",
        ("basically",): "basically",
        ("right",): "right",
    }
)
"""Each with its kind; no two begin with the same word."""
_BY_FIRST_WORD: Mapping[str, tuple[str, ...]] = MappingProxyType({words[0]: words for words in _PHRASES})
KINDS = tuple(dict.fromkeys(_PHRASES.values()))
PAIRS = frozenset(words for words in _PHRASES if len(words) > 1)
"""The phrases of two words."""

WORDS_BEFORE, WORDS_AFTER = 24, 16
"""What is looked at around a phrase: two sentences of talk before it, and one after it."""


@dataclass(frozen=True, slots=True)
class PhraseUse:
    """One use of such a phrase: its kind, its first word's index, and how many words it has."""

    kind: str
    index: int
    length: int

    @property
    def last(self) -> int:
        """The index of its last word."""
        return self.index + self.length - 1

    @property
    def indexes(self) -> range:
        """The indexes of all its words."""
        return range(self.index, self.index + self.length)


@dataclass(frozen=True, slots=True)
class PhraseInContext:
    """A use of a phrase among the words around it, with their marks; ``index`` is its first word's."""

    words: tuple[str, ...]
    index: int


def phrase_uses(context: FillerContext) -> tuple[PhraseUse, ...]:
    """Return every use of the phrases, fillers or not, in order."""
    uses: list[PhraseUse] = []
    for index, token in enumerate(context.tokens):
        words = _BY_FIRST_WORD.get(token)
        if words is not None and (len(words) == 1 or context.is_phrase(index, words[1])):
            uses.append(PhraseUse(_PHRASES[words], index, len(words)))
    return tuple(uses)


def in_context(texts: Sequence[str], use: PhraseUse) -> PhraseInContext:
    """Return a use among the words around it; ``texts`` are all words as written, without spaces."""
    begin = max(0, use.index - WORDS_BEFORE)
    return PhraseInContext(tuple(texts[begin : use.last + 1 + WORDS_AFTER]), use.index - begin)
