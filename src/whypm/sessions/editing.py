"""The transcript of a kept session, put right by its user; what was recognised stays beside it."""

from collections.abc import Callable
from dataclasses import replace

from whypm.domain.content import Pack
from whypm.domain.errors import UsageError
from whypm.domain.session import Session
from whypm.feedback.reports.report import correct_report
from whypm.sessions.analyst import Analyst
from whypm.sessions.answered import answered
from whypm.sessions.made_report import made_report
from whypm.sessions.store import SessionStore


def edit_transcript(
    session_id: str, text: str | None, analyst: Analyst, pack: Callable[[str], Pack], store: SessionStore
) -> Session:
    """Keep ``text`` as what was said, or go back to what was recognised (None); blocks while it is judged.

    Checklist, advice and figures follow the text, and the user's own verdicts stay. Each edit starts from
    what was recognised, so none makes the word times worse.

    Raises:
        UsageError: There is no report yet, or no word is in the text.
        ModelError, PackError, SessionNotFoundError, StorageError: As the parts do.
    """
    if text is not None and not any(map(str.isalnum, text)):
        raise UsageError("The text is empty of words.", "Give the words that you said.")

    def edited(session: Session) -> Session:
        recognised = session.original or made_report(session)
        answered_to = answered(session, pack, store)
        report = recognised if text is None else analyst.edit(recognised, text, answered_to)
        report = correct_report(
            report,
            session.corrections,
            answered_to.pack,
            company=session.company,
            earlier=answered_to.earlier,
        )
        return replace(session, report=report, original=None if text is None else recognised)

    return store.change(session_id, edited)
