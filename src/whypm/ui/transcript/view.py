"""The transcript: words that light up as they are heard, play when they are chosen, and can be put right."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QMenu, QTextEdit

from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role, Size
from whypm.ui.transcript.marked_text import MarkedText, without_marks
from whypm.ui.transcript.pieces import Piece
from whypm.ui.transcript.word_field import WordField
from whypm.ui.transcript.words import replaced, word_text, written_word

_LINE_PERCENT = 150
_LONGEST_NAME = 40


class TranscriptView(MarkedText):
    """``chosen`` tells the second at which the chosen word begins.

    ``rewritten`` tells the whole text with some words put right, ``correcting`` whether the field for that is
    open; ``undo_wanted`` and ``redo_wanted`` that their keys were pressed.
    """

    chosen = Signal(float)
    rewritten = Signal(str)
    correcting = Signal(bool)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, Size.BODY, lines=2)
        self._pieces: tuple[Piece, ...] = ()
        self._begins: list[int] = []
        """Where each piece begins in the document. Qt counts an emoji as two, so its length does not tell."""
        self._ends: list[int] = []
        """Where each piece ends in the document, in characters."""
        self._lit: int | None = None
        self._edited = (0, 0)
        """The first and the last of the pieces that the field stands over."""
        self.field = WordField(self.viewport())
        self.setObjectName("transcript")
        self.setAccessibleName("What you said; Enter plays from the word at the cursor, F2 corrects it")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setTabChangesFocus(True)
        self.field.kept.connect(self._keep_words)
        self.field.left.connect(self.leave_field)
        self.field.heard.connect(self._play_edited)
        look.changed.connect(self._write_again)

    @property
    def lit_word(self) -> str | None:
        """The word that is lit now."""
        return None if self._lit is None else self._pieces[self._lit].text.strip()

    @property
    def spoken_text(self) -> str:
        """The words that are shown, without the marks among them."""
        return without_marks(self.toPlainText())

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show another transcript."""
        place = self.textCursor().position() if self.field.isVisible() else 0
        self.leave_field()
        self._pieces = tuple(pieces)
        self._lit = None
        self._write()
        self._go_to(place)

    def show_place(self, seconds: float | None) -> None:
        """Light the word that is heard at this second; None puts the light out."""
        lit = None if seconds is None else self._piece_at(seconds)
        if lit != self._lit:
            self._lit = lit
            self._light()

    def edit_words(self) -> None:
        """Open a field over the words that are selected, or over the one at the cursor."""
        if not self._pieces:
            return
        cursor = self.textCursor()
        first = self._index_at(cursor.selectionStart() + 1 if cursor.hasSelection() else cursor.position())
        last = self._index_at(cursor.selectionEnd())
        self._edited = written_word(self._pieces, first, max(first, last))
        text = word_text(self._pieces, *self._edited)
        self.field.open(text, self._place_of(*self._edited), f"Correct “{text}”")
        self.correcting.emit(True)

    def leave_field(self) -> None:
        """Close the field; the words stay as they were."""
        if not self.field.isHidden():
            self.field.hide()
            self.setFocus()
            self.correcting.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take the field along with its words."""
        super().resizeEvent(event)
        if not self.field.isHidden():
            self.field.stand(self._place_of(*self._edited))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Play from the word that was clicked; a drag selects as usual."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._choose(self.cursorForPosition(event.position().toPoint()).position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Put the word right; the click before has played it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setTextCursor(self.cursorForPosition(event.position().toPoint()))
            self.edit_words()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with the word here."""
        if self._pieces:
            if not self.textCursor().hasSelection() and event.reason() is QContextMenuEvent.Reason.Mouse:
                self.setTextCursor(self.cursorForPosition(event.pos()))
            self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """Return what can be done with the words that are selected, or with the one at the cursor."""
        menu = QMenu(self)
        menu.setObjectName("word-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        cursor = self.textCursor()
        index = self._index_at(cursor.selectionStart() + 1 if cursor.hasSelection() else cursor.position())
        piece = self._pieces[index]
        name = piece.text.strip() if not cursor.hasSelection() else cursor.selectedText()
        name = name if len(name) <= _LONGEST_NAME else "these words"
        if piece.span is not None:
            menu.addAction("Hear it from here\tEnter", lambda: self._play(piece))
        menu.addAction(f"Correct “{name}” …\tF2", self.edit_words)
        if cursor.hasSelection():
            menu.addAction("Copy", self.copy)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Play from the word at the cursor, put it right, or take a correction back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.textCursor().position())
        elif event.key() == Qt.Key.Key_F2:
            self.edit_words()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_wanted.emit()
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()  # Space belongs to the page
        else:
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Give the words alone to whoever pastes them."""
        # Qt's own object, emptied: the clipboard may keep it until the process ends, and one of Python's
        # would be destroyed after Python then, which crashes.
        data = super().createMimeDataFromSelection()
        data.text()  # fills it for good; until then it would give the selection again
        data.clear()
        data.setText(without_marks(self.textCursor().selection().toPlainText()))
        return data

    def _keep_words(self, text: str) -> None:
        self.field.setEnabled(False)  # until they are checked: should that fail, they are still there
        self.rewritten.emit(replaced(self._pieces, *self._edited, text))

    def _play_edited(self) -> None:
        self._play(self._pieces[self._edited[0]])

    def _play(self, piece: Piece) -> None:
        if piece.span is not None:
            self.chosen.emit(piece.span.start)

    def _choose(self, position: int) -> None:
        if self._pieces and position <= self._ends[-1]:
            self._play(self._pieces[self._index_at(position)])

    def _index_at(self, position: int) -> int:
        return min(bisect_left(self._ends, position), len(self._pieces) - 1)

    def _place_of(self, first: int, last: int) -> QRect:
        """Return the rectangle around these pieces, or around what of them stands on the first line."""
        cursor = self.textCursor()
        cursor.setPosition(self._begins[first])
        start = self.cursorRect(cursor)
        cursor.setPosition(self._ends[last])
        end = self.cursorRect(cursor)
        return start.united(end) if end.top() == start.top() else start

    def _piece_at(self, seconds: float) -> int | None:
        spans = [piece.span.start if piece.span else 0.0 for piece in self._pieces]
        index = bisect_right(spans, seconds) - 1
        span = self._pieces[index].span if index >= 0 else None
        # Whisper's words touch each other or leave a gap; in a gap longer than a breath nothing is lit.
        return index if span is not None and seconds < span.end + 0.4 else None

    def _write_again(self) -> None:
        """In other colours or letters; whoever reads with the cursor stays where they are."""
        place = self.textCursor().position()
        self._write()
        self._go_to(place)

    def _go_to(self, place: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def _write(self) -> None:
        self.clear()
        self._begins, self._ends = [], []
        forms, cursor = self.forms, self.textCursor()
        cursor.beginEditBlock()  # as one change: else every word lays the whole text out anew
        layout = cursor.blockFormat()
        layout.setLineHeight(_LINE_PERCENT, 1)
        cursor.setBlockFormat(layout)
        before: Piece | None = None
        for piece in self._pieces:
            joins = before is not None and before.level is piece.level
            if before is not None:
                space = " " if before.text[-1:].isspace() or piece.text[:1].isspace() else ""
                cursor.insertText(space, forms.ground(piece.level if joins else None))
            if piece.level is not None and not joins:
                self.insert_mark(cursor, piece.level)
            shape = forms.word(piece.kind, piece.level)
            shape.setToolTip(piece.note)
            self._begins.append(cursor.position())
            cursor.insertText(piece.text.strip(), shape)
            self._ends.append(cursor.position())
            before = piece
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._light()
        self.fit()

    def _light(self) -> None:
        if self._lit is None:
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        cursor = self.textCursor()
        cursor.setPosition(self._begins[self._lit])
        cursor.setPosition(self._ends[self._lit], QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        shape = QTextCharFormat()
        shape.setBackground(self.look.colour(Role.ACCENT))
        shape.setForeground(self.look.colour(Role.ON_ACCENT))
        shape.setProperty(QTextFormat.Property.FullWidthSelection, False)
        selection.format = shape
        self.setExtraSelections([selection])
