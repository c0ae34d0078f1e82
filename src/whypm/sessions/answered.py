"""What an answer was given to: all that its report depends on besides the answer itself."""

from collections.abc import Callable
from dataclasses import dataclass

from whypm.domain.content import Pack
from whypm.domain.feedback import AskedQuestion
from whypm.domain.remarks import Drill
from whypm.domain.session import Session
from whypm.feedback.coaching.drill import drill_on
from whypm.feedback.coaching.follow_up import EarlierQuestions
from whypm.sessions.store import SessionStore


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer was given to."""

    question: AskedQuestion
    pack: Pack
    company: str | None = None
    """The employer's name, where the user gave it."""
    opening_seconds: float = 0.0
    """From the end of the question to the first sample of the recording."""
    drill: Drill | None = None
    """The task, where it was a drill and not a whole question."""
    earlier: EarlierQuestions | None = None
    """What other sessions asked, where sessions are kept."""


def answered(session: Session, pack: Callable[[str], Pack], store: SessionStore) -> Answered:
    """Return what a kept session's answer was given to.

    Args:
        session: Kept, with or without a report.
        pack: Gives the pack of an id.
        store: Where the other sessions are.

    Raises:
        PackError: As ``pack`` does.
        StorageError: As the store does.
    """
    answered_to = pack(session.pack_id)
    drill = drill_on(session.drill.about, answered_to) if session.drill is not None else None
    return Answered(
        session.question,
        answered_to,
        session.company,
        session.opening_seconds,
        drill,
        store.earlier_questions(session.id),
    )
