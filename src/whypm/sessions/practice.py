"""What to practise next with a kept session: one of its weak points, or its follow-up question."""

from collections.abc import Iterable, Sequence

from whypm.domain.content import Pack
from whypm.domain.errors import SessionNotFoundError, UsageError
from whypm.domain.feedback import AskedQuestion
from whypm.domain.session import DrillOf, Session
from whypm.feedback.coaching.drill import drill_on, drillable
from whypm.feedback.coaching.drill_outcome import DrillOutcome, drill_outcome
from whypm.sessions.events import Asked
from whypm.sessions.made_report import made_report
from whypm.sessions.store import SessionStore


def ask_drill(about: str, pack: Pack, company: str | None = None, of: Session | None = None) -> Asked:
    """Return a drill's prompt as a question.

    Args:
        about: A checklist id of the pack, or a delivery figure.
        pack: The pack of ``of``, if that is given.
        company: The employer's name, if known; without it, that of ``of``.
        of: The session whose weak point is recorded again.

    Raises:
        UsageError: There is no drill on that; the remedy names those that there are.
    """
    drill = drill_on(about, pack)
    if drill is None:
        raise UsageError(f"There is no drill on '{about}'.", f"Choose one of: {', '.join(drillable(pack))}.")
    if of is None:
        return Asked(None, drill.prompt, pack.id, company, DrillOf(about))
    return Asked(None, drill.prompt, pack.id, company or of.company, DrillOf(about, of.id))


def pack_that_drills(about: str, chosen: Pack, packs: Iterable[Pack]) -> Pack:
    """Return the pack of a drill that comes from no session: the chosen one, or the first other that has it.

    A typed answer to another pack's question names that pack's drills. Where none has it, it is the chosen.
    """
    return next((pack for pack in (chosen, *packs) if drill_on(about, pack) is not None), chosen)


def ask_follow_up(session: Session, company: str | None = None) -> Asked:
    """Return the follow-up question of a session. Raises UsageError where it has none."""
    follow_up = made_report(session).follow_up
    if follow_up is None:
        raise UsageError(
            f"The session {session.id} has no follow-up question.", "It was told in full, or it is a drill."
        )
    return Asked(None, follow_up.text, session.pack_id, company or session.company)


def ask_on(session: Session, store: SessionStore, company: str | None = None) -> Asked:
    """Return what is to be asked next after a session: what was followed up already is not asked again.

    Where its follow-up question was answered, that is the one after this answer, and so on, as in the window.

    Raises:
        UsageError: It has no follow-up question, or there is none any more.
        StorageError: As the store does.
    """
    kept = store.recent()
    talk = [session]
    while (reply := _reply(talk, kept)) is not None:
        talk.append(reply)
    last = talk[-1]
    if last is not session and last.report is not None and last.report.follow_up is None:
        raise UsageError(
            f"The session {session.id} was followed up already, and there is nothing more to ask.",
            "Answer another question with 'whypm rehearse'.",
        )
    return ask_follow_up(last, company or session.company)


def is_followed_up(session: Session, store: SessionStore) -> bool:
    """Return whether the follow-up question of a session was answered already. Raises StorageError."""
    follow_up = session.report.follow_up if session.report is not None else None
    if follow_up is None or follow_up.text not in store.earlier_questions(session.id).put:
        return False  # without reading every report
    return _reply([session], store.recent()) is not None


def _reply(talk: Sequence[Session], kept: Iterable[Session]) -> Session | None:
    """Return the newest answer to the follow-up question that a talk ends with; silence answers nothing."""
    report = talk[-1].report
    if report is None or report.follow_up is None:
        return None
    seen = {session.id for session in talk}
    asked = AskedQuestion(None, report.follow_up.text)
    return next(
        (
            each
            for each in kept
            if each.question == asked
            and each.drill is None
            and each.id not in seen
            and each.report is not None
            and each.report.transcript.sentences
        ),
        None,
    )


def outcome_of(session: Session, pack: Pack, store: SessionStore) -> DrillOutcome | None:
    """Return what a drill brought against the session that it came from; None where it is no drill.

    Without a report there is no outcome either; where the earlier session is gone, "before" is not known.
    """
    report = session.report
    if report is None or report.drill is None:
        return None
    before = None
    if session.drill is not None and session.drill.session_id is not None:
        try:
            before = store.find(session.drill.session_id).report
        except SessionNotFoundError:
            before = None
    return drill_outcome(report.drill, report, pack, before)
