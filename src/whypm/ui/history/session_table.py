"""The kept sessions as a table: when, which question, how long, and what became of the take."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Ending
from whypm.ui.history.moment import day_this_year
from whypm.ui.style.clock_time import clock_time
from whypm.ui.style.theme import Size
from whypm.ui.widgets.text import letters_font, set_letters

_HEADS = ("When", "Question", "Length", "State")
_ROW_ROOM = 24
"""Above and below the words of a row, together."""
_INDEX = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


def state_words(session: Session, *, awaited: bool = False) -> str:
    """Return what became of a take; ``awaited``: its first report is being made."""
    if awaited:
        return "being analysed"
    if session.state is SessionState.SET_ASIDE:
        return "set aside"
    if session.state is SessionState.REPORTED:
        return "analysed" if session.drill is None else "drill"
    if session.ending is Ending.CRASHED:
        return "recovered"
    return "not analysed"


class SessionModel(QAbstractTableModel):
    """The sessions as rows, in the order given."""

    def __init__(self) -> None:
        super().__init__()
        self.sessions: tuple[Session, ...] = ()
        self._awaited: frozenset[str] = frozenset()

    def show_awaited(self, ids: frozenset[str]) -> None:
        """Say of these sessions, and no others, that their first report is being made."""
        self._awaited = ids
        if self.sessions:
            column = _HEADS.index("State")
            self.dataChanged.emit(self.index(0, column), self.index(len(self.sessions) - 1, column))

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        """Take other rows."""
        self.beginResetModel()
        self.sessions = tuple(sessions)
        self.endResetModel()

    def rowCount(self, parent: _INDEX = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many sessions there are."""
        return 0 if parent.isValid() else len(self.sessions)

    def columnCount(self, parent: _INDEX = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_HEADS)

    def data(self, index: _INDEX, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        session = self.sessions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(session)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return ", ".join(self._texts(session))  # as the arrow keys go from row to row
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 1:
            return session.question.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = (
                Qt.AlignmentFlag.AlignRight
                if index.column() == _HEADS.index("Length")
                else Qt.AlignmentFlag.AlignLeft
            )
            return right | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's head."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = (
                Qt.AlignmentFlag.AlignRight
                if section == _HEADS.index("Length")
                else Qt.AlignmentFlag.AlignLeft
            )
            return right | Qt.AlignmentFlag.AlignVCenter
        return None

    def _texts(self, session: Session) -> tuple[str, ...]:
        return (
            day_this_year(session.created, self.sessions[0].created),
            session.question.text or "",
            clock_time(session.duration_seconds),
            state_words(session, awaited=session.id in self._awaited),
        )


class SessionTable(QTableView):
    """``opened`` tells which session was chosen by mouse or Enter; ``delete_wanted`` which one by Delete."""

    opened = Signal(str)
    delete_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("session-table")
        self.setAccessibleName("Kept sessions")
        self.rows = SessionModel()
        self.setModel(self.rows)
        self.setFont(letters_font(figures=True))
        set_letters(self, Size.SMALL)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        set_letters(head, Size.SMALL)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    @property
    def chosen_id(self) -> str | None:
        """The id of the session under the cursor."""
        index = self.currentIndex()
        return self.rows.sessions[index.row()].id if index.isValid() else None

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        """Show these sessions and keep the cursor on the one that it was on, or in its place if that went."""
        chosen, place = self.chosen_id, self.currentIndex().row()
        self.rows.show_sessions(sessions)
        rows = [row for row, session in enumerate(sessions) if session.id == chosen]
        if sessions and chosen is not None:
            self.selectRow(rows[0] if rows else min(place, len(sessions) - 1))

    def show_narrow(self, narrow: bool) -> None:
        """Leave length and state out where there is little room; the opened take says them."""
        self.setColumnHidden(_HEADS.index("Length"), narrow)
        self.setColumnHidden(_HEADS.index("State"), narrow)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Make the rows as high as their letters want it."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROW_ROOM)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show which row Enter and Delete mean; a click chooses its own."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason and self.currentIndex().isValid():
            self.selectRow(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open with Enter or Space, delete with Delete."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit(self.chosen_id)
        elif event.text().isprintable() and event.text():
            event.ignore()  # letters are keys of the page, not a search
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.rows.sessions[index.row()].id)
