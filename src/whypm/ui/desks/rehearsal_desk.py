"""Joins the rehearsal to its page: wishes become intents, updates become what is shown."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from whypm.domain.errors import SessionNotFoundError, WhypmError
from whypm.domain.feedback import AskedQuestion, Level
from whypm.domain.session import Session
from whypm.domain.sound import BlocksDropped, LevelHeard
from whypm.domain.transcript import HeardSoFar
from whypm.feedback.coaching.drill import drill_on
from whypm.feedback.coaching.reply import held_against
from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.events import (
    Analysed,
    AnalysisFailed,
    Answer,
    Asked,
    Begin,
    Hush,
    Intent,
    Leave,
    Reanalyse,
    Repeat,
    Stop,
)
from whypm.sessions.updates import Transcribing
from whypm.ui.desks.awaited_reports import AwaitedReports
from whypm.ui.desks.bridge import Bridge
from whypm.ui.desks.opening import Opened, pick_question
from whypm.ui.desks.operation import Operations
from whypm.ui.desks.playback import Playback
from whypm.ui.desks.rehearsal_notice import RehearsalNotice
from whypm.ui.desks.review import Review, asked_again, correct_take, read_take
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.rehearsal.room import SILENCE_PEAK
from whypm.ui.rehearsal.wishes import Wish
from whypm.ui.report.feedback_view import Stretch

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


class RehearsalDesk(QObject):
    """``taking`` tells whether microphone and speaker are the rehearsal's; ``kept`` that a take was kept.

    ``chosen`` tells a setting and its new value; ``shown`` which take is under review; ``changed`` a take as
    it is kept now; ``reported`` a take that was just looked at.
    """

    taking = Signal(bool)
    kept = Signal()
    chosen = Signal(str, object)
    shown = Signal(object)
    changed = Signal(object)
    reported = Signal(object)

    def __init__(
        self, opened: Opened, window: MainWindow, operations: Operations, bridge: Bridge, playback: Playback
    ) -> None:
        super().__init__()
        self._opened = opened
        self._window = window
        self._page = window.rehearse
        self._operations = operations
        self._playback = playback
        self._state = Rehearsal()
        self._upcoming = opened.asked
        self._beginning = False
        """Whether a question is on its way: a second press would only cut it off for another one."""
        self.awaited = AwaitedReports(opened.studio, operations, self._complain)
        self._reviewed: Session | None = None
        self._origin: str | None = None
        """The answer that the reviewed drill came from."""
        self._notice = RehearsalNotice(window.notice, lambda: opened.studio.settings.speak_questions)
        bridge.receive(Rehearsal, self._changed)
        bridge.receive(LevelHeard, self._level)
        bridge.receive(BlocksDropped, self._lost)
        bridge.receive(HeardSoFar, self._heard)
        bridge.receive(Transcribing, self._progress)
        bridge.receive(Analysed, self._analysed_late)
        bridge.receive(AnalysisFailed, self._failed_late)
        self._page.room.live.show_choice(on=opened.studio.settings.live_text)
        self._page.room.live.toggled.connect(lambda on: self.chosen.emit("live_text", on))
        self._page.wished.connect(self._wish)
        self._page.feedback.play.connect(self._play)
        self._page.feedback.stop.connect(playback.stop)
        self._page.feedback.correct.connect(self._correct)
        self._page.feedback.practise.connect(self._practise)
        self._show_upcoming(opened.asked)

    def _wish(self, wish: Wish) -> None:
        self._playback.stop()
        if wish is Wish.BEGIN:
            self._begin(self._upcoming)
        elif wish is Wish.NEXT:
            studio, company = self._opened.studio, self._opened.company
            shown = self._upcoming.question_id
            picked = partial(pick_question, studio, None, company, shown)
            if self._state.phase is Phase.REVIEW:
                self._find(picked)
            else:
                self._operations.run(picked, self._show_upcoming)
        elif wish is Wish.FOLLOW_UP:
            self._ask_follow_up()
        elif wish is Wish.BACK:
            self._go_back()
        elif wish is Wish.REPEAT and self._reviewed is not None and self._state.phase is Phase.REVIEW:
            # Which may be an earlier answer than the last take.
            self._begin(asked_again(self._opened.studio, self._reviewed))
        else:
            self._send(_INTENTS[wish]())

    def _find(self, question: Callable[[], Asked]) -> None:
        """Find a question on another thread and begin it, unless one is on its way already."""
        if not self._beginning:
            self._beginning = True
            self._operations.run(question, self._send_begin, self._not_found)

    def _not_found(self, error: WhypmError) -> None:
        self._beginning = False
        self._complain(error)

    def _complain(self, error: WhypmError) -> None:
        self._window.notice.say(error.message, error.remedy, grave=True)

    def _begin(self, asked: Asked) -> None:
        if not self._beginning:
            self._beginning = True
            self._send_begin(asked)

    def _send_begin(self, asked: Asked) -> None:
        self._upcoming = asked
        self._show_target(asked)
        self._send(Begin(asked))

    def _ask_follow_up(self) -> None:
        session, company, studio = self._reviewed, self._upcoming.company, self._opened.studio
        if session is not None:

            def follow_up() -> Asked:
                from whypm.sessions.practice import ask_follow_up

                return replace(ask_follow_up(session, company), pack_id=studio.pack_of(session).id)

            self._find(follow_up)

    def practise(self, about: str, session: Session) -> None:
        """Begin the drill on one weak point of a kept answer, unless a rehearsal is under way."""
        if self._state.phase in _TAKING:
            self._window.notice.say("A rehearsal is under way.", "Stop it first, then practise.")
            return
        studio, company = self._opened.studio, self._upcoming.company

        def drill() -> Asked:
            from whypm.sessions.practice import ask_drill

            return ask_drill(about, studio.pack_of(session), session.company or company, of=session)

        self._playback.stop()
        self._window.go(Place.REHEARSE)
        self._find(drill)

    def _practise(self, about: str) -> None:
        if self._reviewed is not None:
            self.practise(about, self._reviewed)

    def _go_back(self) -> None:
        studio, origin = self._opened.studio, self._origin
        if origin is not None:
            self._operations.run(lambda: read_take(studio, studio.store.find(origin)), self._show_earlier)

    def _show_earlier(self, review: Review) -> None:
        if self._state.phase is Phase.REVIEW:
            self._show(review)

    def _send(self, intent: Intent) -> None:
        self._opened.runner.send(intent)

    def _show_upcoming(self, asked: Asked) -> None:
        self._upcoming = asked
        self._show_target(asked)
        self._page.show_upcoming(asked)

    def _show_target(self, asked: Asked) -> None:
        """Show the length to aim at: a drill's own, or the pack's; the answer to a follow-up may be short."""
        pack = self._opened.studio.pack(asked.pack_id)
        drill = drill_on(asked.drill.about, pack) if asked.drill is not None else None
        band = held_against(pack, drill, AskedQuestion(asked.question_id, asked.text)).band("length")
        self._page.show_target(*((band.good_low, band.good_high) if band is not None else (None, None)))

    def _changed(self, value: object) -> None:
        if not isinstance(value, Rehearsal):
            return
        before, self._state = self._state, value
        self._beginning = False
        if value.asked is not None:
            self._upcoming = value.asked
        self._page.show_state(value)
        self._notice.show(before.phase, value)
        self.taking.emit(value.phase in _TAKING)
        self._window.navigation.show_recording(value.phase is Phase.LISTENING)
        if value.phase is not before.phase:
            self._moved(before.phase, value)

    def _moved(self, before: Phase, state: Rehearsal) -> None:
        if before in {Phase.SAVING, Phase.LISTENING, Phase.ANALYSING}:
            self.kept.emit()
        if state.session is not None and state.phase is Phase.ANALYSING:
            self.awaited.begin(state.session.id)
        self._reviewed = self._origin = None  # nothing may lead, or bring the page back, to an earlier take
        if state.phase is Phase.REVIEW and state.session is not None:
            self.shown.emit(None)
            self.awaited.read(state.session, self._review)

    def _review(self, review: Review) -> None:
        if self._state.phase is not Phase.REVIEW or self._state.session != review.session:
            return
        self._show(review)
        self.reported.emit(review)

    def _analysed_late(self, value: object) -> None:
        """Show the report on an answer that nobody waited for wherever that answer is shown."""
        if isinstance(value, Analysed):
            self.kept.emit()
            self.awaited.read(value.session, self.reported.emit)

    def _failed_late(self, value: object) -> None:
        """Tell why that report does not come, unless its answer was deleted or somebody speaks just now."""
        if isinstance(value, AnalysisFailed):
            self.awaited.end(value.session_id)
            error = value.error
            if self._state.phase not in _TAKING and not isinstance(error, SessionNotFoundError):
                self._complain(error)

    def _show(self, review: Review) -> None:
        session = self._reviewed = review.session
        self._origin = review.origin
        seconds, has_origin = session.duration_seconds, review.origin is not None
        if review.feedback is not None:
            self._page.show_feedback(
                review.feedback, seconds, playable=review.playable, has_origin=has_origin
            )
        else:
            question = session.question.text or ""
            self._page.show_failure(question, seconds, playable=review.playable, has_origin=has_origin)
        self._page.feedback.recording.show_peaks(review.peaks)
        self.shown.emit(session)

    def _correct(self, item: str, level: Level | None) -> None:
        studio, session = self._opened.studio, self._reviewed
        if session is not None:
            self._operations.run(lambda: correct_take(studio, session.id, item, level), self.changed.emit)

    def show_changed(self, review: Review) -> None:
        """Show a take that was changed, here or on another page."""
        if self._reviewed is not None and self._reviewed.id == review.session.id:
            self._page.feedback.keep_place()
            self._show(review)

    def _level(self, value: object) -> None:
        if isinstance(value, LevelHeard):
            self._page.show_level(value)
            if value.level.peak > SILENCE_PEAK:
                self._notice.show_heard(self._state)

    def _heard(self, value: object) -> None:
        if isinstance(value, HeardSoFar):
            self._page.show_heard(value)

    def _lost(self, value: object) -> None:
        if isinstance(value, BlocksDropped):
            self._page.show_lost(value.count)

    def _progress(self, value: object) -> None:
        session = self._state.session
        if isinstance(value, Transcribing) and session is not None and session.id == value.session_id:
            self._page.show_progress(value.share)

    def _play(self, stretch: Stretch) -> None:
        if self._reviewed is not None and self._reviewed.audio is not None:
            self._playback.play(self._reviewed.audio, stretch, self._page.feedback)
