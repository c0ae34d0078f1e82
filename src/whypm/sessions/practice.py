"""What to practise next with a kept session: one of its weak points, or its follow-up question."""

from collections.abc import Iterable

from whypm.domain.content import Pack
from whypm.domain.errors import SessionNotFoundError, UsageError
from whypm.domain.session import DrillOf, Session
from whypm.feedback.drill import drill_on, drillable
from whypm.feedback.drill_outcome import DrillOutcome, drill_outcome
from whypm.sessions.events import Asked
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
    follow_up = session.report.follow_up if session.report is not None else None
    if follow_up is None:
        raise UsageError(
            f"The session {session.id} has no follow-up question.",
            "It was told in full, it is a drill, or it has no report yet.",
        )
    return Asked(None, follow_up.text, session.pack_id, company or session.company)


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
