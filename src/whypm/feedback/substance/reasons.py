"""Reasons that are given in so many words, whatever the reason is."""

import re
from collections.abc import Sequence

from whypm.feedback.substance.gist import stem

_WISH = (
    r"\bi(?:'d| would)? (?:(?:also|really|now|always) )?"
    r"(?:want|wanted|chose|choose|decided|applied|like|love)\b"
    r"[^.?!]*\b(?:product|pm|job|role)\b[^.?!]*\bbecause\b"
)
_NAMED = (
    r"\bmy (?:\w+ )?reasons? (?:is|are|was|were)\b|\bthe (?:main|first|real|honest|short|only) reason is\b"
)
_CLEFT = r"\b(?:it's|it is) (?:\w+ )?because i(?:'m|'ve|'d)?\b"
_GIVEN = re.compile(rf"{_WISH}|{_NAMED}|{_CLEFT}", re.IGNORECASE)
_OPENS_THE_ANSWER = re.compile(
    r"^(?:(?:so|well|oh|um|uh|er|erm|okay|honestly|to be honest),? )*because,?(?: [\w'’,-]+){3}",
    re.IGNORECASE,
)
"""Who begins with "because" answers the question; later on it may explain anything."""


REASON_WORDS = frozenset(stem(word) for word in ("because", "reason", "reasons"))
"""The stems that a quote of such a sentence should hold."""


def reason_sentence(texts: Sequence[str]) -> int | None:
    """Return the index of the first sentence that says why the job is wanted; None where none does."""
    plain = [text.replace("’", "'") for text in texts]
    # Many say the question again first.
    opening = next((index for index, text in enumerate(plain) if not text.endswith("?")), None)
    if opening is not None and _OPENS_THE_ANSWER.search(plain[opening]):
        return opening
    return next((index for index, text in enumerate(plain) if _GIVEN.search(text)), None)
