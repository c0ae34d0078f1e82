"""Other numbers for one thing in sentences of two answers that tell the same."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from whypm.domain.consistency import Clash, Contradiction, KeptAnswer, Quote
from whypm.domain.remarks import SpecificKind
from whypm.feedback.retellings.links import Link
from whypm.feedback.substance.amounts import BARE, SHARE, TEAM, Amount, amounts_in
from whypm.feedback.substance.gist import gist
from whypm.feedback.substance.specifics import find_specifics

_SAME_WITHIN = 0.1
"""Numbers nearer than a tenth are one number, rounded: "forty" and "about thirty-eight"."""
_SAME_SHARE_WITHIN = 5.0
"""So are shares so many hundredths apart: "a third" and "30 percent"."""
_OTHER_SHARED_WORDS = 2
"""Beside the counted thing, two sentences must share so many of their own words to be about one thing."""
_SHARED_BESIDE_A_STORY = 1
"""Fewer will do where sentences beside them tell the same, and of the same thing."""
_SHARED_BY_NEIGHBOURS = 3
"""So many words of their own make neighbours tell the same: less may be an introduction, as of one employer
who had several projects and teams."""
_TEAM_PLACES = 2
"""A team's size stands in a sentence of few words, before or after what the team did."""
_AT_ONE_TIME = re.compile(
    r"\b(?:by now|now|today|so far|at first|in the first|to begin with|at the (?:start|beginning|end)|"
    r"in the (?:beginning|end)|by the end|back then|grew|grown|up to|"
    r"when (?:i|we) (?:came|started|joined|left)|"
    r"(?<!\bfor )(?<!\bin )(?<!\bafter )(?<!\bwithin )"
    r"(?:a|per|each|every) (?:day|week|month|quarter|year))\b",
    re.IGNORECASE,
)
"""What was two hundred "in the first month" may be nine thousand "by now", and a month's twelve a year's."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An amount and the sentence that gives it."""

    amount: Amount
    quote: Quote
    place: int


@dataclass(frozen=True, slots=True)
class _Figures:
    """An answer's amounts by what they are amounts of, in the order told, and each sentence's own words."""

    by_thing: Mapping[str, Sequence[_Told]]
    words: Sequence[frozenset[str]]
    names: Sequence[frozenset[str]]
    """The names in each sentence."""


def clashing_numbers(answers: Sequence[KeptAnswer], links: Sequence[Link]) -> Iterator[Contradiction]:
    """Yield each pair of numbers that cannot both be right, once, with both sentences.

    Args:
        answers: The newest first.
        links: Sentences of different answers that tell the same story.
    """
    figures = {answer.id: _figures(answer) for answer in answers}
    linked = {(link.newer.quote, link.older.quote) for link in links}
    reported: set[tuple[str, frozenset[float]]] = set()
    for newer, older in combinations(figures.values(), 2):
        for thing in newer.by_thing:  # in the order told, so that the page is the same every time
            if thing == BARE or thing not in older.by_thing:
                continue
            for one, other in _clashing(thing, newer, older, linked):
                values = frozenset((one.amount.value, other.amount.value))
                if (thing, values) not in reported and not _in_one_answer(thing, values, figures.values()):
                    reported.add((thing, values))
                    yield Contradiction(Clash.NUMBER, one.amount.words, one.quote, other.quote)


def _figures(answer: KeptAnswer) -> _Figures:
    report = answer.report
    sentences = report.transcript.sentences
    specifics = report.specifics or find_specifics(sentences, report.checklist)
    numbers: dict[int, list[str]] = {}
    names: dict[int, set[str]] = {}
    for detail in specifics.details if specifics is not None else ():
        if detail.kind is SpecificKind.NUMBER:
            numbers.setdefault(detail.sentence, []).append(detail.text)
        elif detail.kind is SpecificKind.NAME:
            names.setdefault(detail.sentence, set()).update(detail.text.split())
    by_thing: dict[str, list[_Told]] = {}
    for place, sentence in enumerate(sentences):
        for amount in amounts_in(sentence.text, numbers.get(place, [])):
            told = _Told(amount, Quote(answer.id, place, sentence.text), place)
            by_thing.setdefault(amount.thing, []).append(told)
    return _Figures(
        by_thing,
        words=[gist(sentence.text) for sentence in sentences],
        names=[frozenset(names.get(place, ())) for place in range(len(sentences))],
    )


