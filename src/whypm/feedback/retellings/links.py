"""Sentences of two answers that tell the same, known by the names, numbers and rare words that both have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from whypm.feedback.retellings.repetition import shared_run_words
from whypm.feedback.substance.concrete import Concrete

SHARED_WORDS = 3
"""Two sentences that share so many of their own words tell the same."""
SHARED_WITH_DETAIL = 2
"""Fewer will do where one of them is a name or a counted thing. Measured on the labelled answers, each of
another person: of 28,000 pairs of answers by one author, one had such sentences by chance."""
_NEAR_PLACES = 1
"""Ours: a story goes on in the sentence before and after one that is recognised."""
_RUN_WORDS = 6
_SAID_AGAIN_FROM_SHARE = 0.9
"""Sentences say the same, however ordinary their words are, where runs of so many words in a row make up so
much of the shorter one. Measured as above: no two sentences do."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two sentences of different answers that tell the same; ``newer`` is of the newer one.

    A ``firm`` link is recognised by what the two share; another one shares less and stands near a firm one in
    both answers.
    """

    newer: Concrete
    older: Concrete
    firm: bool = True

    def is_near(self, newer: Concrete, older: Concrete) -> bool:
        """Say whether each of two sentences of the same answers is one of these, or stands beside it."""
        return (
            abs(self.newer.place - newer.place) <= _NEAR_PLACES
            and abs(self.older.place - older.place) <= _NEAR_PLACES
        )


def link_sentences(answers: Sequence[Sequence[Concrete]]) -> tuple[Link, ...]:
    """Return the pairs of sentences that tell the same; ``answers`` come the newest first."""
    return tuple(link for newer, older in combinations(answers, 2) for link in _links(newer, older))


def _links(newer: Sequence[Concrete], older: Sequence[Concrete]) -> Iterator[Link]:
    firm = [Link(one, other) for one in newer for other in older if _tell_the_same(one, other)]
    yield from firm
    known = {(link.newer.place, link.older.place) for link in firm}
    for one, other in product(newer, older) if firm else ():
        is_known = (one.place, other.place) in known
        if not is_known and _goes_on(one, other) and any(link.is_near(one, other) for link in firm):
            yield Link(one, other, firm=False)


def _goes_on(one: Concrete, other: Concrete) -> bool:
    """Say whether two sentences near others that tell the same may go on with it."""
    shared = _shared(one, other)
    # Twelve nurses are not thirty nurses: that may be another story of the same people.
    if _count_otherwise(one, other):
        return False
    return len(shared) >= SHARED_WITH_DETAIL or bool(shared & (one.details | other.details))


def _count_otherwise(one: Concrete, other: Concrete) -> bool:
    """Say whether both give a number of one thing, and not the same."""
    if not (one.details and other.details):
        return False
    numbers, others = _numbers(one), _numbers(other)
    return any(numbers[thing] != others[thing] for thing in numbers.keys() & others.keys())


def are_of_two_cases(one: Concrete, other: Concrete) -> bool:
    """Say whether names and numbers are other ones: forty drivers in Larne and ninety drivers in Dublin."""
    if not _count_otherwise(one, other):
        return False
    names, others = ({mark for mark in each.details if " " not in mark} for each in (one, other))
    return bool(names and others) and names.isdisjoint(others)


def _numbers(sentence: Concrete) -> Mapping[str, str]:
    """Return the number of each counted thing in a sentence."""
    parts = (mark.rpartition(" ") for mark in sentence.details if " " in mark)
    return {thing: value for value, _, thing in parts}


def _tell_the_same(one: Concrete, other: Concrete) -> bool:
    if are_of_two_cases(one, other):
        return False
    shared = _shared(one, other)
    enough = SHARED_WITH_DETAIL if shared & (one.details | other.details) else SHARED_WORDS
    return len(shared) >= enough or _is_said_again(*sorted((one.said, other.said), key=len))


def _shared(one: Concrete, other: Concrete) -> frozenset[str]:
    """Return what both hold: "5 lines" holds "lines", one thing in common, not two."""
    shared = one.words & other.words
    return shared - {mark.rpartition(" ")[2] for mark in shared if " " in mark}


def _is_said_again(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    enough = _SAID_AGAIN_FROM_SHARE * len(shorter)
    if len(shorter) < _RUN_WORDS or sum(word in longer for word in shorter) < enough:
        return False
    return shared_run_words(shorter, longer, _RUN_WORDS) >= enough
