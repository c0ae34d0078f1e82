"""Several answers beside each other, for showing: what clashes, stays, comes and goes, sounds memorised."""

from collections.abc import Sequence
from dataclasses import dataclass

from whypm.domain.consistency import (
    Clash,
    Consistency,
    Contradiction,
    Course,
    Quote,
    Reason,
    Repetition,
    Story,
)
from whypm.domain.content import Pack
from whypm.domain.session import Session
from whypm.feedback.wording.quotes import quote
from whypm.ui.history.moment import day_this_year

_MOST_QUOTES = 2
"""The newest and the oldest say how it went; all the answers between them would fill the page."""
_MOST_STORIES = 4
_MOST_SHARED = 4
"""Words that tell one story from the other."""
_HINTS = {
    Course.STAYS: "In every answer.",
    Course.NEW: "Only in your newest answer.",
    Course.GONE: "Not in your newest answer any more.",
    Course.COMES_AND_GOES: "In some answers and not in others.",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A quote, and the session that it opens; without words where the answer alone is meant."""

    session_id: str
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One thing about the answers in words, and where it was said."""

    title: str
    remark: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """A card of the page; without rows there is no card, and ``none`` says so."""

    name: str
    title: str
    none: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The whole page."""

    sentence: str
    groups: tuple[ComparedGroup, ...]


def read_comparison(sessions: Sequence[Session], consistency: Consistency, pack: Pack) -> Compared:
    """Return what there is to show; ``sessions`` are those that were compared, the newest first."""
    reader = _Reader(sessions, pack)
    stays, goes = reader.courses(consistency)
    clashes = tuple(reader.contradiction(each) for each in consistency.contradictions)
    memorised = tuple(reader.repetition(each) for each in consistency.repetitions)
    return Compared(
        sentence=_sentence(len(sessions), len(stays), len(clashes)),
        groups=(
            ComparedGroup("clashes", "What clashes", "Nothing clashes.", clashes),
            ComparedGroup("stays", "What stays", "No reason and no story surely stays.", stays),
            ComparedGroup("goes", "What comes and goes", "Nothing surely comes and goes.", goes),
            ComparedGroup("memorised", "What sounds memorised", "Nothing sounds memorised.", memorised),
        ),
    )


def _sentence(answers: int, stays: int, clashes: int) -> str:
    told = {0: "nothing stays", 1: "one thing stays"}.get(stays, f"{stays} things stay")
    clash = {0: "nothing clashes", 1: "one thing clashes"}.get(clashes, f"{clashes} things clash")
    return f"In your {answers} answers {told}, and {clash}."


class _Reader:
    """Knows the answers' dates and the pack's titles."""

    def __init__(self, sessions: Sequence[Session], pack: Pack) -> None:
        self._pack = pack
        self._when = {session.id: day_this_year(session.created, sessions[0].created) for session in sessions}

    def courses(self, consistency: Consistency) -> tuple[tuple[ComparedRow, ...], tuple[ComparedRow, ...]]:
        """Return the rows of what stays, and of what does not; a story that was told once is neither."""
        stays: list[ComparedRow] = []
        goes: list[ComparedRow] = []
        for reason in consistency.reasons:
            item = self._pack.item(reason.item)
            title = item.title if item is not None else reason.item
            (stays if reason.course is Course.STAYS else goes).append(self._row(title, reason))
        if consistency.without_reason:
            goes.append(self._without_reason(consistency.without_reason))
        again = [story for story in consistency.stories if len(story.told) > 1]
        for story in again[:_MOST_STORIES]:
            shared = ", ".join(f"“{word}”" for word in story.shared[:_MOST_SHARED])
            remark = f" Both share {shared}." if shared and len(story.told) == _MOST_QUOTES else ""
            (stays if story.course is Course.STAYS else goes).append(self._row("A story", story, remark))
        return tuple(stays), tuple(goes)

    def contradiction(self, found: Contradiction) -> ComparedRow:
        """Return both sides of a contradiction with the question that it leaves."""
        if found.clash is Clash.NUMBER:
            title, remark = f"Two numbers of {found.about}", "Which is right?"
        else:
            title = f"Denied once: {found.about}"
            remark = "One answer denies what the other shows. Say what you did, and no less."
        # In full: a quote's first words may leave out the very number that clashes.
        sides = (found.newer, found.older)
        said = tuple(Said(side.answer, self._when.get(side.answer, ""), f"“{side.text}”") for side in sides)
        return ComparedRow(title, remark, said)

    def repetition(self, found: Repetition) -> ComparedRow:
        """Return two answers that share their words."""
        title = f"{found.share:.0%} of the words are those of an earlier answer"
        remark = f"Such as {quote(found.longest)}. Keep the points, and let the sentences come new each time."
        said = tuple(Said(answer, self._when.get(answer, ""), "") for answer in (found.newer, found.older))
        return ComparedRow(title, remark, said)

    def _without_reason(self, answers: Sequence[str]) -> ComparedRow:
        where = "any answer" if len(answers) == len(self._when) else "some answers"
        said = tuple(Said(answer, self._when.get(answer, ""), "") for answer in answers[:_MOST_QUOTES])
        return ComparedRow(f"No reason in {where}", "Say in each why you want this job and no other.", said)

    def _row(self, title: str, thing: Reason | Story, remark: str = "") -> ComparedRow:
        told = thing.told
        shown = told if len(told) <= _MOST_QUOTES else (told[0], told[-1])
        hint = _HINTS[thing.course]
        if thing.course is Course.STAYS and len(told) < len(self._when):
            hint = "In every answer of which it is sure."
        return ComparedRow(title, f"{hint}{remark}", tuple(self._said(each) for each in shown))

    def _said(self, found: Quote) -> Said:
        return Said(found.answer, self._when.get(found.answer, ""), quote(found.text) if found.text else "")
