"""Kinds of words, by the company that they keep: "van" and "ticket" are of one, "rang" and "sat" of another.

Where few sentences have the very word that stands beside a filler, many have one of its kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from whypm.domain.errors import ModelError

FILE = "word_kinds.txt"
UNKNOWN = "?"
_REMEDY = "Install WhyPM again."


@dataclass(frozen=True, slots=True)
class WordKinds:
    """The kind of each known word; made by ``whypm_lab.speech.word_company``."""

    kinds: Mapping[str, str]

    def of(self, word: str) -> str:
        """Return a word's kind by its number, or that it is not known."""
        return self.kinds.get(word, UNKNOWN)


def read_word_kinds(folder: Path) -> WordKinds:
    """Read ``word_kinds.txt``, a kind a line. Raises ModelError where it is missing or damaged."""
    path = folder / FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ModelError(f"The kinds of words {path} cannot be read: {error.strerror}.", _REMEDY) from error
    except ValueError as error:
        raise ModelError(f"The kinds of words {path} are damaged.", _REMEDY) from error
    if not lines:
        raise ModelError(f"The kinds of words {path} are damaged.", _REMEDY)
    return WordKinds({word: str(number) for number, line in enumerate(lines) for word in line.split()})
