"""Recognised words as they are read: bare spelling, joining, and which pieces make one written word."""

from collections.abc import Sequence

from whypm.domain.transcript import Word

_MARKS = " \t\n.,;:?!…\"'“”‘’()[]{}<>*_—–-"
_BREAKS = ".,;:?!…—–-"
_CLOSING = "\"'”’)]"


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written out as plain text."""
    return frozenset(text.split())


def bare(text: str) -> str:
    """Return the spelling without surrounding punctuation, in small letters and with a plain apostrophe."""
    return text.replace("’", "'").strip(_MARKS).lower()


def breaks_after(text: str) -> bool:
    """Say whether the word ends in a comma, a full stop or another mark that sets off what follows."""
    return text.rstrip().rstrip(_CLOSING).endswith(tuple(_BREAKS))


def are_spaced(words: Sequence[Word]) -> bool:
    """Say whether the words carry their own leading spaces, as Whisper's do."""
    return any(word.text.startswith(" ") for word in words)


def word_starts(words: Sequence[Word]) -> tuple[int, ...]:
    """Return the indexes at which a written word starts; Whisper gives "-known" of "well-known" by itself."""
    if not are_spaced(words):
        return tuple(range(len(words)))
    return tuple(index for index, word in enumerate(words) if index == 0 or word.text.startswith(" "))


def joined(words: Sequence[Word], *, spaced: bool | None = None) -> str:
    """Return the words as running text; ``spaced`` says whether they bring their own spaces (None: look)."""
    own_spaces = are_spaced(words) if spaced is None else spaced
    return " ".join(("" if own_spaces else " ").join(word.text for word in words).split())
