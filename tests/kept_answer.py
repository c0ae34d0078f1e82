"""An answer kept as if it had been given aloud, with the judge's own report on its text."""

from datetime import UTC, datetime, timedelta

from whypm.domain.feedback import AskedQuestion, Report
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Ending
from whypm.sessions.answered import Answered
from whypm.studio import Studio

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def kept_session(
    session_id: str, question: AskedQuestion, report: Report, *, created: datetime = NOON
) -> Session:
    """Return a session with this report and without a recording."""
    return Session(
        id=session_id,
        created=created,
        question=question,
        company="Acme",
        audio=None,
        duration_seconds=60.0,
        state=SessionState.REPORTED,
        ending=Ending.STOPPED,
        dropped_blocks=0,
        opening_seconds=0.0,
        pack="why-pm 1",
        model=None,
        app_version="0.1.0",
        report=report,
    )


def keep_answer(studio: Studio, session_id: str, text: str, *, minutes: int = 0) -> Session:
    """Keep it at so many minutes past noon, without a recording, and return it."""
    question = AskedQuestion("plain-1", "Why product management?")
    report = studio.analyst.check(text, Answered(question, studio.pack("why-pm")))
    session = kept_session(session_id, question, report, created=NOON + timedelta(minutes=minutes))
    studio.store.keep(session)
    return session
