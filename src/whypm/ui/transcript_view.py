"""The transcript: words that light up as they are heard, and play when they are chosen."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from whypm.domain.feedback import Level
from whypm.ui.fonts import text_font
from whypm.ui.look import Look
from whypm.ui.pieces import Piece, PieceKind
from whypm.ui.theme import Role, Size
from whypm.ui.widgets.mark import STATE_ROLES

_LINE_PERCENT = 150
_DOTS = QTextCharFormat.UnderlineStyle.DotLine
_LINES = {
    PieceKind.FILLER: (_DOTS, Role.WARNING),
    PieceKind.REPAIR: (_DOTS, Role.ACCENT),
    PieceKind.UNSURE: (QTextCharFormat.UnderlineStyle.DashUnderline, Role.TEXT_QUIET),
}
"""What stands under a kind of word, and its colour."""
_QUIET = frozenset({PieceKind.FILLER, PieceKind.REPAIR, PieceKind.UNCLEAR})


class TranscriptView(QTextEdit):
    """As high as its text; ``chosen`` tells the second at which the chosen word begins."""

    chosen = Signal(float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pieces: tuple[Piece, ...] = ()
        self._ends: list[int] = []
        """Where each piece ends in the document, in characters."""
        self._lit: int | None = None
        self.setObjectName("transcript")
        self.setAccessibleName("What you said; Enter plays from the word at the cursor")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(text_font(Size.BODY))
        self.document().setDocumentMargin(0)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._write)

    @property
    def lit_word(self) -> str | None:
        """The word that is lit now."""
        return None if self._lit is None else self._pieces[self._lit].text.strip()

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show another transcript."""
        self._pieces = tuple(pieces)
        self._lit = None
        self._write()

    def show_place(self, seconds: float | None) -> None:
        """Light the word that is heard at this second; None puts the light out."""
        lit = None if seconds is None else self._piece_at(seconds)
        if lit != self._lit:
            self._lit = lit
            self._light()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the text at the present width."""
        return QSize(200, int(self.document().size().height()) + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Grow or shrink with the text."""
        super().resizeEvent(event)
        self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Play from the word that was clicked; a drag selects as usual."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._choose(self.cursorForPosition(event.position().toPoint()).position())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Play from the word at the cursor."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.textCursor().position())
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()  # Space belongs to the page
        else:
            super().keyPressEvent(event)

    def _choose(self, position: int) -> None:
        index = bisect_left(self._ends, position)
        span = self._pieces[index].span if index < len(self._pieces) else None
        if span is not None:
            self.chosen.emit(span.start)

    def _piece_at(self, seconds: float) -> int | None:
        spans = [piece.span.start if piece.span else 0.0 for piece in self._pieces]
        index = bisect_right(spans, seconds) - 1
        span = self._pieces[index].span if index >= 0 else None
        # Whisper's words touch each other or leave a gap; in a gap longer than a breath nothing is lit.
        return index if span is not None and seconds < span.end + 0.4 else None

    def _write(self) -> None:
        self.clear()
        self._ends = []
        cursor = self.textCursor()
        layout = cursor.blockFormat()
        layout.setLineHeight(_LINE_PERCENT, 1)
        cursor.setBlockFormat(layout)
        for index, piece in enumerate(self._pieces):
            if index:
                before = self._pieces[index - 1]
                joins = before.level is piece.level
                space = " " if before.text[-1:].isspace() or piece.text[:1].isspace() else ""
                cursor.insertText(space, self._ground(piece.level if joins else None))
            cursor.insertText(piece.text.strip(), self._format(piece))
            self._ends.append(cursor.position())
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._light()
        self._fit()

    def _format(self, piece: Piece) -> QTextCharFormat:
        shape = self._ground(piece.level)
        shape.setToolTip(piece.note)
        if piece.kind in _QUIET:
            shape.setForeground(self._look.colour(Role.TEXT_QUIET))
        if piece.kind in _LINES:
            style, role = _LINES[piece.kind]
            shape.setUnderlineStyle(style)
            shape.setUnderlineColor(self._look.colour(role))
        return shape

    def _ground(self, level: Level | None) -> QTextCharFormat:
        shape = QTextCharFormat()
        shape.setFont(self.font())
        shape.setForeground(self._look.colour(Role.TEXT))
        if level is not None:
            shape.setBackground(self._look.tint(STATE_ROLES[level]))
        return shape

    def _light(self) -> None:
        if self._lit is None:
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        cursor = self.textCursor()
        end = self._ends[self._lit]
        cursor.setPosition(end - len(self._pieces[self._lit].text.strip()))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        shape = QTextCharFormat()
        shape.setBackground(self._look.colour(Role.ACCENT))
        shape.setForeground(self._look.colour(Role.ON_ACCENT))
        shape.setProperty(QTextFormat.Property.FullWidthSelection, False)
        selection.format = shape
        self.setExtraSelections([selection])

    def _fit(self) -> None:
        self.setFixedHeight(max(self.sizeHint().height(), 32))
