"""Joins the rehearsal to its page: wishes become intents, updates become what is shown."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from whypm.domain.errors import WhypmError
from whypm.domain.feedback import Level
from whypm.domain.session import Session
from whypm.domain.sound import BlocksDropped, LevelHeard
from whypm.sessions.engine import Notice, Phase, Rehearsal
from whypm.sessions.events import Answer, Asked, Begin, Hush, Intent, Leave, Reanalyse, Repeat, Stop
from whypm.ui.bridge import Bridge
from whypm.ui.feedback_content import Feedback, read_report
from whypm.ui.feedback_view import Stretch
from whypm.ui.main_window import MainWindow
from whypm.ui.opening import Opened, pick_question
from whypm.ui.operation import Operations
from whypm.ui.playback import Playback
from whypm.ui.sound_shape import read_peaks
from whypm.ui.wishes import Wish

if TYPE_CHECKING:
    from whypm.studio import Studio

_TAKING = frozenset(
    {Phase.CHECKING, Phase.ASKING, Phase.READING, Phase.OPENING, Phase.LISTENING, Phase.SAVING}
)
_INTENTS: dict[Wish, type[Hush | Answer | Stop | Repeat | Leave | Reanalyse]] = {
    Wish.HUSH: Hush,
    Wish.ANSWER: Answer,
    Wish.STOP: Stop,
    Wish.REPEAT: Repeat,
    Wish.START_OVER: Leave,
    Wish.LEAVE: Leave,
    Wish.REANALYSE: Reanalyse,
}


@dataclass(frozen=True, slots=True)
class Review:
    """A kept take, read for showing: its feedback where it has a report, and the shape of its sound."""

    session: Session
    feedback: Feedback | None
    peaks: tuple[float, ...]

    @property
    def playable(self) -> bool:
        """Whether there is something to hear."""
        return bool(self.peaks)


def read_take(studio: "Studio", session: Session) -> Review:
    """Read what there is to show of a take; blocks. Where the sound cannot be read, the rest still can."""
    feedback = read_report(session.report, studio.pack_of(session)) if session.report is not None else None
    try:
        peaks = read_peaks(session.audio) if session.audio is not None else ()
    except WhypmError:
        peaks = ()
    return Review(session, feedback, peaks)


def correct_take(studio: "Studio", session_id: str, item: str, level: Level | None) -> Review:
    """Keep the user's own verdict on an item, or take it back (None); blocks. Raises StorageError."""
    from whypm.sessions.correction import correct

    session = studio.store.find(session_id)
    return read_take(studio, correct(session_id, item, level, studio.pack_of(session), studio.store))


class RehearsalDesk(QObject):
    """``taking`` tells whether microphone and speaker are the rehearsal's; ``kept`` that a take was kept."""

    taking = Signal(bool)
    kept = Signal()

    def __init__(
        self, opened: Opened, window: MainWindow, operations: Operations, bridge: Bridge, playback: Playback
    ) -> None:
        super().__init__()
        from whypm.sessions.runner import Transcribing

        self._opened = opened
        self._window = window
        self._page = window.rehearse
        self._operations = operations
        self._playback = playback
        self._state = Rehearsal()
        self._upcoming = opened.asked
        self._reviewed: Session | None = None
        self._notice: Notice | None = None
        bridge.receive(Rehearsal, self._changed)
        bridge.receive(LevelHeard, self._level)
        bridge.receive(BlocksDropped, self._lost)
        bridge.receive(Transcribing, self._progress)
        self._page.wished.connect(self._wish)
        self._page.feedback.play.connect(self._play)
        self._page.feedback.stop.connect(playback.stop)
        self._page.feedback.correct.connect(self._correct)
        self._show_upcoming(opened.asked)

    def _wish(self, wish: Wish) -> None:
        self._playback.stop()
        if wish is Wish.BEGIN:
            self._send(Begin(self._upcoming))
        elif wish is Wish.NEXT:
            begins = self._state.phase is Phase.REVIEW
            studio, company = self._opened.studio, self._upcoming.company
            self._operations.run(
                lambda: pick_question(studio, None, company), self._begin if begins else self._show_upcoming
            )
        elif wish is Wish.FOLLOW_UP:
            self._ask_follow_up()
        else:
            self._send(_INTENTS[wish]())

    def _begin(self, asked: Asked) -> None:
        self._upcoming = asked
        self._send(Begin(asked))

    def _ask_follow_up(self) -> None:
        from whypm.sessions.practice import ask_follow_up

        if self._reviewed is not None:
            self._begin(ask_follow_up(self._reviewed, self._upcoming.company))

    def _send(self, intent: Intent) -> None:
        self._opened.runner.send(intent)

    def _show_upcoming(self, asked: Asked) -> None:
        self._upcoming = asked
        band = self._opened.studio.pack(asked.pack_id).band("length")
        self._page.show_target(*((band.good_low, band.good_high) if band is not None else (None, None)))
        self._page.show_upcoming(asked)

    def _changed(self, value: object) -> None:
        if not isinstance(value, Rehearsal):
            return
        before, self._state = self._state, value
        if value.asked is not None:
            self._upcoming = value.asked
        self._page.show_state(value)
        self._show_notice(value)
        self.taking.emit(value.phase in _TAKING)
        if value.phase is not before.phase:
            self._moved(before.phase, value)

    def _moved(self, before: Phase, state: Rehearsal) -> None:
        if before in {Phase.SAVING, Phase.LISTENING, Phase.ANALYSING}:
            self.kept.emit()
        if state.phase is Phase.REVIEW and state.session is not None:
            studio, session = self._opened.studio, state.session
            self._operations.run(lambda: read_take(studio, session), self._review)

    def _review(self, review: Review) -> None:
        if self._state.phase is not Phase.REVIEW or self._state.session != review.session:
            return
        self._show(review)

    def _show(self, review: Review) -> None:
        session = self._reviewed = review.session
        if review.feedback is not None:
            self._page.show_feedback(review.feedback, session.duration_seconds, playable=review.playable)
        else:
            question = session.question.text or ""
            self._page.show_failure(question, session.duration_seconds, playable=review.playable)
        self._page.feedback.recording.show_peaks(review.peaks)

    def _correct(self, item: str, level: Level | None) -> None:
        studio, session = self._opened.studio, self._reviewed
        if session is not None:
            self._operations.run(lambda: correct_take(studio, session.id, item, level), self._corrected)

    def _corrected(self, review: Review) -> None:
        if self._reviewed is not None and self._reviewed.id == review.session.id:
            self._page.feedback.keep_place()
            self._show(review)

    def _show_notice(self, state: Rehearsal) -> None:
        notice = state.notice
        if state.phase is Phase.READING and not self._opened.studio.settings.speak_questions:
            notice = None  # the user chose so; there is nothing to tell
        if notice == self._notice:
            return
        if notice is not None:
            self._window.notice.say(notice.message, notice.remedy, grave=notice.grave)
        elif self._notice is not None and self._window.notice.text.startswith(self._notice.message):
            self._window.notice.clear()
        self._notice = notice

    def _level(self, value: object) -> None:
        if isinstance(value, LevelHeard):
            self._page.show_level(value)

    def _lost(self, value: object) -> None:
        if isinstance(value, BlocksDropped):
            self._page.show_lost(value.count)

    def _progress(self, value: object) -> None:
        self._page.show_progress(float(getattr(value, "share", 0.0)))

    def _play(self, stretch: Stretch) -> None:
        if self._reviewed is not None and self._reviewed.audio is not None:
            self._playback.play(self._reviewed.audio, stretch, self._page.feedback)
