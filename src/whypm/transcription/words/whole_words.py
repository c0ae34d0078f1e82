"""Whisper's pieces of words, put back together."""

import re
from collections.abc import Iterable
from typing import Protocol

from whypm.domain.transcript import Word

WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "my", "yue"})
"""Languages whose words Whisper gives without a space between them."""

_FOREIGN = re.compile(r"[^\u0000-\u024F\u2000-\u206F\u20AC]")
"""What English is not written with: a multilingual model puts Chinese in the mouth of heavy accents."""


class Piece(Protocol):
    """A word as faster-whisper gives it: what follows another without a space belongs to it."""

    word: str
    start: float
    end: float
    probability: float


def whole_words(pieces: Iterable[Piece], language: str) -> list[Word]:
    """Put back together what Whisper splits inside a word ("long" + "-range", "2" + ",000")."""
    words: list[Word] = []
    for piece in pieces:
        text = piece.word if language != "en" else _FOREIGN.sub("", piece.word)
        if not text.strip():
            continue
        word = Word(text.strip(), float(piece.start), float(piece.end), round(float(piece.probability), 4))
        if words and not text.startswith(" ") and language not in WITHOUT_SPACES:
            before = words.pop()
            probability = min(before.probability, word.probability)
            word = Word(before.text + word.text, before.start, word.end, probability)
        words.append(word)
    return words
