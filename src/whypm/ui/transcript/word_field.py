"""A small field over words of the transcript, to put them right where they stand."""

import re

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

_SPARE = 40
"""Pixels beside the words, for a longer one."""
_NARROWEST = 96
_HIGHER = 16
"""Than its words, in pixels."""
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
"""The words without the punctuation around them."""


class WordField(QLineEdit):
    """``kept`` tells the new words, ``left`` that the old ones stay, ``heard`` that they are to be played."""

    kept = Signal(str)
    left = Signal()
    heard = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._before = ""
        self.setObjectName("word-field")
        self.hide()

    def open(self, text: str, over: QRect, about: str) -> None:
        """Show the field over these words, all of them chosen but for the punctuation around them."""
        self._before = text
        self.setAccessibleName(about)
        self.setText(text)
        self.setEnabled(True)
        self.stand(over)
        core = _CORE.search(text)
        if core is not None:
            self.setSelection(core.start(), core.end() - core.start())
        self.show()
        self.raise_()
        self.setFocus()

    def stand(self, over: QRect) -> None:
        """Stand over these words, within the transcript."""
        self.ensurePolished()
        height = self.fontMetrics().height() + _HIGHER
        wide = self.fontMetrics().horizontalAdvance(self._before) + _SPARE
        width = min(max(wide, _NARROWEST), self._room.width())
        left = min(max(0, over.left() - _SPARE // 4), self._room.width() - width)
        top = min(over.center().y() - height // 2, self._room.height() - height)
        self.setGeometry(left, max(0, top), width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keep, leave or play; all else is typing."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            text = " ".join(self.text().split())
            if text == self._before:
                self.left.emit()
            else:
                self.kept.emit(text)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_P and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.heard.emit()
        else:
            super().keyPressEvent(event)
            event.accept()  # what is typed here is never a key of the page's
