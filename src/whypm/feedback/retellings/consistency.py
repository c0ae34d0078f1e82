"""What stays, what goes and what does not fit together across several answers of one person."""

from collections.abc import Sequence

from whypm.domain.consistency import Consistency, KeptAnswer, Quote, Reason
from whypm.domain.content import Group
from whypm.domain.feedback import ItemVerdict, Level
from whypm.feedback.retellings.contradictions import find_contradictions
from whypm.feedback.retellings.courses import course_of
from whypm.feedback.retellings.links import link_sentences
from whypm.feedback.retellings.repetition import find_repetitions
from whypm.feedback.retellings.stories import find_stories
from whypm.feedback.substance.concrete import all_sentences, concrete_sentences
from whypm.feedback.substance.reasons import reason_sentence

_FEWEST_ANSWERS = 2


def compare_answers(answers: Sequence[KeptAnswer]) -> Consistency:
    """Return how the answers fit together; fewer than two have nothing to compare.

    Reasons are the checklist's themes, by the verdicts that are sure. Stories are recognised by the names,
    numbers and rare words that their sentences share, so one told in quite other words counts as another.

    Args:
        answers: Whole answers, the newest first.
    """
    ids = tuple(answer.id for answer in answers)
    if len(answers) < _FEWEST_ANSWERS:
        return Consistency(ids)
    concrete = [concrete_sentences(answer) for answer in answers]
    links = link_sentences(concrete)
    sentences = {
        answer.id: all_sentences(answer, checkable)
        for answer, checkable in zip(answers, concrete, strict=True)
    }
    return Consistency(
        answers=ids,
        reasons=_reasons(answers),
        stories=find_stories(concrete, links, sentences),
        contradictions=find_contradictions(answers, links),
        repetitions=find_repetitions(answers),
        without_reason=tuple(answer.id for answer in answers if _gives_no_reason(answer)),
    )


def _reasons(answers: Sequence[KeptAnswer]) -> tuple[Reason, ...]:
    themes = dict.fromkeys(
        verdict.id
        for answer in answers
        for verdict in answer.report.checklist
        if verdict.group is Group.THEME
    )
    reasons = (_reason(item, answers) for item in themes)
    return tuple(reason for reason in reasons if reason is not None)


def _reason(item: str, answers: Sequence[KeptAnswer]) -> Reason | None:
    """Return the course of a theme, or None where fewer than two answers are sure of it or none gives it."""
    known = [
        (answer, verdict)
        for answer in answers
        for verdict in answer.report.settled_checklist
        if verdict.id == item and verdict.is_sure
    ]
    given = {answer.id: verdict.level is not Level.MISSING for answer, verdict in known}
    if len(known) < _FEWEST_ANSWERS or not any(given.values()):
        return None
    return Reason(
        item=item,
        course=course_of([given.get(answer.id) for answer in answers]),
        told=tuple(_quote(answer, verdict) for answer, verdict in known if given[answer.id]),
        lacking=tuple(answer.id for answer, _ in known if not given[answer.id]),
    )


def _gives_no_reason(answer: KeptAnswer) -> bool:
    """Say whether every theme is missing for sure, and no other reason is given in so many words.

    It is asked for by the pack's questions alone: the answer to a follow-up question owes none.
    """
    themes = [verdict for verdict in answer.report.settled_checklist if verdict.group is Group.THEME]
    texts = [sentence.text for sentence in answer.report.transcript.sentences]
    return (
        bool(themes and texts and answer.report.question.id)
        and all(verdict.level is Level.MISSING and verdict.is_sure for verdict in themes)
        and reason_sentence(texts) is None
    )


def _quote(answer: KeptAnswer, verdict: ItemVerdict) -> Quote:
    sentences = answer.report.transcript.sentences
    best = verdict.best_sentence
    if best is None or best >= len(sentences):
        return Quote(answer.id, None, "")
    return Quote(answer.id, best, sentences[best].text)
