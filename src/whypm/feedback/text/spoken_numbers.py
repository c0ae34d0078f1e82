"""Numbers as they are said: "2,383" is "two thousand three hundred eighty three"."""

import re

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
