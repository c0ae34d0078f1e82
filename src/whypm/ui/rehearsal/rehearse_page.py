"""The rehearsal: the room while somebody speaks, the feedback afterwards."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from whypm.domain.sound import LevelHeard
from whypm.domain.transcript import HeardSoFar
from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.events import Asked
from whypm.ui.rehearsal.room import Room
from whypm.ui.rehearsal.wishes import Wish, wish_for
from whypm.ui.report.feedback_content import Feedback
from whypm.ui.report.feedback_view import FeedbackView
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Space
from whypm.ui.widgets.announcement import announce
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.column import Foot
from whypm.ui.widgets.flow import Flow
from whypm.ui.widgets.text import text_label

_ROOM, _REVIEW = 0, 1
"""The places in the stack."""


class RehearsePage(QWidget):
    """Shows a ``Rehearsal``; ``wished`` tells what the user wants, ``retry`` to open the studio again.

    The feedback's own ``practise`` tells what a drill is wanted on.
    """

    wished = Signal(Wish)
    retry = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.room = Room(look)
        self.feedback = FeedbackView(look)
        self._state = Rehearsal()
        self._upcoming: Asked | None = None
        self._follow_up = text_label("", tone="quiet", name="follow-up-question", copies=True)
        self._actions = {
            Wish.REPEAT: button(
                "Try again", "try-again", Weight.PRIMARY, key="R", tip="Answer the same question again"
            ),
            Wish.BACK: button(
                "Back to the answer", "back-to-answer", tip="The answer that this drill came from"
            ),
            Wish.NEXT: button("Next question", "next-question", key="N"),
            Wish.FOLLOW_UP: button("Answer the follow-up", "follow-up", key="F"),
            Wish.REANALYSE: button(
                "Analyse it again", "reanalyse", tip="Transcribe and check the kept answer again"
            ),
        }
        self._stack = QStackedWidget()
        review = QWidget()
        column = QVBoxLayout(review)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.feedback, 1)
        column.addWidget(self._make_foot())
        self._stack.addWidget(self.room)
        self._stack.addWidget(review)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.room.wished.connect(self.wished)
        self.room.retry.clicked.connect(self.retry)

    @property
    def phase(self) -> Phase:
        """The phase that is shown."""
        return self._state.phase

    def show_upcoming(self, asked: Asked) -> None:
        """Show the question that comes next, while nothing is under way."""
        self._upcoming = asked
        self._show_room()
        self.take_focus()

    def show_state(self, state: Rehearsal) -> None:
        """Show where the rehearsal stands; ``show_feedback`` or ``show_failure`` brings the review."""
        before, self._state = self._state.phase, state
        if state.asked is not None:
            self._upcoming = state.asked
        self._show_room()
        if state.phase is not Phase.REVIEW:
            self._stack.setCurrentIndex(_ROOM)
        self.take_focus()
        if state.phase not in {before, Phase.REVIEW}:
            self._tell_phase(before)

    def show_opening(self) -> None:
        """Show that everything is being got ready, for the first time or once more."""
        self._show_room()
        self.take_focus()

    def show_unready(self) -> None:
        """Show that nothing can begin; the notice says why."""
        self.room.show_unready()

    def show_target(self, low: float | None, high: float | None) -> None:
        """Show the length to aim at, in seconds."""
        self.room.ring.show_target(low, high)

    def show_level(self, heard: LevelHeard) -> None:
        """Show the sound of the take under way."""
        if self.phase is not Phase.LISTENING:
            return
        said = self.room.warning
        self.room.show_level(heard)
        # A microphone that hears nothing does not hear a screen reader either.
        if self.isVisible() and self.room.warning and self.room.warning != said:
            announce(self, self.room.warning)

    def show_heard(self, heard: HeardSoFar) -> None:
        """Show what is understood of the take under way."""
        if self.phase is Phase.LISTENING:
            self.room.live.show_heard(heard)

    def show_lost(self, count: int) -> None:
        """Say that the sound system lost input."""
        self.room.show_lost(count)

    def show_progress(self, share: float) -> None:
        """Show how far the transcription has come."""
        if self.phase is Phase.ANALYSING:
            self.room.show_progress(share)

    def show_feedback(
        self, feedback: Feedback, seconds: float, *, playable: bool, has_origin: bool = False
    ) -> None:
        """Show the feedback on the answer; ``has_origin`` if it is a drill whose answer is kept."""
        again = self.feedback.keeps_place
        self.feedback.show_feedback(feedback, seconds, playable=playable)
        self._follow_up.setText(
            f"An interviewer might ask next: {feedback.follow_up}" if feedback.follow_up else ""
        )
        self._show_review(
            follow_up=feedback.follow_up is not None, failed=False, has_origin=has_origin, again=again
        )

    def show_failure(
        self, question: str, seconds: float, *, playable: bool, has_origin: bool = False
    ) -> None:
        """Show a kept answer that could not be analysed; the notice says why."""
        sentence = "Your answer is kept, but there is no report on it yet."
        self.feedback.show_take(question, sentence, seconds, playable=playable)
        self._follow_up.setText("")
        self._show_review(follow_up=False, failed=True, has_origin=has_origin)

    def press(self, key: int) -> bool:
        """Do what this key means now; return whether it means anything."""
        if key == Qt.Key.Key_P and self._stack.currentIndex() == _REVIEW:
            self.feedback.toggle_all()
            return True
        if key == Qt.Key.Key_E and self._stack.currentIndex() == _REVIEW:
            self.feedback.edit_words()
            return True
        wish = wish_for(key, self.phase)
        if wish is None or self._upcoming is None:
            return False
        if self.phase is Phase.REVIEW and wish in self._actions and self._actions[wish].isHidden():
            return False
        self.wished.emit(wish)
        return True

    def _show_review(self, *, follow_up: bool, failed: bool, has_origin: bool, again: bool = False) -> None:
        self._actions[Wish.REPEAT].setText("Practise it again" if has_origin else "Try again")
        self._actions[Wish.BACK].setVisible(has_origin)
        self._actions[Wish.NEXT].setVisible(not has_origin)
        self._follow_up.setVisible(follow_up)
        self._actions[Wish.FOLLOW_UP].setVisible(follow_up)
        self._actions[Wish.REANALYSE].setVisible(failed)
        self._stack.setCurrentIndex(_REVIEW)
        self.take_focus()
        if self.isVisible() and not again:
            announce(self, self.feedback.sentence)

    def _show_room(self) -> None:
        self.room.show_question(
            self._upcoming.text if self._upcoming is not None else "Why product management?"
        )
        self.room.show_phase(self._state.phase, usable=self._upcoming is not None)

    def _make_foot(self) -> QWidget:
        foot = Foot()
        foot.content.addWidget(self._follow_up)
        row = Flow(spacing=Space.SMALL)
        for wish, widget in self._actions.items():
            widget.clicked.connect(lambda _checked=False, wish=wish: self.wished.emit(wish))
            row.addWidget(widget)
        foot.content.addLayout(row)
        return foot

    def _tell_phase(self, before: Phase) -> None:
        """Have it read out; on another page only that the microphone is open, and that it is not any more."""
        if self.isVisible():
            announce(self, self.room.words)
        elif Phase.LISTENING in {before, self.phase}:
            announce(self.window(), "Recording." if self.phase is Phase.LISTENING else "No longer recording.")

    def take_focus(self) -> None:
        """Put the focus on the one thing to do: else it jumps to a neighbour that Space then presses."""
        if not self.isVisible() or QApplication.activeModalWidget() is not None:
            return
        if self._stack.currentIndex() == _REVIEW:
            focus, words = QApplication.focusWidget(), self.feedback.recording.words
            in_words = words.awaits_focus if focus is None else words.isAncestorOf(focus)
            if not in_words:
                self.feedback.setFocus()  # a Space too many must not begin anew
        else:
            (self.room.primary or self.room).setFocus()
