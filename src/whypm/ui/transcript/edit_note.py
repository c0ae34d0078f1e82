"""Whose words a transcript holds, and the ways back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.announcement import announce
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.flow import Flow
from whypm.ui.widgets.text import text_label

_OWN = "You put these words right: checklist and figures follow them, and what was recognised is kept."
_RECOGNISED = "These are the words that were recognised."
_CHECKING = "Holding your words against the checklist again."


class EditNote(QWidget):
    """Hidden where the words are those that were recognised and nothing can be undone.

    ``restore`` asks for what was recognised, ``undo`` and ``redo`` for the text before and after.
    """

    restore = Signal()
    undo = Signal()
    redo = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._about = text_label("", Size.SMALL, tone="quiet", name="whose-words")
        self._recognised = text_label("", Size.SMALL, tone="quiet", name="recognised-text")
        self._undo = button("Undo", "undo-edit", Weight.INLINE, key="Ctrl+Z")
        self._redo = button("Redo", "redo-edit", Weight.INLINE, tip="Put it back as you had it")
        self._show = button("What was recognised", "show-recognised", Weight.INLINE)
        self._show.setCheckable(True)
        self._restore = button(
            "Go back to it", "restore-words", Weight.INLINE, tip="Take the words that were recognised again"
        )
        self._progress = QProgressBar()
        self._progress.setObjectName("checking")
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 0)
        self._progress.setAccessibleName(_CHECKING)
        self._is_own = False
        self._checking = False
        row = Flow(spacing=Space.LARGE)
        for widget in (self._undo, self._redo, self._show, self._restore):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(self._about)
        column.addWidget(self._progress)
        column.addLayout(row)
        column.addWidget(self._recognised)
        self._undo.clicked.connect(self.undo)
        self._redo.clicked.connect(self.redo)
        self._restore.clicked.connect(self.restore)
        self._show.toggled.connect(self._recognised.setVisible)
        for widget in (self._undo, self._redo):
            widget.hide()
        self.show_words(None)

    def show_words(self, recognised: str | None) -> None:
        """Show whose words they are; ``recognised`` is what the user put right, if anything."""
        self._is_own = recognised is not None
        self._recognised.setText(recognised or "")
        self._show.setChecked(False)
        self._recognised.hide()
        self._show.setVisible(self._is_own)
        self._restore.setVisible(self._is_own)
        self._tell()

    def show_history(self, *, undo: bool, redo: bool) -> None:
        """Show which ways there are."""
        self._undo.setVisible(undo)
        self._redo.setVisible(redo)
        self._tell()

    def show_checking(self, checking: bool) -> None:
        """Show that the words are being checked; nothing can be undone meanwhile."""
        for widget in (self._undo, self._redo, self._restore):
            widget.setEnabled(not checking)
        if checking is not self._checking:
            self._checking = checking
            self._tell()
            if self.isVisible():
                announce(self, self._about.text())

    def _tell(self) -> None:
        ways = (self._undo, self._redo, self._restore)
        self.setVisible(self._checking or any(not widget.isHidden() for widget in ways))
        self._progress.setVisible(self._checking)
        self._about.setText(_CHECKING if self._checking else _OWN if self._is_own else _RECOGNISED)
