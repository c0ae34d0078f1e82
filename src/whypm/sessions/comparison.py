"""Kept answers beside each other."""

from collections.abc import Sequence

from whypm.domain.consistency import Consistency, KeptAnswer
from whypm.domain.errors import UsageError
from whypm.domain.session import Session
from whypm.feedback.retellings.consistency import compare_answers
from whypm.sessions.made_report import made_report
from whypm.sessions.store import SessionStore

_FEWEST_ANSWERS = 2


def compare(store: SessionStore, session_ids: Sequence[str] = ()) -> tuple[tuple[Session, ...], Consistency]:
    """Return the compared sessions, the newest first, and how their answers fit together.

    Without ids these are all whole answers to the questions of one pack, the last that two were given to: no
    drills, no answers to follow-up questions, none where nothing was said.

    Raises:
        UsageError: Fewer than two answers, or a named session is a drill or has no report.
        SessionNotFoundError, StorageError: As the store does.
    """
    kept = store.recent()
    if session_ids:
        named = {_comparable(store.find(session_id)).id for session_id in session_ids}
        chosen = tuple(session for session in kept if session.id in named)
    else:
        chosen = _of_one_pack([session for session in kept if _is_whole(session)])
    if len(chosen) < _FEWEST_ANSWERS:
        raise UsageError(
            f"Two answers are needed to compare, and there {'is one' if chosen else 'is none'}.",
            "Answer another question with 'whypm rehearse', or name two sessions of 'whypm sessions list'.",
        )
    answers = [KeptAnswer(session.id, session.report) for session in chosen if session.report is not None]
    return chosen, compare_answers(answers)


def _of_one_pack(whole: Sequence[Session]) -> tuple[Session, ...]:
    """Return the answers of the newest pack that has enough: "Why nursing?" has other items and reasons."""
    of_packs = [
        tuple(session for session in whole if session.pack_id == pack_id)
        for pack_id in dict.fromkeys(session.pack_id for session in whole)
    ]
    enough = (answers for answers in of_packs if len(answers) >= _FEWEST_ANSWERS)
    return next(enough, tuple(whole[:1]))


def _is_whole(session: Session) -> bool:
    is_question = session.drill is None and session.question.id is not None
    return is_question and session.report is not None and bool(session.report.transcript.sentences)


def _comparable(session: Session) -> Session:
    made_report(session)
    if session.drill is not None:
        raise UsageError(f"The session {session.id} is a drill.", "Name sessions with whole answers.")
    return session
