"""The report of a kept session, for whatever needs one."""

from whypm.domain.errors import UsageError
from whypm.domain.feedback import Report
from whypm.domain.session import Session


def made_report(session: Session) -> Report:
    """Return the report of a kept session. Raises UsageError where none has been made yet."""
    if session.report is None:
        raise UsageError(
            f"The session {session.id} has no report yet; its recording is kept.",
            f"Make one with 'whypm sessions reanalyse {session.id}'.",
        )
    return session.report
