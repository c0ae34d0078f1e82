"""The recording: its sound to go through, and its words beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from whypm.ui.report.feedback_content import Feedback
from whypm.ui.style.clock_time import clock_time
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.transcript.words_panel import WordsPanel
from whypm.ui.widgets.column import Card
from whypm.ui.widgets.play_button import PlayButton
from whypm.ui.widgets.text import text_label
from whypm.ui.widgets.waveform import Waveform


class RecordingSection(QWidget):
    """``play_from`` asks for the recording from a second on; ``toggled`` for all of it, or for silence."""

    play_from = Signal(float)
    toggled = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.play_button = PlayButton("Hear the whole answer (P)", look, "play-all", side=36)
        self.waveform = Waveform(look)
        self.words = WordsPanel(look)
        self._seconds = 0.0
        self._time = text_label("", Size.SMALL, tone="quiet", figures=True, wraps=False, name="place")
        self._player = QWidget()
        player = QHBoxLayout(self._player)
        player.setContentsMargins(0, 0, 0, 0)
        player.setSpacing(Space.MEDIUM)
        player.addWidget(self.play_button)
        player.addWidget(self.waveform, 1)
        player.addWidget(self._time, 0, Qt.AlignmentFlag.AlignVCenter)
        self._faults = text_label("", Size.SMALL, tone="warning", name="sound-faults")
        self._unclear = text_label("", Size.SMALL, tone="quiet", name="unclear")
        self._repairs = text_label("", Size.SMALL, tone="quiet", name="repairs")
        head = QHBoxLayout()
        head.addWidget(text_label("What you said", Size.LEAD, strong=True), 1)
        head.addWidget(self.words.correct_button)
        card = Card(Space.MEDIUM)
        card.content.addLayout(head)
        for widget in (self._player, self._faults, self.words, self._repairs, self._unclear):
            card.content.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.play_button.clicked.connect(self.toggled)
        self.waveform.sought.connect(self.play_from)
        self.words.play_from.connect(self.play_from)

    @property
    def playable(self) -> bool:
        """Whether there is something to hear."""
        return not self._player.isHidden()

    def show_feedback(
        self, feedback: Feedback | None, seconds: float, *, playable: bool, keep_open: bool = False
    ) -> None:
        """Show the words of a recording of this length; without feedback the player alone.

        With ``keep_open`` it is the take that was shown before: what is being typed stays.
        """
        self._seconds = seconds
        self.setVisible(feedback is not None or playable)
        self._player.setVisible(playable)
        self.words.setVisible(feedback is not None)
        self.words.show_words(
            feedback.pieces if feedback is not None else (),
            recognised=feedback.recognised if feedback is not None else None,
            playable=playable,
            keep_open=keep_open,
        )
        unclear = feedback.unclear_seconds if feedback is not None else 0.0
        self._unclear.setText(f"{unclear:.1f} seconds of speech were not understood.")
        self._unclear.setVisible(unclear > 0)
        faults = "\n".join(feedback.sound_faults) if feedback is not None else ""
        self._faults.setText(faults)
        self._faults.setVisible(bool(faults))
        repairs = feedback.repairs if feedback is not None else ""
        self._repairs.setText(repairs)
        self._repairs.setVisible(bool(repairs))
        self.waveform.show_sound((), seconds)
        self._show_time(0.0)

    def show_peaks(self, peaks: tuple[float, ...]) -> None:
        """Show the shape of the sound, once it has been read."""
        self.waveform.show_sound(peaks, self._seconds)

    def show_place(self, seconds: float | None, *, whole: bool) -> None:
        """Show which second is heard (None: nothing), and whether the whole answer is under way."""
        self.play_button.show_playing(seconds is not None and whole)
        self.words.transcript.show_place(seconds)
        if seconds is not None:
            self.waveform.show_place(seconds)
            self._show_time(seconds)

    def _show_time(self, seconds: float) -> None:
        self._time.setText(f"{clock_time(seconds)} / {clock_time(self._seconds)}")
