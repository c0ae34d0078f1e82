"""What went wrong or needs a word, in one bar at the top: what happened, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from whypm.ui.style.theme import Space
from whypm.ui.widgets.announcement import announce
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.text import restyle, text_label


class NoticeBar(QFrame):
    """Hidden until it is given something to say. The latest notice takes the place of the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._message = text_label("", strong=True, name="notice-message", copies=True)
        self._remedy = text_label("", name="notice-remedy", copies=True)
        self._dismiss = button("Dismiss", "dismiss", Weight.QUIET, tip="Hide this notice")
        self._dismiss.clicked.connect(self.clear)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(self._message)
        words.addWidget(self._remedy)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.SMALL, Space.MEDIUM)
        row.addLayout(words, 1)
        row.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """All that is said now."""
        return f"{self._message.text()} {self._remedy.text()}".strip()

    def say(self, message: str, remedy: str = "", *, grave: bool = False) -> None:
        """Show a notice; ``grave`` where something could not go on."""
        self._message.setText(message)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self.setProperty("grave", grave)
        restyle(self)
        self.setAccessibleName(self.text)
        self.show()
        if self.isVisible():
            announce(self, self.text)

    def clear(self) -> None:
        """Say nothing any more."""
        self._message.setText("")
        self._remedy.setText("")
        self.hide()
