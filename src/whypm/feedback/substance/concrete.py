"""Sentences that can be checked, with the names, numbers and rare words by which they are known again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whypm.domain.consistency import KeptAnswer, Quote
from whypm.domain.feedback import Level, Report
from whypm.domain.remarks import SpecificKind
from whypm.feedback.substance.amounts import counted
from whypm.feedback.substance.gist import gist, is_own, stem
from whypm.feedback.substance.specifics import find_specifics
from whypm.feedback.text.hesitations import HESITATIONS
from whypm.feedback.text.spoken_numbers import number_value
from whypm.feedback.text.tokens import bare

_DEEDS_AND_BEGINNINGS = frozenset({"experience", "strategy", "collaboration", "passion", "path"})


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
    said: tuple[str, ...] = ()
    """All its words in small letters, without hesitation sounds."""


def concrete_sentences(answer: KeptAnswer) -> tuple[Concrete, ...]:
    """Return the checkable sentences of an answer, in their order."""
    report = answer.report
    specifics = report.specifics or find_specifics(report.transcript.sentences, report.settled_checklist)
    details: dict[int, set[str]] = {}
    for detail in specifics.details if specifics is not None else ():
        details.setdefault(detail.sentence, set()).update(
            _marks(detail.text) if detail.kind is not SpecificKind.OUTCOME else ()
        )
    proving = proving_sentences(report)
    count = len(report.transcript.sentences)
    return tuple(
        _concrete(answer, index, frozenset(details.get(index, ())), proves=index in proving)
        for index in sorted(details.keys() | proving)
        if index < count
    )


def proving_sentences(report: Report) -> frozenset[int]:
    """Return the indexes of the sentences that prove what the speaker did, or where they come from.

    Only those that the judge or the user is sure of.
    """
    count = len(report.transcript.sentences)
    return frozenset(
        evidence.sentence
        for verdict in report.settled_checklist
        if verdict.is_sure and verdict.id in _DEEDS_AND_BEGINNINGS
        for evidence in verdict.evidence
        if evidence.level is Level.EVIDENCE and evidence.sentence < count
    )


def all_sentences(answer: KeptAnswer, concrete: Sequence[Concrete]) -> tuple[Concrete, ...]:
    """Return every sentence of an answer, the others by their words alone: each may touch on a story."""
    known = {sentence.place: sentence for sentence in concrete}
    count = len(answer.report.transcript.sentences)
    return tuple(known.get(index) or _concrete(answer, index) for index in range(count))


def _concrete(
    answer: KeptAnswer, index: int, details: frozenset[str] = frozenset(), *, proves: bool = False
) -> Concrete:
    text = answer.report.transcript.sentences[index].text
    words = (bare(word) for word in text.split())
    said = tuple(word for word in words if word and word not in HESITATIONS)
    return Concrete(Quote(answer.id, index, text), gist(text) | details, details, proves, index, said)


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
