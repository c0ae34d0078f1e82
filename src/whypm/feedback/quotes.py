"""Short quotes of what was said, and the people named in it."""

import re

from whypm.feedback.filler_context import SOUNDS
from whypm.feedback.tokens import bare

_LONGEST_QUOTE_WORDS = 14
_SHORTEST_CLAUSE_WORDS = 5
_PEOPLE = (
    ("engineer", "the engineers"),
    ("developer", "the developers"),
    ("designer", "the designers"),
    ("stakeholder", "those stakeholders"),
    ("customer", "those customers"),
    ("client", "those clients"),
    ("marketing", "marketing"),
    ("sales", "sales"),
    ("team", "that team"),
)

EMPTY = "“”"
"""What `quote` gives for nothing but hesitation."""


def quote(sentence: str) -> str:
    """Return the sentence's first words without hesitation sounds, in quotation marks, at most 14 words."""
    words = [word for word in sentence.split() if bare(word) not in SOUNDS]
    if len(words) > _LONGEST_QUOTE_WORDS:
        words = words[: _clause_end(words)]
        return f"“{' '.join(words).rstrip(' ,;:—-')} …”"
    return f"“{' '.join(words).strip().rstrip(',;:.')}”"


def people_in(sentence: str) -> str:
    """Return whom the speaker speaks of working with, as the end of "what you did with ..."."""
    for stem, phrase in _PEOPLE:
        if re.search(rf"\b{stem}s?\b", sentence, flags=re.IGNORECASE):
            return phrase
    return "the others"


def _clause_end(words: list[str]) -> int:
    """Return how many words to keep: up to the last comma that leaves a clause worth quoting."""
    for length in range(_LONGEST_QUOTE_WORDS, _SHORTEST_CLAUSE_WORDS, -1):
        if words[length - 1].endswith((",", ";", ":")):
            return length
    return _LONGEST_QUOTE_WORDS
