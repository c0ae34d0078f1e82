"""The words as they are understood while somebody speaks: off unless asked for, and grey."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from whypm.domain.transcript import HeardSoFar
from whypm.ui.look import Look
from whypm.ui.theme import Size, Space
from whypm.ui.widgets.switch import Switch
from whypm.ui.widgets.text import text_label

_LINES = 3
_MOST_CHARACTERS = 220
"""The latest words, as many as stand in three lines of the narrowest window."""
_NOTHING_YET = "Your words will stand here as they are understood."


class LiveText(QWidget):
    """The switch and, where it is on, the latest words. ``toggled`` tells the user's choice."""

    toggled = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._switch = Switch("Live text", "live-text", look)
        # With the focus on it, Space would no longer stop the answer.
        self._switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._switch.setToolTip("Show your words while you speak")
        self._words = text_label("", Size.SMALL, tone="quiet", name="live-words")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        self._words.setFixedHeight(_LINES * self._words.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self._words)
        column.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignRight)
        self._switch.toggled.connect(self._toggle)
        self._switch.clicked.connect(self.toggled)
        self.clear()
        self._toggle(on=False)

    @property
    def text(self) -> str:
        """The words that are shown."""
        return "" if self._words.isHidden() else self._words.text()

    def show_choice(self, *, on: bool) -> None:
        """Show the words, or the switch alone."""
        self._switch.setChecked(on)

    def show_heard(self, heard: HeardSoFar) -> None:
        """Show what is understood so far; of much text its end."""
        text = " ".join(f"{heard.settled} {heard.ahead}".split())
        if len(text) > _MOST_CHARACTERS:
            text = f"… {text[-_MOST_CHARACTERS:].partition(' ')[2]}"
        self._words.setText(text or _NOTHING_YET)

    def clear(self) -> None:
        """Forget the words of an earlier answer."""
        self._words.setText(_NOTHING_YET)

    def _toggle(self, on: bool) -> None:
        self._words.setVisible(on)
