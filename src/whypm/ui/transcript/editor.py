"""The whole transcript as plain text to be typed in, as high as its text."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

_FEWEST_LINES = 3
_FRAME = 28
"""Padding and border of the style sheet, above and below."""


class TranscriptEditor(QPlainTextEdit):
    """``kept`` tells that the text is done, ``left`` to stop editing, ``heard`` to play from the cursor."""

    kept = Signal()
    left = Signal()
    heard = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("transcript-editor")
        self.setAccessibleName("What you said, to be put right; Control and Enter keep it")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_text(self, text: str) -> None:
        """Begin with a text; there is nothing to undo yet."""
        self.setPlainText(text)
        self.document().setModified(False)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the text at the present width."""
        lines = max(_FEWEST_LINES, int(self.document().size().height()))
        return QSize(200, lines * self.fontMetrics().lineSpacing() + _FRAME)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Grow or shrink with the text."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keep, leave or play; all else is typing."""
        controlled = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and controlled:
            self.kept.emit()
        elif event.key() == Qt.Key.Key_P and controlled:
            self.heard.emit(len(self._before_cursor()))
        elif event.key() == Qt.Key.Key_Escape:
            # Typing is not thrown away by one key: then Esc goes on to silence what is heard.
            if self.document().isModified():
                event.ignore()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)
            event.accept()

    def _before_cursor(self) -> str:
        cursor = self.textCursor()
        cursor.setPosition(cursor.position())
        cursor.movePosition(QTextCursor.MoveOperation.Start, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _fit(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
