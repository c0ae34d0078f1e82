"""Numbers that a sentence gives: of things that are counted, shares, sums of money, the size of a team."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from whypm.feedback.substance.gist import stem
from whypm.feedback.text.spoken_numbers import number_value
from whypm.feedback.text.tokens import bare

SHARE = "the same share"
SUM = "the same sum"
TEAM = "people in the team"
BARE = "bare"
"""A number alone, whose thing was said before: "forty minutes, and I cut it to fifteen"."""

_PERCENT = re.compile(r"(?P<number>.+?)\s?(?:%|per ?cent\b)", re.IGNORECASE)
_RATIO = re.compile(r"(?P<part>\w+)(?: \w+)? (?:in|out of(?: every)?) (?P<whole>[\w ]+)", re.IGNORECASE)
_MONEY = re.compile(
    r"(?:(?P<signed>[$€£][\d.,]*\d(?:k|m)?(?: (?:thousand|million))?)"
    r"|(?P<plain>.+?) (?:dollars|euros|pounds))(?!\w)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?:(?:by|in|about|nearly|almost) half\b(?! (?:a|an|past)\b)|half (?:of|the|our|my|their)\b"
    r"|(?P<count>a|one|two|three) (?P<of>thirds?|quarters?)(?= (?:of|fewer|less|more)\b|[.,;!?]|$))",
    re.IGNORECASE,
)
_PARTS: Mapping[str, float] = MappingProxyType({"third": 3.0, "quarter": 4.0})
_TEAM_OF = re.compile(
    r"\bteam of (?:(?:about|around|some|over|nearly|almost|up to) )?(?P<words>[\w-]+(?: [\w-]+){0,2})",
    re.IGNORECASE,
)
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it is a number of: the stem of a counted word, or one of the names above."""

    thing: str
    value: float
    """Shares are told in percent."""
    words: str
    """What it is a number of, in words."""

    @property
    def is_counted(self) -> bool:
        """Whether it counts a thing that has a word of its own."""
        return self.thing not in {SHARE, SUM, TEAM, BARE}


def amounts_in(text: str, numbers: Sequence[str]) -> tuple[Amount, ...]:
    """Return what a sentence gives numbers of.

    Args:
        text: The sentence.
        numbers: The numbers in it with what they count, as `find_specifics` returns them.
    """
    read = (_read(number) for number in numbers)
    return (*(amount for amount in read if amount is not None), *_fractions(text), *_teams(text))


def counted(detail: str) -> tuple[float, str] | None:
    """Return value and counted thing of a number as it was said: 40 and "nurs" of "forty nurses".

    None where nothing is counted ("in 2019") or the number cannot be read.
    """
    *before, thing = detail.split()
    # "Forty customer calls" are forty calls.
    values = (number_value(" ".join(before[:length])) for length in range(len(before), 0, -1))
    value = next((value for value in values if value is not None), None)
    if value is None or number_value(thing) is not None or not bare(thing).isalpha():
        return None
    return value, stem(thing)


def _read(number: str) -> Amount | None:
    percent, money, ratio = _PERCENT.match(number), _MONEY.match(number), _RATIO.fullmatch(number)
    if percent:
        return _amount(SHARE, number_value(percent["number"]))
    if money:
        return _amount(SUM, number_value(money["signed"] or money["plain"]))
    if ratio:
        part, whole = number_value(ratio["part"]), number_value(ratio["whole"])
        return _amount(SHARE, _WHOLE * part / whole if part and whole else None)
    found = counted(number)
    if found is None:
        return _amount(BARE, number_value(number))
    return Amount(found[1], found[0], number.rsplit(maxsplit=1)[-1])


def _amount(thing: str, value: float | None) -> Amount | None:
    return Amount(thing, value, thing) if value is not None else None


def _fractions(text: str) -> Iterator[Amount]:
    for match in _FRACTION.finditer(text):
        if match["of"] is None:
            yield Amount(SHARE, _WHOLE / 2, SHARE)
        else:
            count = number_value(match["count"]) or 1.0
            yield Amount(SHARE, _WHOLE * count / _PARTS[match["of"].lower().removesuffix("s")], SHARE)


def _teams(text: str) -> Iterator[Amount]:
    for match in _TEAM_OF.finditer(text):
        words = match["words"].split()
        read = (number_value(" ".join(words[:length])) for length in range(len(words), 0, -1))
        value = next((value for value in read if value is not None), None)
        if value is not None:
            yield Amount(TEAM, value, TEAM)
