"""The places of the window on the left, and at the foot whether everything is ready."""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.state_dot import Standing, StateDot
from whypm.ui.widgets.text import set_tone, text_label

_WIDTH = 176
_CLOSEST = 120
"""What its longest word wants, in pixels at 100 %."""


class Place(StrEnum):
    """Where one can be."""

    REHEARSE = "Rehearse"
    SESSIONS = "Sessions"
    SETTINGS = "Settings"


KEYS = {Place.REHEARSE: "Ctrl+1", Place.SESSIONS: "Ctrl+2", Place.SETTINGS: "Ctrl+3"}

_RECORDING = (Standing.UNDER_WAY, "Recording", "Your answer is being recorded, on this machine")


class Navigation(QWidget):
    """``chosen`` tells where the user wants to go; ``show_place`` shows where they are."""

    chosen = Signal(Place)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._buttons = QButtonGroup(self)
        self._buttons.setExclusive(True)
        self._by_place = {
            place: button(place.value, place.value.lower(), Weight.PLACE, key=KEYS[place]) for place in Place
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.SECTION, Space.MEDIUM, Space.LARGE)
        column.setSpacing(Space.HAIR)
        name = text_label("WhyPM", Size.LEAD, strong=True, wraps=False)
        name.setContentsMargins(Space.MEDIUM, 0, 0, Space.MEDIUM)
        column.addWidget(name)
        for place, made in self._by_place.items():
            if place is Place.SETTINGS:
                column.addStretch(1)
            made.setCheckable(True)
            made.setAutoExclusive(True)  # for a screen reader it is one of several then, and no check box
            made.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(place))
            self._buttons.addButton(made)
            column.addWidget(made)
        self._stands = (Standing.UNDER_WAY, "", "")
        self._is_recording = False
        self._dot = StateDot(look)
        self._state = text_label("", Size.SMALL, tone="quiet", name="state")
        state = QHBoxLayout()
        state.setContentsMargins(Space.MEDIUM + 2, Space.SMALL, 0, 0)
        state.setSpacing(Space.SMALL)
        state.addWidget(self._dot)
        state.addWidget(self._state, 1)
        column.addLayout(state)
        self.show_place(Place.REHEARSE)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return its width: more than at 100 % only where large letters want it."""
        hint = super().sizeHint()
        return QSize(max(_WIDTH, self._look.scaled(_CLOSEST), hint.width()), hint.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Keep that width in a narrow window."""
        return QSize(self.sizeHint().width(), super().minimumSizeHint().height())

    def show_place(self, place: Place) -> None:
        """Show where the user is."""
        self._by_place[place].setChecked(True)

    def focus_place(self, place: Place) -> None:
        """Let the keyboard begin at this place."""
        self._by_place[place].setFocus()

    def show_state(self, standing: Standing, words: str, detail: str = "") -> None:
        """Say at the foot how things stand."""
        self._stands = (standing, words, detail)
        self._tell_state()

    def show_recording(self, recording: bool) -> None:
        """Say instead, on whatever page the user is, that the microphone is open; or say it no more."""
        if recording is not self._is_recording:
            self._is_recording = recording
            self._tell_state()

    def _tell_state(self) -> None:
        standing, words, detail = _RECORDING if self._is_recording else self._stands
        self._dot.show_standing(standing)
        self._state.setText(words)
        self._state.setToolTip(detail)
        set_tone(self._state, "warning" if standing is Standing.WRONG else "quiet")
