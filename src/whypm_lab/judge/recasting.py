"""Sentences in the first person, denied or told of somebody else: by the guideline neither counts."""

import random
import re

_OTHERS = (
    ("my brother", "his", "him"), ("my wife", "her", "her"), ("my manager", "her", "her"),
    ("he", "his", "him"),
    ("a colleague of mine", "his", "him"), ("our product manager", "her", "her"), ("my friend", "his", "him"),
    ("she", "her", "her"), ("they", "their", "them"), ("the team before us", "their", "them"),
    ("a good product manager", "their", "them"), ("my cousin", "her", "her"),
    ("the other office", "their", "them"),
)  # fmt: skip
_PRONOUNS = {"his": "he", "her": "she", "their": "they"}
_PRESENT = frozenset(
    (
        "am",
        "have",
        "want",
        "like",
        "love",
        "see",
        "know",
        "think",
        "need",
        "hope",
        "feel",
        "enjoy",
        "can",
        "do",
    )
)
_OPENINGS = frozenset(("so", "and", "then", "but", "also", "well", "okay"))
_NEGATIONS = (
    (re.compile(r"\bI (like|love|enjoy|want|need|hope|care)\b"), r"I don't \1"),
    (re.compile(r"\bI(?:'d| would) (like|love)\b"), r"I wouldn't \1"),
    (re.compile(r"\bI'm (good|interested|excited|passionate|used)\b"), r"I'm not \1"),
    (re.compile(r"\bI am (good|interested|excited|passionate|used)\b"), r"I am not \1"),
    (re.compile(r"\bI(?:'ve| have) (worked|led|run|built|shipped|done|managed|made)\b"), r"I have never \1"),
)
_DISCLAIMERS = (
    "I can't say that", "nobody would say that", "it is not true that", "I wish I could tell you that",
 "it would be wrong to say that", "there was no time when",
)  # fmt: skip


def deny(sentence: str, rng: random.Random) -> str | None:
    """The sentence denied where one plain clause in the first person carries it, else None."""
    if len(sentence.split()) > 16 or re.search(
        r"\b(not|never|no|but|because|nobody|without)\b|n't", sentence
    ):
        return None
    for pattern, replacement in _NEGATIONS:
        denied, count = pattern.subn(replacement, sentence, count=1)
        if count:
            return denied
    if not sentence.startswith(("I ", "I'", "We ")):
        return None
    disclaimer = rng.choice(_DISCLAIMERS)
    rest = sentence if sentence.startswith("I") else f"w{sentence[1:]}"
    return f"{disclaimer[0].upper()}{disclaimer[1:]} {rest}"


def lend(sentence: str, rng: random.Random) -> str | None:
    """The sentence told of somebody else where it begins with "I" and a past tense, else None."""
    words = sentence.split()
    opening = words[:1] if words and words[0].lower().strip(",") in _OPENINGS else []
    words = words[len(opening) :]
    if len(words) < 4 or words[0] != "I" or words[1].lower() in _PRESENT or "'" in words[1]:
        return None
    subject, possessive, objective = rng.choice(_OTHERS)
    pronoun = _PRONOUNS[possessive]
    swaps = {"I": pronoun, "we": "they", "my": possessive, "our": "their", "me": objective, "us": "them"}
    swaps |= {"was": "were"} if pronoun == "they" else {}
    rest = [swaps.get(word, word) for word in words[1:]]
    if any(re.match(r"I\b|we'|We\b|myself|mine", word) for word in rest):
        return None
    told = " ".join([*opening, subject, *rest])
    return f"{told[0].upper()}{told[1:]}"
