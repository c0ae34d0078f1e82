"""The room: the question, the interviewer or the timer, one level meter, one thing to do."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from whypm.domain.sound import LevelHeard
from whypm.sessions.engine import Phase
from whypm.ui.rehearsal.live_text import LiveText
from whypm.ui.rehearsal.scenes import SCENES
from whypm.ui.rehearsal.wishes import Wish
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.column import Column
from whypm.ui.widgets.flow import Flow, Gather
from whypm.ui.widgets.meter import LevelMeter
from whypm.ui.widgets.presence import Presence
from whypm.ui.widgets.ring import TimerRing
from whypm.ui.widgets.text import set_letters, text_label

_LIVE_PHASES = frozenset({Phase.IDLE, Phase.READING, Phase.OPENING, Phase.LISTENING})
_LONG_QUESTION = 130
_SILENCE_SECONDS = 4.0
"""Nobody thinks for so long without a sound from the room reaching an open microphone."""
SILENCE_PEAK = 0.0001
"""Three steps of 16 bits: what a converter makes of nothing."""


class Room(Column):
    """Shows one phase at a time; ``wished`` tells what the user wants."""

    wished = Signal(Wish)

    def __init__(self, look: Look) -> None:
        super().__init__(Space.LARGE)
        self.setAccessibleName("The rehearsal")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # takes the focus while there is nothing to press
        self.question = text_label("", Size.TITLE, strong=True, name="question")
        self.question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.ring = TimerRing(look)
        self.presence = Presence(look)
        self.meter = LevelMeter(look)
        self.live = LiveText(look)
        self._words = text_label("Getting ready.", tone="quiet", name="phase")
        self._warning = text_label("", tone="warning", name="sound-warning")
        self._keys = text_label("", Size.SMALL, tone="quiet", name="keys")
        for label in (self._words, self._warning, self._keys):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hints = QGridLayout()
        self._progress = QProgressBar()
        self._stage = self._make_stage()
        self._buttons = self._make_buttons()
        self.retry = button("Try again", "retry", Weight.PRIMARY, tip="Once more, now that it is put right")
        self._heard_seconds = 0.0
        self._phase = Phase.IDLE
        self._usable = False
        self._lay_out()
        look.changed.connect(self._arrange_hints)
        self.show_phase(Phase.IDLE, usable=False)

    @property
    def words(self) -> str:
        """What the phase is said to be."""
        return self._words.text()

    @property
    def warning(self) -> str:
        """What is said to be wrong with the sound; empty where nothing is."""
        return self._warning.text()

    @property
    def primary(self) -> QPushButton | None:
        """The one thing to do now."""
        name = SCENES[self._phase].primary
        return self._buttons[name] if name and self._usable else None

    def show_question(self, text: str) -> None:
        """Show a question; a long one in smaller letters, so that the rest stays in sight."""
        set_letters(self.question, Size.LEAD if len(text) > _LONG_QUESTION else Size.TITLE)
        self.question.setText(text)

    def show_phase(self, phase: Phase, *, usable: bool) -> None:
        """Show a phase; ``usable`` is False until there is something to start with."""
        scene = SCENES[phase]
        if phase is Phase.ANALYSING and self._phase is not Phase.ANALYSING:
            self.show_progress(None)
        if phase in {Phase.IDLE, Phase.READING, Phase.OPENING}:
            self.ring.show_time(0.0)
            self.live.clear()
            self._heard_seconds = 0.0
        self._phase, self._usable = phase, usable
        self._words.setText(scene.words if usable else "Getting ready.")
        self._keys.setText(scene.keys if usable else "")
        self._stage.setCurrentIndex(("ring", "presence", "busy").index(scene.shows))
        self.presence.speak(phase is Phase.ASKING)
        self.meter.show_level(None)
        self.meter.setVisible(phase in {Phase.OPENING, Phase.LISTENING})
        for live in (self.live, self.live.switch):
            live.setVisible(usable and phase in _LIVE_PHASES)
        self._warn("")
        self.retry.hide()
        for name, made in self._buttons.items():
            made.setVisible(usable and (name == scene.primary or name in scene.beside))
        self._keep_in_sight()

    def show_unready(self) -> None:
        """Show that nothing can begin."""
        self._words.setText("Not ready. What is wrong, and what to do about it, stands above.")
        for made in self._buttons.values():
            made.hide()
        self.retry.show()
        self.retry.setFocus()

    def show_level(self, heard: LevelHeard) -> None:
        """Show time and level of the take under way, and say so where nothing at all is heard."""
        self.ring.show_time(heard.seconds)
        self.meter.show_level(heard.level)
        if heard.level.peak > SILENCE_PEAK:
            if heard.seconds - self._heard_seconds > _SILENCE_SECONDS:
                self._warn("")
            self._heard_seconds = heard.seconds
        elif heard.seconds - self._heard_seconds > _SILENCE_SECONDS:
            self._warn(
                "Nothing reaches me. Check the microphone's mute switch, or choose another in Settings."
            )

    def show_lost(self, count: int) -> None:
        """Say that the sound system lost input."""
        pieces = "a piece" if count == 1 else f"{count} pieces"
        self._warn(f"The sound system has lost {pieces} of your answer. Closing other programs helps.")

    def show_progress(self, share: float | None) -> None:
        """Show how far the transcription has come, 0 to 1; None where that is not known yet."""
        self._progress.setRange(0, 0 if share is None else 100)
        if share is not None:
            self._progress.setValue(round(share * 100))
            if share >= 1 and self._phase is Phase.ANALYSING:
                self._words.setText("Holding it against the checklist.")

    def _warn(self, words: str) -> None:
        """Say it where it is seen."""
        if words != self._warning.text():
            self._warning.setText(words)
            self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """Scroll no further than to what is wrong, or else to what there is to do.

        In a low window, or with a notice above a long question, their place is below the fold.
        """
        self.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, self._scroll)  # once all has found its height

    def _scroll(self) -> None:
        wanted = self._warning if self._warning.text() else self.primary
        if wanted is not None:
            self.ensureWidgetVisible(wanted, 0, Space.SMALL)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in sight when a notice takes of the room."""
        super().resizeEvent(event)
        self._arrange_hints()
        self._keep_in_sight()

    def _arrange_hints(self) -> None:
        """Put the switch beside the keys, or below them where they would meet in some phase.

        Beside them means in one cell, so that the words stand in the middle whatever is on their right.
        """
        longest = max(self._keys.fontMetrics().horizontalAdvance(scene.keys) for scene in SCENES.values())
        wanted = longest + 2 * (self.live.switch.sizeHint().width() + Space.SMALL)
        row = int(self.column_width < wanted)
        self._hints.removeWidget(self.live.switch)
        self._hints.addWidget(self.live.switch, row, 0, Qt.AlignmentFlag.AlignRight)

    def _make_stage(self) -> QStackedWidget:
        stage = QStackedWidget()
        self._progress.setObjectName("progress")
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(280)
        self._progress.setAccessibleName("Transcribing")
        for widget in (self.ring, self.presence, self._progress):
            middle = QWidget()
            layout = QHBoxLayout(middle)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignCenter)
            stage.addWidget(middle)
        return stage

    def _make_buttons(self) -> dict[str, QPushButton]:
        made = {
            "start": (Wish.BEGIN, button("Start", "start", Weight.PRIMARY, key="Space")),
            "hush": (
                Wish.HUSH,
                button("Answer now", "hush", Weight.PLAIN, key="Esc", tip="Stop the voice and answer"),
            ),
            "answer": (Wish.ANSWER, button("Start answering", "answer", Weight.PRIMARY, key="Space")),
            "stop": (
                Wish.STOP,
                button("Stop", "stop", Weight.PRIMARY, key="Space", tip="Finish your answer"),
            ),
            "repeat": (
                Wish.REPEAT,
                button("Hear it again", "repeat", Weight.QUIET, key="R", tip="Ask the question again"),
            ),
            "start-over": (
                Wish.START_OVER,
                button(
                    "Start over",
                    "start-over",
                    Weight.QUIET,
                    tip="Set this take aside and go back to the start",
                ),
            ),
            "next": (Wish.NEXT, button("Another question", "next", Weight.QUIET, key="N")),
            "back-to-start": (
                Wish.LEAVE,
                button(
                    "Back", "back-to-start", Weight.QUIET, tip="Go back to the start; nothing is recorded"
                ),
            ),
            "leave": (
                Wish.LEAVE,
                button("Don’t wait", "leave", Weight.PLAIN, tip="Go on; the report comes meanwhile"),
            ),
        }
        for wish, widget in made.values():
            widget.clicked.connect(lambda _checked=False, wish=wish: self.wished.emit(wish))
        return {name: widget for name, (_, widget) in made.items()}

    def _lay_out(self) -> None:
        for at_times in (self.meter, self.live.switch):
            policy = at_times.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            at_times.setSizePolicy(policy)
        row = QWidget()
        row.setObjectName("actions")  # its least height is in the style sheet: nothing jumps without a button
        actions = Flow(row, Gather.MIDDLE, Space.SMALL)
        for widget in self._buttons.values():
            actions.addWidget(widget)
        actions.addWidget(self.retry)
        self._hints.addWidget(self._keys, 0, 0)
        self._arrange_hints()
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._warning)
        below.addWidget(self.live, 1)  # in place of empty room, so that nothing jumps
        self.content.addStretch(1)
        self.content.addWidget(self.question)
        self.content.addSpacing(Space.SMALL)
        self.content.addWidget(self._stage)
        self.content.addWidget(self._words)
        self.content.addWidget(self.meter, 0, Qt.AlignmentFlag.AlignHCenter)
        self.content.addWidget(row)
        self.content.addLayout(self._hints)
        self.content.addLayout(below, 2)
