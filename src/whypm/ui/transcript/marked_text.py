"""Text with the checklist's marks before its sentences."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QTextCursor

from whypm.domain.feedback import Level
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size
from whypm.ui.transcript.forms import TranscriptForms
from whypm.ui.widgets.fitted_text import FittedText
from whypm.ui.widgets.mark import draw_mark

_ROOM = "\N{NO-BREAK SPACE}" * 4
"""What a disc is painted on: spaces that stay on the line of their sentence, as an image would not."""
_SHARE = 0.72
"""The side of a mark, of the size of the letters."""
_LEFT = 1.5


def without_marks(text: str) -> str:
    """Return a text of the document without the room for the marks."""
    return " ".join(text.split())


class MarkedText(FittedText):
    """``clear`` it, write into it with ``insert_mark`` among the words, then call ``fit``."""

    def __init__(self, look: Look, size: Size, lines: int = 1) -> None:
        super().__init__(size, lines)
        self.look = look
        self._marks: list[tuple[int, Level]] = []
        """Where in the document a mark stands, and which."""

    @property
    def forms(self) -> TranscriptForms:
        """The formats of words here."""
        self.ensurePolished()  # until then it has not the letters that it will be shown in
        return TranscriptForms(self.look, self.font())

    @property
    def marks(self) -> tuple[Level, ...]:
        """The marks in the order of the text."""
        return tuple(level for _, level in self._marks)

    def clear(self) -> None:
        """Take out all words and marks."""
        super().clear()
        self._marks = []

    def insert_mark(self, cursor: QTextCursor, level: Level) -> None:
        """Put the mark of this level where the cursor is."""
        self._marks.append((cursor.position(), level))
        cursor.insertText(_ROOM, self.forms.ground(level))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the marks over the room that was left for them."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        side = self.font().pixelSize() * _SHARE
        for position, level in self._marks:
            cursor = self.textCursor()
            cursor.setPosition(position)
            place = self.cursorRect(cursor)
            top = place.center().y() - side / 2
            draw_mark(painter, QRectF(place.left() + _LEFT, top, side, side), level, self.look)
