"""The words as they are understood while somebody speaks: off unless asked for, and grey."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from whypm.domain.transcript import HeardSoFar
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.switch import Switch
from whypm.ui.widgets.text import text_label

_MOST_CHARACTERS = 220
"""The latest words, as many as stand in three lines of the narrowest window."""
_NOTHING_YET = "Your words will stand here as they are understood."


class LiveText(QWidget):
    """The latest words, where they are wanted; ``toggled`` tells the choice. ``switch`` stands elsewhere."""

    toggled = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.switch = Switch("Live text", "live-text", look, Size.SMALL, Space.HAIR)
        # With the focus on it, Space would no longer stop the answer.
        self.switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.switch.setToolTip("Show your words while you speak")
        self._words = text_label("", Size.SMALL, tone="quiet", name="live-words")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)
        column.addStretch(1)
        self.switch.toggled.connect(self._words.setVisible)
        self.switch.clicked.connect(self.toggled)
        self.clear()
        self._words.hide()

    @property
    def text(self) -> str:
        """The words that are shown."""
        return "" if self._words.isHidden() else self._words.text()

    def show_choice(self, *, on: bool) -> None:
        """Show the words, or the switch alone."""
        self.switch.setChecked(on)

    def show_heard(self, heard: HeardSoFar) -> None:
        """Show what is understood so far; of much text its end."""
        text = " ".join(f"{heard.settled} {heard.ahead}".split())
        if len(text) > _MOST_CHARACTERS:
            text = f"… {text[-_MOST_CHARACTERS:].partition(' ')[2]}"
        self._words.setText(text or _NOTHING_YET)

    def clear(self) -> None:
        """Forget the words of an earlier answer."""
        self._words.setText(_NOTHING_YET)