def _clashing(
    thing: str, newer: _Figures, older: _Figures, linked: Collection[tuple[Quote, Quote]]
) -> Iterator[tuple[_Told, _Told]]:
    """Yield the amounts of one thing that differ where the same is told."""
    for one, other in product(newer.by_thing[thing], older.by_thing[thing]):
        if (
            not _is_near(one.amount, other.amount.value)
            and _stands_alone(one, newer)
            and _stands_alone(other, older)
            and _times(one) == _times(other)
            and not _says_alone(other.amount.value, one.place, newer)
            and not _says_alone(one.amount.value, other.place, older)
            and not _names_others(newer.names[one.place], older.names[other.place])
            and (_is_linked(one, other, newer, older, linked) or _goes_with_a_story(one, other, newer, older))
        ):
            yield one, other


def _stands_alone(told: _Told, figures: _Figures) -> bool:
    """Say whether no other number competes with this one.

    An answer with two numbers for a thing tells of two things, or of a change. Shares and sums are of many
    things: there only those of the same sentence compete.
    """
    rivals = [
        each
        for each in figures.by_thing[told.amount.thing]
        if told.amount.is_counted or each.place == told.place
    ]
    return all(each.amount.value == told.amount.value for each in rivals)


def _is_near(amount: Amount, value: float) -> bool:
    apart = abs(amount.value - value)
    rounded = amount.thing == SHARE and apart <= _SAME_SHARE_WITHIN
    return rounded or apart <= _SAME_WITHIN * max(amount.value, value)


def _times(told: _Told) -> frozenset[str]:
    return frozenset(match.group().lower() for match in _AT_ONE_TIME.finditer(told.quote.text))


def _says_alone(value: float, place: int, figures: _Figures) -> bool:
    """Say whether a sentence gives this number too, without a thing: a change is told by its two ends."""
    return any(
        told.place == place and _is_near(told.amount, value) for told in figures.by_thing.get(BARE, ())
    )


def _names_others(names: frozenset[str], others: frozenset[str]) -> bool:
    """Say whether each names somebody or some place, and never the same."""
    return bool(names and others) and names.isdisjoint(others)


def _in_one_answer(thing: str, values: frozenset[float], answers: Iterable[_Figures]) -> bool:
    """Say whether some answer gives both numbers, and so knows of two things."""
    return any(
        all(any(_is_near(told.amount, value) for told in answer.by_thing.get(thing, ())) for value in values)
        for answer in answers
    )


def _is_linked(
    one: _Told, other: _Told, newer: _Figures, older: _Figures, linked: Collection[tuple[Quote, Quote]]
) -> bool:
    shared = newer.words[one.place] & older.words[other.place] - {one.amount.thing}
    return (one.quote, other.quote) in linked and len(shared) >= _OTHER_SHARED_WORDS


def _goes_with_a_story(one: _Told, other: _Told, newer: _Figures, older: _Figures) -> bool:
    """Say whether sentences beside these tell the same, of the same thing where it is one that is counted.

    Shares are of so many things that their own sentences must tell the same.
    """
    amount = one.amount
    if amount.thing == SHARE:
        return False
    reach = _TEAM_PLACES if amount.thing == TEAM else 1
    told_beside = any(
        len(shared) >= _SHARED_BY_NEIGHBOURS and (amount.thing in shared or not amount.is_counted)
        for words in _neighbours(newer.words, one.place, reach)
        for others in _neighbours(older.words, other.place, reach)
        for shared in [words & others]
    )
    shared = newer.words[one.place] & older.words[other.place] - {amount.thing}
    return told_beside and (amount.thing == TEAM or len(shared) >= _SHARED_BESIDE_A_STORY)


def _neighbours(words: Sequence[frozenset[str]], place: int, reach: int) -> Sequence[frozenset[str]]:
    return [*words[max(place - reach, 0) : place], *words[place + 1 : place + 1 + reach]]
