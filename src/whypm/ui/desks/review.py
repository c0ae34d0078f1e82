"""A kept take, read for showing."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whypm.domain.errors import SessionNotFoundError, WhypmError
from whypm.domain.feedback import Level
from whypm.domain.session import Session
from whypm.feedback.coaching.drill_outcome import outcome_sentence
from whypm.sessions.events import Asked
from whypm.ui.desks.sound_shape import read_peaks
from whypm.ui.report.feedback_content import Feedback, read_report

if TYPE_CHECKING:
    from whypm.studio import Studio


@dataclass(frozen=True, slots=True)
class Review:
    """A take's feedback where it has a report, the shape of its sound, and where a drill came from."""

    session: Session
    feedback: Feedback | None
    peaks: tuple[float, ...]
    origin: str | None = None
    """The answer that a drill came from, if it is still kept."""

    @property
    def playable(self) -> bool:
        """Whether there is something to hear."""
        return bool(self.peaks)


def read_take(studio: "Studio", session: Session) -> Review:
    """Read what there is to show of a take; blocks. Where the sound cannot be read, the rest still can."""
    try:
        peaks = read_peaks(session.audio) if session.audio is not None else ()
    except WhypmError:
        peaks = ()
    return Review(session, _feedback(studio, session), peaks, _origin(studio, session))


def correct_take(studio: "Studio", session_id: str, item: str, level: Level | None) -> Review:
    """Keep the user's own verdict on an item, or take it back (None); blocks. Raises StorageError."""
    from whypm.sessions.correction import correct

    session = studio.store.find(session_id)
    return read_take(studio, correct(session_id, item, level, studio.pack_of(session), studio.store))


def edit_take(studio: "Studio", session_id: str, text: str | None) -> Review:
    """Keep the user's own words for a take, or go back to what was recognised (None); blocks.

    Raises as ``edit_transcript``.
    """
    from whypm.sessions.editing import edit_transcript

    edited = edit_transcript(session_id, text, studio.analyst, studio.pack_or_built_in, studio.store)
    return read_take(studio, edited)


def asked_again(studio: "Studio", session: Session) -> Asked:
    """Return the question of a kept take as it was put."""
    question, pack = session.question, studio.pack_of(session)
    return Asked(question.id, question.text or "", pack.id, session.company, session.drill)


def _feedback(studio: "Studio", session: Session) -> Feedback | None:
    from whypm.sessions.practice import is_followed_up, outcome_of

    if session.report is None:
        return None
    pack = studio.pack_of(session)
    outcome = outcome_of(session, pack, studio.store)
    words = outcome_sentence(outcome, pack) if outcome is not None else None
    recognised = session.original.transcript.text if session.original is not None else None
    feedback = read_report(session.report, pack, words, recognised)
    # Whoever comes back to an answer is not asked again what they have answered meanwhile.
    return replace(feedback, follow_up=None) if is_followed_up(session, studio.store) else feedback


def _origin(studio: "Studio", session: Session) -> str | None:
    if session.drill is None or session.drill.session_id is None:
        return None
    try:
        return studio.store.find(session.drill.session_id).id
    except SessionNotFoundError:
        return None
