"""The user's own verdict on an item of a kept session, beside the judge's."""

from dataclasses import replace

from whypm.domain.content import Pack
from whypm.domain.errors import UsageError
from whypm.domain.feedback import Correction, Level
from whypm.domain.session import Session
from whypm.feedback.reports.report import correct_report
from whypm.sessions.made_report import made_report
from whypm.sessions.store import SessionStore


def correct(session_id: str, item_id: str, level: Level | None, pack: Pack, store: SessionStore) -> Session:
    """Keep the user's verdict on one item, or take it back (None), and return the session as it is now kept.

    Advice, follow-up and drills follow the user's verdict; the judge's stays beside it.

    Raises:
        UsageError: The session has no report, or its report does not judge this item.
        SessionNotFoundError, StorageError: As the store does.
    """

    def corrected(session: Session) -> Session:
        made = made_report(session)
        judged = [verdict.id for verdict in made.checklist]
        if item_id not in judged:
            raise UsageError(
                f"The report of session {session.id} has no item '{item_id}'.",
                f"Choose one of: {', '.join(judged)}." if judged else "It is a drill on how you spoke.",
            )
        others = tuple(each for each in session.corrections if each.item != item_id)
        corrections = others if level is None else (*others, Correction(item_id, level))
        earlier = store.earlier_questions(session.id)
        report = correct_report(made, corrections, pack, company=session.company, earlier=earlier)
        return replace(session, corrections=corrections, report=report)

    return store.change(session_id, corrected)
