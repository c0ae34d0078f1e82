"""Stories that several answers tell: concrete sentences that share names, numbers and rare words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from whypm.domain.consistency import KeptAnswer, Quote, Story
from whypm.domain.feedback import Level
from whypm.domain.remarks import SpecificKind
from whypm.feedback.courses import course_of
from whypm.feedback.gist import counted, gist, is_own, number_value, stem
from whypm.feedback.specifics import find_specifics
from whypm.feedback.tokens import bare

_SHARED_WORDS = 3
"""Two sentences that share so many of their own words tell the same."""
_SHARED_WITH_DETAIL = 2
"""Fewer will do where one of them is a name or a counted thing. Measured on the labelled answers, each of
another person: of 28,000 pairs of answers by one author, one had such sentences by chance."""
_BEGINNINGS_AND_DEEDS = frozenset({"experience", "strategy", "collaboration", "passion", "path"})


@dataclass(frozen=True, slots=True)
class Concrete:
    """A sentence that can be checked: a detail stands in it, or it proves an item."""

    quote: Quote
    words: frozenset[str]
    details: frozenset[str]
    """What names and counted things are recognised by, a part of ``words``."""
    proves: bool
    place: int
    """The sentence's index in its answer."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two sentences of different answers that tell the same; ``newer`` is of the newer one."""

    newer: Concrete
    older: Concrete

    @property
    def shared(self) -> frozenset[str]:
        """The stems that both have."""
        return self.newer.words & self.older.words


def concrete_sentences(answer: KeptAnswer) -> tuple[Concrete, ...]:
    """Return the checkable sentences of an answer, in their order."""
    report = answer.report
    specifics = report.specifics or find_specifics(report.transcript.sentences, report.settled_checklist)
    details: dict[int, set[str]] = {}
    for detail in specifics.details if specifics is not None else ():
        details.setdefault(detail.sentence, set()).update(
            _marks(detail.text) if detail.kind is not SpecificKind.OUTCOME else ()
        )
    proving = {
        evidence.sentence
        for verdict in report.settled_checklist
        if verdict.is_sure and verdict.id in _BEGINNINGS_AND_DEEDS
        for evidence in verdict.evidence
        if evidence.level is Level.EVIDENCE
    }
    texts = [sentence.text for sentence in report.transcript.sentences]
    return tuple(
        Concrete(
            Quote(answer.id, index, texts[index]),
            gist(texts[index]) | details.get(index, set()),
            frozenset(details.get(index, ())),
            index in proving,
            index,
        )
        for index in sorted(details.keys() | proving)
        if index < len(texts)
    )


def link_sentences(answers: Sequence[Sequence[Concrete]]) -> tuple[Link, ...]:
    """Return the pairs of sentences that tell the same; ``answers`` come the newest first."""
    return tuple(
        Link(one, other)
        for newer, older in combinations(answers, 2)
        for one in newer
        for other in older
        if _tell_the_same(one, other)
    )


def find_stories(
    answers: Sequence[Sequence[Concrete]], links: Sequence[Link], order: Sequence[str]
) -> tuple[Story, ...]:
    """Return what is told, the most told first, then the newest.

    A story that only one answer tells counts where that answer's checklist rests on it.

    Args:
        answers: The concrete sentences of each answer, the newest answer first.
        links: Between these sentences.
        order: The answers' ids, the newest first; an answer may have no concrete sentence.
    """
    stories = [_story(group, order) for group in _groups(answers, links)]
    told = [story for story in stories if story is not None]
    return tuple(sorted(told, key=lambda story: (-len(story.told), order.index(story.told[0].answer))))


def _tell_the_same(one: Concrete, other: Concrete) -> bool:
    shared = one.words & other.words
    # "5 lines" holds "lines": one thing in common, not two.
    shared -= {mark.rpartition(" ")[2] for mark in shared if " " in mark}
    enough = _SHARED_WITH_DETAIL if shared & (one.details | other.details) else _SHARED_WORDS
    return len(shared) >= enough


def _marks(detail: str) -> Iterator[str]:
    """Yield what a detail is recognised by: number and counted thing as one, or each word of a name."""
    number = counted(detail)
    if number is not None:
        value, thing = number
        if is_own(thing):
            yield f"{value:g} {thing}"
    elif number_value(detail) is None:
        words = (word for word in detail.split() if number_value(word) is None)
        yield from (stem(word) for word in words if is_own(bare(word)))


class _Groups:
    """Sentences that belong together, joined pair by pair."""

    def __init__(self, sentences: Iterable[Concrete]) -> None:
        self._sentences = tuple(sentences)
        self._leader = {sentence.quote: sentence.quote for sentence in self._sentences}

    def join(self, one: Concrete, other: Concrete) -> None:
        self._leader[self._find(other.quote)] = self._find(one.quote)

    def all(self) -> Iterable[list[Concrete]]:
        groups: dict[Quote, list[Concrete]] = {}
        for sentence in self._sentences:
            groups.setdefault(self._find(sentence.quote), []).append(sentence)
        return groups.values()

    def _find(self, quote: Quote) -> Quote:
        while self._leader[quote] != quote:
            quote = self._leader[quote]
        return quote


def _groups(answers: Sequence[Sequence[Concrete]], links: Sequence[Link]) -> Iterable[list[Concrete]]:
    """Return the sentences by story.

    Linked sentences are one story; so are two links that stand beside each other in both answers, and
    sentences beside each other that no link touches.
    """
    groups = _Groups(sentence for sentences in answers for sentence in sentences)
    between: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        groups.join(link.newer, link.older)
        between.setdefault((link.newer.quote.answer, link.older.quote.answer), []).append(link)
    for of_two in between.values():
        for link, following in combinations(of_two, 2):
            if _beside(link.newer, following.newer) and _beside(link.older, following.older):
                groups.join(link.newer, following.newer)
    linked = {quote for link in links for quote in (link.newer.quote, link.older.quote)}
    for sentences in answers:
        for one, other in pairwise(sentences):
            if one.quote not in linked and other.quote not in linked and _beside(one, other):
                groups.join(one, other)
    return groups.all()


def _beside(one: Concrete, other: Concrete) -> bool:
    return one.quote.answer == other.quote.answer and abs(one.place - other.place) <= 1


def _story(group: Sequence[Concrete], order: Sequence[str]) -> Story | None:
    best: dict[str, Concrete] = {}
    for sentence in group:
        kept = best.get(sentence.quote.answer)
        if kept is None or _weight(sentence, group) > _weight(kept, group):
            best[sentence.quote.answer] = sentence
    if len(best) == 1 and not any(sentence.proves for sentence in group):
        return None
    told = tuple(best[answer].quote for answer in order if answer in best)
    stems = frozenset.intersection(*(sentence.words for sentence in best.values()))
    common = _words_of(stems, told[0].text) if len(best) > 1 else ()
    lacking = tuple(answer for answer in order if answer not in best)
    course = course_of([answer in best for answer in order])
    return Story(course, told, common, lacking)


def _words_of(stems: Collection[str], text: str) -> tuple[str, ...]:
    """Return the words of a sentence that have these stems, as they stand there."""
    words = (bare(word) for word in text.split())
    return tuple(dict.fromkeys(word for word in words if stem(word) in stems))


def _weight(sentence: Concrete, group: Sequence[Concrete]) -> tuple[int, bool, int]:
    """Return how well a sentence stands for its story: by what it shares, by proof, by details."""
    elsewhere = [other for other in group if other.quote.answer != sentence.quote.answer]
    shared = sum(len(sentence.words & other.words) for other in elsewhere)
    return shared, sentence.proves, len(sentence.details)
