"""Sentences in which each filler phrase stands in brackets, by the hand that wrote them.

``filler_sentences`` holds a file a hand, a sentence a line. They were written for this by a machine, each
hand on its own and without sight of rules, weights or the other hands' lines, as careful transcripts of talk.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from whypm.domain.transcript import Word

FOLDER = Path(__file__).parent / "filler_sentences"
KEPT_ASIDE = ("a", "b", "p")
"""Hands that are measured on: nothing was trained on theirs, and no threshold set. The first two were looked
at while earlier ways were chosen; the third was written when the network and its threshold stood."""
KNOWN_CASES = ("cases", "first")
"""Sentences that showed faults once: trained on as well, and held by tests."""

_STOPS = (",", ",", ".", "")
WORD_SECONDS, STEP_SECONDS = 0.3, 0.4
"""An even pace: no stop helps."""


class Commas(Enum):
    """Which commas a sentence is given with: Whisper often sets none."""

    ALL = "with commas"
    SOME = "with some commas"
    NONE = "without commas"
    STOPS = "with full stops for some commas"
    """As where a speaker halts: "It hit me. You know. They were not stupid"."""


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence's words, and which of them belong to a filler."""

    words: tuple[Word, ...]
    fillers: frozenset[int]

    @property
    def text(self) -> str:
        """The sentence with its fillers in brackets."""
        tokens = (word.text.strip() for word in self.words)
        return " ".join(
            f"[{token}]" if index in self.fillers else token for index, token in enumerate(tokens)
        )


def training_hands() -> tuple[str, ...]:
    """Return the hands that weights are trained on."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.txt") if path.stem not in KEPT_ASIDE))


def written_by(hands: Iterable[str], commas: Commas) -> Iterator[MarkedSentence]:
    """Yield these hands' sentences."""
    for hand in hands:
        chance = random.Random(hand)
        for line in (FOLDER / f"{hand}.txt").read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield _marked(_with(commas, line.strip(), chance))


def _with(commas: Commas, line: str, chance: random.Random) -> str:
    if commas is Commas.ALL:
        return line
    if commas is Commas.STOPS:
        return "".join(chance.choice(_STOPS) if mark == "," else mark for mark in line)
    dropped = 1.0 if commas is Commas.NONE else 0.5
    return "".join(mark for mark in line if mark != "," or chance.random() >= dropped)


def _marked(line: str) -> MarkedSentence:
    words: list[Word] = []
    fillers: set[int] = set()
    inside = False
    for index, token in enumerate(line.split()):
        inside = inside or "[" in token
        if inside:
            fillers.add(index)
        inside = inside and "]" not in token
        start = index * STEP_SECONDS
        words.append(Word(" " + re.sub(r"[\[\]]", "", token), start, start + WORD_SECONDS, 0.9))
    return MarkedSentence(tuple(words), frozenset(fillers))
