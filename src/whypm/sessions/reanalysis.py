"""A kept take, looked at once more with today's model, pack and judge."""

from collections.abc import Callable
from dataclasses import replace

from whypm.domain.content import Pack
from whypm.domain.errors import SoundFileError, StorageError
from whypm.domain.session import Session, SessionState
from whypm.feedback.reports.report import correct_report
from whypm.sessions.analyst import Analyst, Heard, Progress
from whypm.sessions.answered import answered
from whypm.sessions.store import SessionStore


def reanalyse(
    session: Session,
    analyst: Analyst,
    pack: Callable[[str], Pack],
    store: SessionStore,
    on_progress: Progress | None = None,
    heard: Heard | None = None,
    unkept: Callable[[StorageError], None] | None = None,
) -> Session:
    """Return the session with its new report, as it was kept; blocks. The user's own verdicts and words stay.

    ``heard`` is what was understood while the take was recorded, where it was just now.

    Raises SoundFileError, ModelError, PackError, TranscriptionError or StorageError; SessionNotFoundError
    where the session was deleted meanwhile. The old report stays. With ``unkept``, a report
    that cannot be kept is returned all the same, and ``unkept`` is told why.
    """
    if session.audio is None:
        raise SoundFileError(f"The session {session.id} has no recording.")
    answered_to = answered(session, pack, store)
    used, earlier = answered_to.pack, answered_to.earlier
    report = analyst.analyse(session.audio, answered_to, on_progress, heard)
    done: Session | None = None

    def with_report(now: Session) -> Session:
        """The user may have corrected a verdict or the transcript while the analysis was under way."""
        nonlocal done
        original, shown = None, report
        if now.original is not None and now.report is not None:
            original, shown = report, analyst.edit(report, now.report.transcript.text, answered_to)
        shown = correct_report(shown, now.corrections, used, company=session.company, earlier=earlier)
        done = replace(
            session,
            corrections=now.corrections,
            state=SessionState.REPORTED,
            pack=f"{used.id} {used.version}",
            model=shown.transcript.model,
            report=shown,
            original=original,
        )
        return done

    try:
        return store.change(session.id, with_report)
    except StorageError as error:
        if unkept is None or done is None:
            raise
        unkept(error)
        return done
