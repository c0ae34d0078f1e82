"""The question an interviewer would ask next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import itemgetter

from whypm.domain.content import ChecklistItem, Pack
from whypm.domain.feedback import ItemVerdict, Level
from whypm.domain.remarks import FollowUp

_PROBED_FIRST = (
    "experience",
    "collaboration",
    "strategy",
    "change",
    "skills",
    "contribution",
    "passion",
    "path",
    "company",
    "aspiration",
)
"""Interviewers ask after deeds first, then after reasons, then after beginning and end."""


@dataclass(frozen=True, slots=True)
class EarlierQuestions:
    """What other sessions asked: texts of questions that were put, and of follow-ups only offered.

    ``told`` are the items that were proven in the answers which this answer's question follows up.
    """

    put: frozenset[str] = frozenset()
    offered: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


def question_key(text: str) -> str:
    """Return what a question is known again by, however it is spaced and capitalised."""
    return " ".join(text.split()).casefold()


def next_follow_up(
    verdicts: Sequence[ItemVerdict],
    pack: Pack,
    already_asked: Collection[str],
    already_offered: Collection[str] = (),
    already_told: Collection[str] = (),
) -> FollowUp | None:
    """Return the next question on what was only claimed, or else on what is missing; None where all is told.

    A claim is probed before a gap, as a person would do. Items that were asked about less come first, so
    that a row of follow-ups moves on instead of drilling into one point. Verdicts that the judge is not
    sure of are left alone.

    Args:
        verdicts: On the pack's checklist.
        pack: Holds the questions.
        already_asked: Texts of questions that were asked before, in this session or an earlier one; they
            never come again.
        already_offered: Texts that an earlier report named and nobody asked; they come last.
        already_told: Items that were proven earlier in the same talk: nobody asks for them, though the last
            reply may well leave them out.
    """
    asked = {question_key(text) for text in already_asked}
    offered = {question_key(text) for text in already_offered}
    known = asked | offered
    ranked: list[tuple[tuple[bool, int, bool, int], FollowUp]] = []
    for verdict in verdicts:
        item = pack.item(verdict.id)
        is_open = verdict.level is not Level.EVIDENCE and verdict.is_sure and verdict.id not in already_told
        if item is None or not is_open:
            continue
        text = _first_open(item, known) or _first_open(item, asked)
        if text is not None:
            was_offered, is_gap = question_key(text) in offered, verdict.level is Level.MISSING
            rank = (was_offered, _times_asked(item, known), is_gap, _rank(item.id))
            ranked.append((rank, FollowUp(item.id, text)))
    return min(ranked, key=itemgetter(0))[1] if ranked else None


def _times_asked(item: ChecklistItem, asked: Collection[str]) -> int:
    return sum(question_key(text) in asked for text in item.follow_ups)


def _first_open(item: ChecklistItem, asked: Collection[str]) -> str | None:
    return next((text for text in item.follow_ups if question_key(text) not in asked), None)


def _rank(item_id: str) -> int:
    return _PROBED_FIRST.index(item_id) if item_id in _PROBED_FIRST else len(_PROBED_FIRST)
