"""What stands around a word, as the filler rules look at it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from whypm.domain.transcript import Word
from whypm.feedback.tokens import bare, breaks_after, word_set

SOUNDS = word_set("um umm ummm uh uhh uhhh uhm er erm hm hmm hmmm mm mmm ah ahh eh ehm")
"""Hesitation sounds as Whisper spells them. "Mhm" and "uh-huh" are answers, not hesitations."""

SUBJECTS = word_set(
    "i we they he she it you there i'm i've i'd i'll we're we've we'd they're they've they'd he's "
    "she's it's there's that's you're it'd it'll"
)
DETERMINERS = word_set("a an the my our your their his her its this that these those")
BE = word_set(
    "is was were are am be been it's that's he's she's i'm we're they're there's you're what's "
    "who's isn't wasn't being"
)
PREPOSITIONS = word_set("for in with from at into on by through after of about over within")
CONJUNCTIONS = frozenset({"and", "but", "so", "because", "then", "or"})

_STOP_SECONDS = 0.3
"""A gap between words that listeners hear as a stop; fluent speech has none so long inside a phrase."""

_LAST_MARKS = (".", "?", "!", "…")
_ACRONYMS = frozenset({"ER", "MM", "AH", "EH", "UM"})


@dataclass(frozen=True, slots=True)
class FillerContext:
    """A row of words, bare, with the marks between them and which of them are fillers already."""

    tokens: tuple[str, ...]
    breaks: tuple[bool, ...]
    """Whether a mark follows the word."""
    ends: tuple[bool, ...]
    """Whether a sentence's end follows the word."""
    stops: tuple[bool, ...]
    """Whether the speaker stopped after the word, with or without a mark."""
    marked: tuple[bool, ...]

    @classmethod
    def of(cls, words: Sequence[Word]) -> "FillerContext":
        """Return the context of these words, with the hesitation sounds marked."""
        texts = [word.text for word in words]
        tokens = tuple(bare(text) for text in texts)
        return cls(
            tokens,
            tuple(breaks_after(text) for text in texts),
            tuple(text.rstrip(" \"'”’)").endswith(_LAST_MARKS) for text in texts),
            (*(right.start - left.end >= _STOP_SECONDS for left, right in pairwise(words)), True)[
                : len(words)
            ],
            tuple(_is_sound(texts, tokens, index) for index in range(len(texts))),
        )

    def marking(self, indexes: set[int]) -> "FillerContext":
        """Return the same row with these words marked as well."""
        marked = tuple(was or index in indexes for index, was in enumerate(self.marked))
        return replace(self, marked=marked)

    def before(self, index: int, nth: int = 1) -> str:
        """Return the nth word before ``index`` that is no filler; empty beyond the sentence's start."""
        for position in range(index - 1, -1, -1):
            if self.ends[position]:
                return ""
            if not self.marked[position]:
                nth -= 1
                if nth == 0:
                    return self.tokens[position]
        return ""

    def after(self, index: int, nth: int = 1) -> str:
        """Return the nth word after ``index`` that is no filler; empty beyond the sentence's end."""
        for position in range(index, len(self.tokens) - 1):
            if self.ends[position]:
                return ""
            if not self.marked[position + 1]:
                nth -= 1
                if nth == 0:
                    return self.tokens[position + 1]
        return ""

    def is_phrase(self, index: int, second: str) -> bool:
        """Say whether ``second`` follows the word at once, without a mark between them."""
        return index + 1 < len(self.tokens) and self.tokens[index + 1] == second and not self.breaks[index]

    def broken_before(self, index: int) -> bool:
        """Say whether a mark, or the start, stands before the word."""
        return index == 0 or self.breaks[index - 1]

    def broken_after(self, index: int) -> bool:
        """Say whether a mark, or the end, stands after the word."""
        return index == len(self.tokens) - 1 or self.breaks[index]

    def starts_sentence(self, index: int) -> bool:
        """Say whether nothing but fillers stands before the word in its sentence."""
        return self.before(index) == ""


def _is_sound(texts: Sequence[str], tokens: Sequence[str], index: int) -> bool:
    if tokens[index] not in SOUNDS:
        return False
    if bare(texts[index]).upper() in _ACRONYMS and texts[index].strip(" .,;:?!").isupper():
        return all(text.upper() == text for text in texts)
    # "5 mm" is a measure.
    return not (tokens[index] == "mm" and index > 0 and tokens[index - 1][-1:].isdigit())
