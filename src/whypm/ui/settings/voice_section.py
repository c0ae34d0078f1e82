"""Settings for the interviewer's voice."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider

from whypm.ui.style.look import Look
from whypm.ui.widgets.button import button
from whypm.ui.widgets.choice import Choice
from whypm.ui.widgets.form import Form, beside
from whypm.ui.widgets.switch import Switch
from whypm.ui.widgets.text import text_label

_HANDLE_HEIGHT = 24
_SLOWEST, _FASTEST, _STEP = 100, 240, 5


class _PaceSlider(QSlider):
    """The wheel scrolls the page and never changes the pace."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page."""
        event.ignore()


class VoiceSection(Form):
    """``changed`` tells a setting's name and its new value; ``hear`` asks for a sample."""

    changed = Signal(str, object)
    hear = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__("The interviewer’s voice")
        self.speaks = Switch("Ask questions aloud", "speak-questions", look)
        self.voice = Choice("voice", "Voice", look)
        self.voice.addItem("The system’s own", None)
        self.pace = _PaceSlider(Qt.Orientation.Horizontal)
        self.pace.setObjectName("speech-rate")
        self.pace.setAccessibleName("Speech rate in words a minute")
        self.pace.setRange(_SLOWEST, _FASTEST)
        self.pace.setSingleStep(_STEP)
        self.pace.setMinimumHeight(_HANDLE_HEIGHT)
        self.pace.setPageStep(4 * _STEP)
        self._figure = text_label("", tone="quiet", figures=True, wraps=False)
        self._hear = button("Hear it", "hear")
        self._note = text_label("", tone="quiet", name="voice-note")
        self._note.hide()
        self.add("", self.speaks)
        self.add("Voice", beside(self.voice, self._hear, grows=0))
        self.add("Pace", beside(self.pace, self._figure, grows=0))
        self.add("", self._note)
        self.speaks.toggled.connect(lambda on: self.changed.emit("speak_questions", on))
        self.voice.activated.connect(lambda index: self.changed.emit("voice", self.voice.itemData(index)))
        self.pace.valueChanged.connect(self._show_figure)
        self.pace.valueChanged.connect(self._tell_pace)
        self.pace.sliderReleased.connect(self._tell_pace)
        self._hear.clicked.connect(self.hear)

    def show_voices(self, voices: Sequence[tuple[str, str]]) -> None:
        """Show the voices there are, each as its id and its name."""
        chosen = self.voice.currentData()
        self.voice.clear()
        self.voice.addItem("The system’s own", None)
        for voice_id, name in voices:
            self.voice.addItem(name, voice_id)
        self._choose(chosen)

    def show_choice(self, voice: str | None, words_per_minute: int, *, speaks: bool) -> None:
        """Show what is chosen."""
        with QSignalBlocker(self.speaks), QSignalBlocker(self.pace):
            self.speaks.setChecked(speaks)
            self.pace.setValue(words_per_minute)
        self._show_figure(words_per_minute)
        self._choose(voice)

    def show_hearing(self, hearing: bool) -> None:
        """Show whether the sample is on its way."""
        self._hear.setEnabled(not hearing)

    def show_note(self, words: str) -> None:
        """Say why there is no voice."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _show_figure(self, words_per_minute: int) -> None:
        self._figure.setText(f"{words_per_minute} words a minute")

    def _tell_pace(self) -> None:
        # While the knob is dragged every step in between would be written to the disk.
        if not self.pace.isSliderDown():
            self.changed.emit("speech_words_per_minute", self.pace.value())

    def _choose(self, voice: str | None) -> None:
        index = self.voice.findData(voice) if voice is not None else 0
        if index < 0:
            self.voice.addItem(f"{voice} (not on this machine)", voice)
            index = self.voice.count() - 1
        self.voice.setCurrentIndex(index)
