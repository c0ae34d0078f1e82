"""Sessions as they are kept: a recording alone, a report alone, or a text with the judge's report on it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from whypm.domain.feedback import AskedQuestion, Report
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Ending
from whypm.sessions.answered import Answered
from whypm.studio import Studio

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUESTION = AskedQuestion("plain-1", "Why product management?")


def recorded_session(
    session_id: str, audio: Path | None, *, seconds: float = 60.0, created: datetime = NOON
) -> Session:
    """Return a session with this recording and without a report."""
    return Session(
        id=session_id,
        created=created,
        question=QUESTION,
        company=None,
        audio=audio,
        duration_seconds=seconds,
        state=SessionState.RECORDED,
        ending=Ending.STOPPED,
        dropped_blocks=0,
        opening_seconds=0.0,
        pack="why-pm 1",
        model=None,
        app_version="0.1.0",
    )


def kept_session(
    session_id: str, question: AskedQuestion, report: Report, *, created: datetime = NOON
) -> Session:
    """Return a session with this report and without a recording."""
    recorded = recorded_session(session_id, None, created=created)
    return replace(recorded, question=question, company="Acme", state=SessionState.REPORTED, report=report)


def keep_answer(studio: Studio, session_id: str, text: str, *, minutes: int = 0) -> Session:
    """Keep it at so many minutes past noon, without a recording, and return it."""
    report = studio.analyst.check(text, Answered(QUESTION, studio.pack("why-pm")))
    session = kept_session(session_id, QUESTION, report, created=NOON + timedelta(minutes=minutes))
    studio.store.keep(session)
    return session
