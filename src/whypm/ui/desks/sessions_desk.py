"""Joins the kept sessions to their page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from whypm.domain.errors import UsageError, WhypmError
from whypm.domain.feedback import Level
from whypm.domain.session import Session
from whypm.ui.desks.bridge import Bridge
from whypm.ui.desks.operation import Operations
from whypm.ui.desks.playback import Playback
from whypm.ui.desks.review import Review, correct_take, read_take
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.history.compared import Compared, read_comparison
from whypm.ui.report.feedback_view import Stretch

if TYPE_CHECKING:
    from whypm.studio import Studio


_LOOK_AGAIN_MILLISECONDS = 5_000
"""Until a take that seemed to be recorded has been kept, or has turned out to be what a crash left."""


@dataclass(frozen=True, slots=True)
class _Progress:
    share: float


@dataclass(frozen=True, slots=True)
class _Recent:
    sessions: tuple[Session, ...]
    more: bool
    """Whether there is a take that may be shown soon."""


class SessionsDesk(QObject):
    """Reads, opens, compares, plays, analyses again and deletes what was kept.

    ``practise`` tells what a drill is wanted on, and the session that it comes from; ``shown`` which session
    is open; ``changed`` a take as it is kept now; ``analysed`` one that was looked at once more; ``deleted``
    the id of one that has gone.
    """

    practise = Signal(str, object)
    shown = Signal(object)
    changed = Signal(object)
    analysed = Signal(object)
    deleted = Signal(str)

    def __init__(
        self, studio: "Studio", window: MainWindow, operations: Operations, bridge: Bridge, playback: Playback
    ) -> None:
        super().__init__()
        self._studio = studio
        self._window = window
        self._page = window.sessions
        self._operations = operations
        self._bridge = bridge
        self._playback = playback
        self._taking = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_LOOK_AGAIN_MILLISECONDS)
        self._again.timeout.connect(self.refresh)
        self._opening: str | None = None
        """The take that was asked for last, until it is shown or not wanted any more."""
        bridge.receive(_Progress, self._progress)
        self._page.opened.connect(self._open)
        self._page.reanalyse.connect(self._reanalyse)
        self._page.delete.connect(self._delete)
        self._page.feedback.play.connect(self._play)
        self._page.feedback.stop.connect(playback.stop)
        self._page.feedback.correct.connect(self._correct)
        self._page.feedback.practise.connect(self._practise)
        self._page.compare.connect(self._compare)
        self._page.closed.connect(self._open_none)

    def refresh(self) -> None:
        """Read the list again."""
        self._operations.run(self._recent, self._show_recent)
        if self._page.comparing:
            self._operations.run(self._compared, self._show_comparison)

    def _recent(self) -> _Recent:
        """Return what can be opened; a take that is being recorded, here or in another window, cannot.

        Its row is there for a crash alone, and what a crash left a moment ago looks just like it.
        """
        from whypm.sessions.recovery import being_recorded

        studio = self._studio
        if self._taking:
            return _Recent(tuple(one for one in studio.store.listed() if not one.is_open), more=False)
        sessions = studio.store.listed()
        if any(one.is_open for one in sessions) and studio.recover():
            sessions = studio.store.listed()
        shown = tuple(one for one in sessions if not being_recorded(one, studio.clock.now()))
        return _Recent(shown, more=len(shown) < len(sessions))

    def _show_recent(self, recent: _Recent) -> None:
        self._page.show_sessions(recent.sessions, more=recent.more)
        if recent.more:
            self._again.start()

    def give_up(self) -> None:
        """Look again no more: the window is closing."""
        self._again.stop()

    def show_taking(self, taking: bool) -> None:
        """Know whether microphone and speaker belong to a rehearsal now."""
        self._taking = taking

    def _open(self, session_id: str) -> None:
        studio = self._studio
        self._playback.stop()
        self._opening = session_id
        self._operations.run(lambda: read_take(studio, studio.store.find(session_id)), self._show_opened)

    def _open_none(self) -> None:
        self._opening = None

    def _show_opened(self, review: Review) -> None:
        if self._opening == review.session.id:  # a long take that comes late gives way to a later choice
            self._opening = None
            self._show(review)

    def _show(self, review: Review) -> None:
        self._page.show_take(review.session, review.feedback, playable=review.playable)
        self._page.feedback.recording.show_peaks(review.peaks)
        self.shown.emit(review.session)

    def _compare(self) -> None:
        self._playback.stop()
        self._opening = None
        self._page.show_comparison()
        self._operations.run(self._compared, self._show_comparison)

    def _compared(self) -> Compared | None:
        """Return the comparison of all whole answers; None where there are too few."""
        from whypm.sessions.comparison import compare

        try:
            sessions, consistency = compare(self._studio.store)
        except UsageError:
            return None
        return read_comparison(sessions, consistency, self._studio.pack_of(sessions[0]))

    def _show_comparison(self, compared: Compared | None) -> None:
        if compared is None:
            self._page.comparison.show_too_few()
        else:
            self._page.comparison.show_comparison(compared)

    def _practise(self, about: str) -> None:
        if self._page.session is not None:
            self.practise.emit(about, self._page.session)

    def _reanalyse(self, session_id: str) -> None:
        studio, bridge = self._studio, self._bridge

        def again() -> Review:
            from whypm.sessions.reanalysis import reanalyse

            session = studio.store.find(session_id)
            pack = studio.pack_of(session)
            done = reanalyse(
                session,
                studio.analyst,
                lambda _: pack,
                studio.store,
                lambda share: bridge.post(_Progress(share)),
            )
            return read_take(studio, done)

        self._page.show_progress(0.0)
        self._operations.run(again, self._analysed, self._not_analysed)

    def _analysed(self, review: Review) -> None:
        self._page.show_progress(None)
        open_session = self._page.session
        if open_session is not None and open_session.id == review.session.id:
            self._show(review)
        self.analysed.emit(review)
        self.refresh()

    def _not_analysed(self, error: WhypmError) -> None:
        self._page.show_progress(None)
        self._window.notice.say(error.message, error.remedy, grave=True)

    def _progress(self, value: object) -> None:
        if isinstance(value, _Progress):
            self._page.show_progress(value.share)

    def _correct(self, item: str, level: Level | None) -> None:
        studio, session = self._studio, self._page.session
        if session is not None:
            self._operations.run(lambda: correct_take(studio, session.id, item, level), self.changed.emit)

    def show_changed(self, review: Review) -> None:
        """Show a take that was changed, here or on another page."""
        if self._page.session is not None and self._page.session.id == review.session.id:
            self._page.feedback.keep_place()
            self._show(review)

    def _delete(self, session_id: str) -> None:
        self._playback.stop()
        if self._opening == session_id:
            self._opening = None
        self._operations.run(lambda: self._studio.store.delete(session_id), self._deleted)

    def _deleted(self, session: Session) -> None:
        if self._page.session is not None and self._page.session.id == session.id:
            self._page.close_take()
        self.deleted.emit(session.id)
        self.refresh()

    def _play(self, stretch: Stretch) -> None:
        session = self._page.session
        if self._taking:
            self._window.notice.say(
                "A rehearsal is under way.", "Stop it first, then listen to an earlier take."
            )
        elif session is not None and session.audio is not None:
            self._playback.play(session.audio, stretch, self._page.feedback)
