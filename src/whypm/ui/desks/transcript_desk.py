"""Joins a transcript on a page to what is kept: the user's words are checked and come back as a report."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from whypm.domain.errors import WhypmError
from whypm.domain.session import Session
from whypm.ui.desks.edit_history import EditHistory, Edits, own_words
from whypm.ui.desks.operation import Operations
from whypm.ui.desks.review import Review, edit_take
from whypm.ui.transcript.words_panel import WordsPanel

if TYPE_CHECKING:
    from whypm.studio import Studio


class TranscriptDesk(QObject):
    """``changed`` tells a take whose words were put right, as it is kept now.

    ``drafted`` tells whether there are words, of any take, that were typed and not kept. ``edits`` is shared
    among the pages: what was undone on one is undone on all.
    """

    changed = Signal(object)
    drafted = Signal(bool)

    def __init__(
        self,
        studio: "Studio",
        panel: WordsPanel,
        operations: Operations,
        edits: Edits,
        on_failure: Callable[[WhypmError], None],
    ) -> None:
        super().__init__()
        self._studio = studio
        self._panel = panel
        self._operations = operations
        self._edits = edits
        self._on_failure = on_failure
        self._session: Session | None = None
        panel.edited.connect(self._edit)
        panel.undo.connect(self._undo)
        panel.redo.connect(self._redo)
        panel.drafted.connect(self._draft)

    def take(self, session: Session | None) -> None:
        """Know which take the page shows now."""
        self._session = session
        if session is None:
            return
        history = self._edits.history(session.id)
        self._panel.note.show_history(undo=bool(history.earlier), redo=bool(history.later))
        self._panel.show_checking(session.id in self._edits.checking)
        draft = self._edits.drafts.get(session.id)
        if draft is not None and session.report is not None:
            self._panel.edit(draft)

    def forget(self, session_id: str) -> None:
        """Let a text go that was being typed: its take was deleted."""
        self._edits.drafts.pop(session_id, None)
        self.drafted.emit(bool(self._edits.drafts))

    def _draft(self, text: str | None) -> None:
        if self._session is not None and text is not None:
            self._edits.drafts[self._session.id] = text
            self.drafted.emit(True)
        elif self._session is not None:
            self.forget(self._session.id)

    def _edit(self, text: str | None) -> None:
        session = self._session
        if session is not None:
            self._check(session, text, self._edits.history(session.id).edited(own_words(session)))

    def _undo(self) -> None:
        session = self._session
        history = self._edits.history(session.id) if session is not None else EditHistory()
        if session is not None and history.earlier:
            self._check(session, history.earlier[-1], history.undone(own_words(session)))

    def _redo(self) -> None:
        session = self._session
        history = self._edits.history(session.id) if session is not None else EditHistory()
        if session is not None and history.later:
            self._check(session, history.later[-1], history.redone(own_words(session)))

    def _check(self, session: Session, text: str | None, history: EditHistory) -> None:
        if session.id in self._edits.checking:
            return
        studio, edits = self._studio, self._edits
        edits.checking.add(session.id)
        self._panel.show_checking(True)

        def kept(review: Review) -> None:
            edits.histories[session.id] = history
            edits.checking.discard(session.id)
            self.forget(session.id)
            self.changed.emit(review)

        def not_kept(error: WhypmError) -> None:
            edits.checking.discard(session.id)
            if self._session is not None and self._session.id == session.id:
                self._panel.show_checking(False)
            self._on_failure(error)

        self._operations.run(lambda: edit_take(studio, session.id, text), kept, not_kept)
