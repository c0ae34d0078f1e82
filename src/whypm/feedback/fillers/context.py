"""A row of words, made ready for fillers to be looked for in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from whypm.domain.transcript import Word
from whypm.feedback.text.hesitations import HESITATIONS
from whypm.feedback.text.tokens import bare, breaks_after

_ACRONYMS = frozenset({"ER", "MM", "AH", "EH", "UM"})
"""In capitals among small letters these are no hesitation: "I worked in the ER"."""


@dataclass(frozen=True, slots=True)
class FillerContext:
    """A row of words, bare, with the marks between them and which of them are hesitation sounds."""

    tokens: tuple[str, ...]
    breaks: tuple[bool, ...]
    """Whether a mark follows the word."""
    are_sounds: tuple[bool, ...]

    @classmethod
    def of(cls, words: Sequence[Word]) -> "FillerContext":
        """Return the context of these words."""
        texts = [word.text for word in words]
        tokens = tuple(bare(text) for text in texts)
        return cls(
            tokens,
            tuple(breaks_after(text) for text in texts),
            tuple(_is_sound(texts, tokens, index) for index in range(len(texts))),
        )

    def is_phrase(self, index: int, second: str) -> bool:
        """Say whether ``second`` follows the word at once, without a mark between them."""
        return index + 1 < len(self.tokens) and self.tokens[index + 1] == second and not self.breaks[index]


def _is_sound(texts: Sequence[str], tokens: Sequence[str], index: int) -> bool:
    if tokens[index] not in HESITATIONS:
        return False
    if bare(texts[index]).upper() in _ACRONYMS and texts[index].strip(" .,;:?!").isupper():
        return all(text.upper() == text for text in texts)
    # "5 mm" is a measure.
    return not (tokens[index] == "mm" and index > 0 and tokens[index - 1][-1:].isdigit())
