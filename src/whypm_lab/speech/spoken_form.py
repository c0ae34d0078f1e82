"""Text as it is spoken: lower case, no punctuation, numbers in words, one spelling.

References and recognisers write "31st", "thirty-first" or "Thirty first" for the same sounds. A word error
rate is only fair between texts in one form.
"""

import re
import unicodedata

from whypm.feedback.text.spoken_numbers import NUMBER, number_in_words

FILLER = "um"
"""Every hesitation sound is written as this one, as "uh" and "um" are told apart by taste."""

_FILLERS = frozenset({"um", "uh", "uhm", "umm", "uhh", "erm", "er", "hm", "hmm", "mm", "mmm", "mhm"})

_SPELLINGS = {
    "alright": "all right",
    "okay": "ok",
    "gonna": "going to",
    "wanna": "want to",
    "kinda": "kind of",
    "gotta": "got to",
    "cause": "because",
    "yep": "yeah",
    "mr": "mister",
    "mrs": "missus",
    "dr": "doctor",
    "vs": "versus",
    "grey": "gray",
    "favour": "favor",
    "favourite": "favorite",
    "colour": "color",
    "honour": "honor",
    "centre": "center",
    "programme": "program",
    "towards": "toward",
}
_SPELLING_PATTERNS = (
    (re.compile(r"(\w{3,})isation(s?)$"), r"\1ization\2"),
    (re.compile(r"(\w{3,})is(e|ed|es|ing)$"), r"\1iz\2"),
)
_NOT_IZE = frozenset(
    "advise advised arise rise raise raised praise noise wise otherwise exercise promise surprise exercised "
    "promised surprised raising rising surprising expertise precise concise likewise comprise compromise "
    "supervise supervised revise revised enterprise disguise advertise televise improvise".split()
)
_CONTRACTIONS = (
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'d\b"), " would"),
)


def spoken_words(text: str, *, fillers: bool) -> list[str]:
    """Return the words of ``text`` as spoken; hesitation sounds are kept as "um", or left out."""
    text = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    text = re.sub(r"\[[^\]]*\]|<[^>]*>", " ", text)
    text = re.sub(r"\$\s?(" + NUMBER.pattern + ")", r"\1 dollars", text).replace("%", " percent ")
    text = text.replace("&", " and ")
    text = NUMBER.sub(lambda match: f" {number_in_words(match.group())} ", text)
    for pattern, replacement in _CONTRACTIONS:
        text = pattern.sub(replacement, text)
    words = re.sub(r"[^a-z\s]", " ", text.replace("'", "")).split()
    spelled = " ".join(_one_spelling(word) for word in words).split()
    kept = (FILLER if word in _FILLERS else word for word in spelled)
    return [word for word in kept if fillers or word != FILLER]


def _one_spelling(word: str) -> str:
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    if word in _NOT_IZE:
        return word
    for pattern, replacement in _SPELLING_PATTERNS:
        word = pattern.sub(replacement, word)
    return word
