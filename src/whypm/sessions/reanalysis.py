"""A kept take, looked at once more with today's model, pack and judge."""

from collections.abc import Callable
from dataclasses import replace

from whypm.domain.content import Pack
from whypm.domain.errors import SoundFileError
from whypm.domain.session import Session, SessionState
from whypm.sessions.analyst import Analyst, Answered, Progress
from whypm.sessions.store import SessionStore


def reanalyse(
    session: Session,
    analyst: Analyst,
    pack: Callable[[str], Pack],
    store: SessionStore,
    on_progress: Progress | None = None,
) -> Session:
    """Return the session with its new report, as it was kept; blocks.

    Raises SoundFileError, ModelError, PackError, TranscriptionError or StorageError; the old report stays.
    """
    if session.audio is None:
        raise SoundFileError(f"The session {session.id} has no recording.")
    answered_to = pack(session.pack_id)
    answered = Answered(session.question, answered_to, session.company, session.opening_seconds)
    report = analyst.analyse(session.audio, answered, on_progress)
    done = replace(
        session,
        state=SessionState.REPORTED,
        pack=f"{answered_to.id} {answered_to.version}",
        model=report.transcript.model,
        report=report,
    )
    store.keep(done)
    return done
