"""A kept take, looked at once more with today's model, pack and judge."""

from collections.abc import Callable
from dataclasses import replace

from whypm.domain.content import Pack
from whypm.domain.errors import SoundFileError
from whypm.domain.session import Session, SessionState
from whypm.feedback.drill import drill_on
from whypm.feedback.report import correct_report
from whypm.sessions.analyst import Analyst, Answered, Heard, Progress
from whypm.sessions.store import SessionStore


def reanalyse(
    session: Session,
    analyst: Analyst,
    pack: Callable[[str], Pack],
    store: SessionStore,
    on_progress: Progress | None = None,
    heard: Heard | None = None,
) -> Session:
    """Return the session with its new report, as it was kept; blocks. The user's own verdicts stay.

    ``heard`` is what was understood while the take was recorded, where it was just now.

    Raises SoundFileError, ModelError, PackError, TranscriptionError or StorageError; SessionNotFoundError
    where the session was deleted meanwhile. The old report stays.
    """
    if session.audio is None:
        raise SoundFileError(f"The session {session.id} has no recording.")
    answered_to = pack(session.pack_id)
    drill = drill_on(session.drill.about, answered_to) if session.drill is not None else None
    earlier = store.earlier_questions(session.id)
    answered = Answered(
        session.question, answered_to, session.company, session.opening_seconds, drill, earlier
    )
    report = analyst.analyse(session.audio, answered, on_progress, heard)
    # Read now: the user may have corrected a verdict while this was under way.
    corrections = store.find(session.id).corrections
    report = correct_report(report, corrections, answered_to, company=session.company, earlier=earlier)
    done = replace(
        session,
        corrections=corrections,
        state=SessionState.REPORTED,
        pack=f"{answered_to.id} {answered_to.version}",
        model=report.transcript.model,
        report=report,
    )
    store.keep(done)
    return done
