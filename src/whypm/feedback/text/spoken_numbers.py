"""Numbers as they are said: "2,383" in words, and what "two thousand three hundred" is worth."""

import re
from collections.abc import Mapping
from types import MappingProxyType

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?:st|nd|rd|th)?\b")
"""A number in digits, with or without its ordinal ending."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_DIGITS = _UNITS[:10]
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = (
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
    (100, "hundred"),
)
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_FIRST_YEAR, _LAST_YEAR = 1100, 2099
_SAID_IN_FULL = range(2000, 2010)
_MOST_DIGITS = 15
"""Longer ones are no amounts, and are read out digit by digit."""

_DOZEN = 12
_VALUES: Mapping[str, int] = MappingProxyType(
    {name: value for value, name in enumerate(_UNITS)}
    | {name: 10 * place for place, name in enumerate(_TENS) if place > 1}
    | {"a": 1, "dozen": _DOZEN}
)
_MULTIPLES: Mapping[str, int] = MappingProxyType({"hundred": 100, "thousand": 1000, "million": 1_000_000})
_WRITTEN = re.compile(r"[$€£]?(\d[\d,]*(?:\.\d+)?)(?:%|(k|m|bn))?")
_SHORT_MULTIPLES: Mapping[str, int] = MappingProxyType({"k": 1000, "m": 1_000_000, "bn": 1_000_000_000})


def number_in_words(written: str) -> str:
    """Return what `NUMBER` has matched in words, without hyphens; "1999" alone is taken for a year."""
    ordinal = written[-2:] in {"st", "nd", "rd", "th"}
    digits = written[:-2] if ordinal else written
    whole, _, fraction = digits.partition(".")
    if len(whole) > _MOST_DIGITS:
        return " ".join(_UNITS[int(digit)] for digit in digits if digit.isdigit())
    number = int(whole.replace(",", ""))
    if (
        _FIRST_YEAR <= number <= _LAST_YEAR
        and "," not in whole
        and not fraction
        and number not in _SAID_IN_FULL
    ):
        words = _year(number)
    else:
        words = _cardinal(number)
    if fraction:
        words += " point " + " ".join(_UNITS[int(digit)] for digit in fraction)
    return _ordinal(words) if ordinal else words


def number_value(text: str) -> float | None:
    """Return the value of a number in digits or in words up to millions; None where it is no number."""
    total = part = 0.0
    plain = re.sub(r"\b(hundred|thousand) and\b", r"\1", text.lower())
    words = [word for word in re.split(r"[\s-]+", plain) if word]
    for word in words:
        digits = _WRITTEN.fullmatch(word)
        if digits:
            part += float(digits.group(1).replace(",", "")) * _SHORT_MULTIPLES.get(digits.group(2) or "", 1)
        elif word in _VALUES and not (word == "a" and len(words) == 1):
            part = max(part, 1.0) * _DOZEN if word == "dozen" else part + _VALUES[word]
        elif word == "hundred":
            part = max(part, 1.0) * _MULTIPLES[word]
        elif word in _MULTIPLES:
            total, part = total + max(part, 1.0) * _MULTIPLES[word], 0.0
        else:
            return None
    return total + part if words else None


def _year(number: int) -> str:
    century, rest = divmod(number, 100)
    if rest == 0:
        return f"{_cardinal(century)} hundred"
    return f"{_cardinal(century)} {'oh ' if rest < len(_DIGITS) else ''}{_cardinal(rest)}"


def _cardinal(number: int) -> str:
    for value, name in _SCALES:
        if number >= value:
            head, rest = divmod(number, value)
            return f"{_cardinal(head)} {name}" + (f" {_cardinal(rest)}" if rest else "")
    if number >= len(_UNITS):
        tens, unit = divmod(number, 10)
        return _TENS[tens] + (f" {_UNITS[unit]}" if unit else "")
    return _UNITS[number]


def _ordinal(words: str) -> str:
    head, _, last = words.rpartition(" ")
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return f"{head} {last}".strip()
