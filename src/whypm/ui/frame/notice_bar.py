"""What went wrong or needs a word, in one bar at the top: what happened, and what to do."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from whypm.ui.style.theme import Space
from whypm.ui.widgets.announcement import announce
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.text import restyle, text_label

_MOST_SHARE = 0.3
"""Of the window's height, for the words: several faults in large letters would leave the page no room."""


class NoticeBar(QWidget):
    """Hidden until it is given something to say. The latest notice takes the place of the one before.

    Where its words are many they scroll, and the page below keeps the larger part of the window.
    """

    def __init__(self) -> None:
        super().__init__()
        self._frame = QFrame()
        self._frame.setObjectName("notice")
        self._message = text_label("", strong=True, name="notice-message", copies=True)
        self._remedy = text_label("", name="notice-remedy", copies=True)
        self._dismiss = button("Dismiss", "dismiss", Weight.QUIET, tip="Hide this notice")
        self._dismiss.clicked.connect(self.clear)
        inside = QWidget()
        words = QVBoxLayout(inside)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(Space.HAIR)
        words.addWidget(self._message)
        words.addWidget(self._remedy)
        self._words = _Words(inside)
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.SMALL, Space.MEDIUM)
        row.addWidget(self._words, 1)
        row.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignTop)
        around = QVBoxLayout(self)  # its room is gone with it, or the page would end below the window's edge
        around.setContentsMargins(Space.SECTION, Space.MEDIUM, Space.SECTION, 0)
        around.addWidget(self._frame)
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
        self._frame.setProperty("grave", grave)
        restyle(self._frame)
        self.setAccessibleName(self.text)
        self._words.setAccessibleName(self.text)
        self._words.verticalScrollBar().setValue(0)
        self._words.updateGeometry()
        self.show()
        if self.isVisible():
            announce(self, self.text)

    def leave_room(self, height: int) -> None:
        """Take no more than a share of a window that is so many pixels high."""
        self._words.setMaximumHeight(max(1, round(_MOST_SHARE * height)))

    def clear(self) -> None:
        """Say nothing any more."""
        self._message.setText("")
        self._remedy.setText("")
        self.hide()


class _Words(QScrollArea):
    """As high as its words at the width that it has, up to its greatest height."""

    def __init__(self, words: QWidget) -> None:
        super().__init__()
        self._inside = words
        self.setObjectName("notice-words")
        words.setObjectName("notice-inside")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(words)
        self._reach()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Say that a narrow place makes it higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height of all words, or the greatest one allowed."""
        return min(self._inside.heightForWidth(width), self.maximumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Go along with words that have become larger."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let the arrow keys in where there is something to scroll."""
        super().resizeEvent(event)
        self._reach()

    def _reach(self) -> None:
        scrolls = self.verticalScrollBar().maximum() > 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)
