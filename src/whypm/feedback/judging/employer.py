"""The employer of an answer: named in its sentences, asked about in its question."""

import re

from whypm.domain.content import Pack
from whypm.domain.feedback import AskedQuestion

_ASKS_ABOUT_US = re.compile(
    r"\b(our company|our team|with us|for us|join us|why us|why here|work here|"
    r"(?:interested in|interests you in|interest in|attracts you to|drawn to|about|know of) us)\b",
    re.IGNORECASE,
)
_AFTER_ARTICLE = re.compile(r"\b(?:a|an|the|my|our|their|no|this|that|each|every|any) $", re.IGNORECASE)
"""No employer's name stands there: "a linear model", "no notion"."""


def asks_about_employer(question: AskedQuestion, pack: Pack, company: str | None) -> bool:
    """Say whether the question names the employer, or asks why there."""
    kept = pack.question(question.id) if question.id is not None else None
    text = question.text or ""
    is_named = bool(company and company.casefold() in text.casefold())
    return (kept is not None and kept.names_company) or is_named or bool(_ASKS_ABOUT_US.search(text))


def addressed_to(company: str | None, sentence: str) -> str:
    """Return the sentence with "your company" for the employer's name, as the judge's weights know it.

    A name that is an ordinary word as well ("Next", "Linear") is one only with its capital, unless nothing
    but "I" has one in the whole sentence.
    """
    if not company or not company.strip():
        return sentence
    name = company.strip()
    plain = re.sub(r"\bI\b", "i", sentence)
    any_case = plain == plain.lower() or not name[0].isupper()

    def replaced(match: re.Match[str]) -> str:
        is_word = match.group()[0].islower() and (
            not any_case or _AFTER_ARTICLE.search(sentence[: match.start()])
        )
        return match.group() if is_word else "your company"

    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", replaced, sentence, flags=re.IGNORECASE)
