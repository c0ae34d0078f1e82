"""Kept answers beside each other."""

from collections.abc import Iterator, Sequence
from itertools import islice

from whypm.domain.consistency import Consistency, KeptAnswer
from whypm.domain.errors import UsageError
from whypm.domain.session import Session
from whypm.feedback.retellings.consistency import compare_answers
from whypm.sessions.made_report import made_report
from whypm.sessions.store import SessionStore

_FEWEST_ANSWERS = 2
MOST_ANSWERS = 50
"""Without ids. Each sentence is held against all others, so the work grows with the square: a hundred answers
take 5 s on two slow processors. And what was said fifty answers ago is not the story that is told now."""


def compare(store: SessionStore, session_ids: Sequence[str] = ()) -> tuple[tuple[Session, ...], Consistency]:
    """Return the compared sessions, the newest first, and how their answers fit together.

    Without ids these are the whole answers to the questions of one pack, the last that two were given to:
    the newest ``MOST_ANSWERS``, no drills, no answers to follow-up questions, none where nothing was said.

    Raises:
        UsageError: Fewer than two answers, or a named session is a drill or has no report.
        SessionNotFoundError, StorageError: As the store does.
    """
    chosen = _named(store, session_ids) if session_ids else _newest(store)
    if len(chosen) < _FEWEST_ANSWERS:
        raise UsageError(
            f"Two answers are needed to compare, and there {'is one' if chosen else 'is none'}.",
            "Answer another question with 'whypm rehearse', or name two sessions of 'whypm sessions list'.",
        )
    answers = [KeptAnswer(session.id, session.report) for session in chosen if session.report is not None]
    return chosen, compare_answers(answers)


def _named(store: SessionStore, session_ids: Sequence[str]) -> tuple[Session, ...]:
    named = {session.id: session for session in map(_comparable, map(store.find, session_ids))}
    return tuple(named[session.id] for session in store.listed() if session.id in named)


def _newest(store: SessionStore) -> tuple[Session, ...]:
    """Return the answers of the newest pack that has enough: "Why nursing?" has other items and reasons."""
    asked = [one for one in store.listed() if one.drill is None and one.question.id is not None]
    too_few: tuple[Session, ...] = ()
    for pack_id in dict.fromkeys(session.pack_id for session in asked):
        whole = _whole(store, [session.id for session in asked if session.pack_id == pack_id])
        answers = tuple(islice(whole, MOST_ANSWERS))
        if len(answers) >= _FEWEST_ANSWERS:
            return answers
        too_few = too_few or answers
    return too_few


def _whole(store: SessionStore, session_ids: Sequence[str]) -> Iterator[Session]:
    """Yield the sessions in which something was said, each with its report."""
    for session in map(store.find, session_ids):
        if session.report is not None and session.report.transcript.sentences:
            yield session


def _comparable(session: Session) -> Session:
    made_report(session)
    if session.drill is not None:
        raise UsageError(f"The session {session.id} is a drill.", "Name sessions with whole answers.")
    return session
