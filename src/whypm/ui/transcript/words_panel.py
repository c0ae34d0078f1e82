"""The words of an answer: to be read and heard, or to be put right, one by one or all at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.transcript.edit_note import EditNote
from whypm.ui.transcript.editor import TranscriptEditor
from whypm.ui.transcript.legend import TranscriptLegend, legend
from whypm.ui.transcript.pieces import Piece
from whypm.ui.transcript.view import TranscriptView
from whypm.ui.transcript.words import second_at, whole_text
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.flow import Flow
from whypm.ui.widgets.text import text_label

_HEAR = "Choose a word to hear it from there."
_CORRECT = "Double-click a word, or press F2 on it, to correct it."
_FIELD = "Enter keeps it    Esc leaves it as it was    Ctrl+P plays from here    Empty takes it out"
_KEYS = "Ctrl+Enter keeps    Ctrl+Z undoes    Ctrl+P plays from the cursor"


class WordsPanel(QWidget):
    """``edited`` tells the text that the user wants kept, or None for what was recognised.

    ``drafted`` tells a text that is still being typed, None once it is given up. ``opened`` tells that the
    editor has taken the place of the words. Nothing is changed here: ``show_words`` brings what became of it.
    """

    play_from = Signal(float)
    edited = Signal(object)
    drafted = Signal(object)
    opened = Signal()
    undo = Signal()
    redo = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._pieces: tuple[Piece, ...] = ()
        self._checking = False
        self._playable = False
        self._held_focus = False
        """Whether something here had the focus when a check began."""
        self.transcript = TranscriptView(look)
        self.editor = TranscriptEditor()
        self.note = EditNote()
        self.correct_button = button(
            "Correct the words", "correct-words", Weight.QUIET, key="E", tip="Put right what was misheard"
        )
        self.correct_button.setParent(self)  # until it is given its place: alone it would be a window
        self._legend = TranscriptLegend(look)
        self._silence = text_label("No words were heard.", tone="quiet")
        self._how = text_label("", Size.SMALL, tone="quiet", name="transcript-how")
        self._undo_typing = button("Undo", "undo-typing", Weight.QUIET, key="Ctrl+Z")
        self._keep = button("Keep these words", "keep-words", key="Ctrl+Enter")
        self._cancel = button("Cancel", "cancel-edit", Weight.QUIET, tip="Leave the words as they were")
        self._actions = self._make_actions()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.MEDIUM)
        for widget in (
            self.note,
            self.transcript,
            self.editor,
            self._silence,
            self._actions,
            self._legend,
            self._how,
        ):
            column.addWidget(widget)
        self._connect()
        self._arrange(editing=False)

    @property
    def editing(self) -> bool:
        """Whether the whole text is open to be typed in."""
        return not self.editor.isHidden()

    @property
    def awaits_focus(self) -> bool:
        """Whether the focus comes back here once a check has ended: what had it cannot be pressed now."""
        return self._held_focus and QApplication.focusWidget() is None

    def show_words(
        self, pieces: Sequence[Piece], *, recognised: str | None, playable: bool, keep_open: bool = False
    ) -> None:
        """Show the words of a report; ``recognised`` is what was recognised, where these are the user's own.

        With ``keep_open`` an editor stays open, unless its own text is what has just been checked.
        """
        self._pieces = tuple(pieces)
        had_focus = self._is_typed_in()
        stays = keep_open and self.editing and not self._checking
        self.transcript.show_pieces(pieces)
        self.note.show_words(recognised)
        self._legend.show_entries(legend(pieces))
        self._playable = playable
        self._tell_how(correcting=False)
        self._arrange(editing=stays)
        if had_focus and keep_open and not stays:
            self.transcript.setFocus()

    def show_checking(self, checking: bool) -> None:
        """Show that words are being checked; afterwards those that could not be kept are still there."""
        self._checking = checking
        if checking:
            self._held_focus = self._holds_focus()
            if self._is_typed_in() and self.editing:
                self.editor.setFocus()  # the buttons cannot be pressed now
        self.note.show_checking(checking)
        self.editor.setReadOnly(checking)
        self._cancel.setEnabled(not checking)
        self.transcript.field.setEnabled(not checking)
        self._offer()
        if not checking and self.awaits_focus:  # what was pressed has gone: there is nothing more to undo
            self.transcript.setFocus()
        self._held_focus = self._held_focus and checking

    def edit(self, draft: str | None = None) -> None:
        """Open the whole text, or take up a text that was left in the middle."""
        if self.editing or self._checking:
            return
        self.transcript.leave_field()
        self.editor.show_text(whole_text(self._pieces))
        if draft is not None:
            self.editor.selectAll()
            self.editor.insertPlainText(draft)
        self._arrange(editing=True)
        self.editor.setFocus()
        self.opened.emit()

    def _holds_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _is_typed_in(self) -> bool:
        focus = QApplication.focusWidget()
        places = (self.editor, self._actions, self.transcript.field)
        return focus is not None and any(place is focus or place.isAncestorOf(focus) for place in places)

    def _connect(self) -> None:
        self.transcript.chosen.connect(self.play_from)
        self.transcript.rewritten.connect(self.edited.emit)
        self.transcript.correcting.connect(lambda on: self._tell_how(correcting=on))
        for source in (self.transcript.undo_wanted, self.note.undo):
            source.connect(self.undo)
        for source in (self.transcript.redo_wanted, self.note.redo):
            source.connect(self.redo)
        self.note.restore.connect(lambda: self.edited.emit(None))
        self.correct_button.clicked.connect(lambda _checked: self.edit())
        self.editor.kept.connect(self._keep_text)
        self.editor.left.connect(self._give_up)
        self.editor.heard.connect(self._play_typed)
        self.editor.textChanged.connect(self._typed)
        self.editor.undoAvailable.connect(self._undo_typing.setEnabled)
        self._undo_typing.clicked.connect(self._undo_typed)
        self._keep.clicked.connect(self._keep_text)
        self._cancel.clicked.connect(self._give_up)

    def _make_actions(self) -> QWidget:
        actions = QWidget()
        row = Flow(spacing=Space.SMALL)
        for widget in (self._keep, self._undo_typing, self._cancel):
            row.addWidget(widget)
        column = QVBoxLayout(actions)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addLayout(row)
        keys = text_label(_KEYS, Size.SMALL, tone="quiet", name="editor-keys")
        column.addWidget(keys)
        return actions

    def _arrange(self, *, editing: bool) -> None:
        has_words = bool(self._pieces)
        self.editor.setVisible(editing)
        self._actions.setVisible(editing)
        self.transcript.setVisible(has_words and not editing)
        self._silence.setVisible(not has_words and not editing)
        self._legend.setVisible(has_words and not editing)
        self._how.setVisible(has_words and not editing)
        self._undo_typing.setEnabled(self.editor.document().isUndoAvailable())
        self._offer()

    def _offer(self) -> None:
        """Offer what can be done now."""
        self.correct_button.setVisible(not self.editing and not self.isHidden())  # none without a report
        self.correct_button.setEnabled(not self._checking)
        text = " ".join(self.editor.toPlainText().split())
        self._keep.setEnabled(bool(text) and text != whole_text(self._pieces) and not self._checking)

    def _tell_how(self, *, correcting: bool) -> None:
        how = " ".join([_HEAR, _CORRECT] if self._playable else [_CORRECT])
        self._how.setText(_FIELD if correcting else how)

    def _typed(self) -> None:
        if self.editing:
            self._offer()
            self.drafted.emit(self.editor.toPlainText() if self.editor.document().isModified() else None)

    def _keep_text(self) -> None:
        if self._keep.isEnabled():
            self.edited.emit(" ".join(self.editor.toPlainText().split()))

    def _undo_typed(self) -> None:
        self.editor.undo()
        self.editor.setFocus()  # with nothing more to undo the button could not have it

    def _give_up(self) -> None:
        self.drafted.emit(None)
        self._arrange(editing=False)
        (self.transcript if self._pieces else self.correct_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _play_typed(self, position: int) -> None:
        second = second_at(self.editor.toPlainText(), position, self._pieces)
        if second is not None:
            self.play_from.emit(second)
