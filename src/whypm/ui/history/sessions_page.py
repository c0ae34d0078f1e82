"""The kept sessions: a table, and beside it the take that was opened, or all answers compared."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMessageBox, QProgressBar, QVBoxLayout, QWidget

from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Ending
from whypm.ui.history.comparison_view import ComparisonView
from whypm.ui.history.moment import day_and_time
from whypm.ui.history.session_table import SessionTable
from whypm.ui.report.feedback_content import Feedback
from whypm.ui.report.feedback_view import FeedbackView
from whypm.ui.style.clock_time import clock_time
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.announcement import announce
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.column import Foot
from whypm.ui.widgets.flow import Flow, Gather
from whypm.ui.widgets.text import text_label

_SIDE_BY_SIDE = 860
"""The narrowest width, in pixels at 100 %, for a table and a report beside it."""
_TABLE_SHARE, _TAKE_SHARE = 2, 3
_READING = "Reading your sessions."
_NOTHING = "Nothing is kept yet. Your answers will stand here."
_AWAITED = "The report on this take is being made. It will stand here."
_UNREPORTED = "This take has no report. Its recording is kept."
_UNHEARD = "This take has no report, and there is nothing to hear in its recording."
_TO_COME = "A take is still being put in order. It will stand here as soon as that is done."


def about_take(session: Session) -> str:
    """Return one line on a take: when, how long, with what, and what happened to it."""
    parts = [day_and_time(session.created), clock_time(session.duration_seconds)]
    if session.model is not None:
        parts.append(f"transcribed with {session.model}")
    if session.state is SessionState.SET_ASIDE:
        parts.append("set aside when you started over")
    endings = {
        Ending.CRASHED: "recovered after WhyPM ended unexpectedly",
        Ending.DEVICE_LOST: "the microphone went away",
        Ending.DISK_FULL: "the disk was full",
        Ending.FAILED: "recording stopped by itself",
    }
    if session.ending in endings:
        parts.append(endings[session.ending])
    if session.dropped_blocks:
        parts.append(f"{session.dropped_blocks} blocks of sound were lost")
    return "  ·  ".join(parts)


class SessionsPage(QWidget):
    """Tells which session is to be opened, analysed again or deleted, by its id; ``compare`` all of them.

    ``closed`` tells that nothing is open any more.
    """

    opened = Signal(str)
    reanalyse = Signal(str)
    delete = Signal(str)
    compare = Signal()
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._session: Session | None = None
        self._comparing = False
        self._busy = False
        self._awaited: frozenset[str] = frozenset()
        self._playable = False
        self.table = SessionTable()
        self.feedback = FeedbackView(look)
        self.comparison = ComparisonView()
        self._empty = text_label("", Size.LEAD, tone="quiet", name="no-sessions")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._again = button(
            "Analyse it again", "reanalyse", tip="Transcribe and check it with today’s model and checklist"
        )
        self._delete = button("Delete", "delete", tip="Delete the take and its recording (Delete)")
        self._back = button("Back to the list", "back", Weight.QUIET, key="Esc")
        self._compare = button(
            "Compare your answers", "compare", Weight.QUIET, tip="What stays, goes and clashes among them"
        )
        self._end_comparison = button("Close", "end-comparison", key="Esc", tip="Close the comparison")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self._progress.setAccessibleName("Analysing again")
        self._list = self._make_list()
        self._take = self._make_take()
        self._compared = self._make_compared()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list, _TABLE_SHARE)
        row.addWidget(self._take, _TAKE_SHARE)
        row.addWidget(self._compared, _TAKE_SHARE)
        self.table.opened.connect(self.opened)
        self.table.delete_wanted.connect(self._ask_to_delete)
        self.comparison.opened.connect(self.opened)
        self._compare.clicked.connect(self.compare)
        self._end_comparison.clicked.connect(self.close_take)
        self._back.clicked.connect(self.close_take)
        self._again.clicked.connect(self._ask_again)
        self._delete.clicked.connect(self._ask_to_delete_open)
        self.show_sessions(None)
        self._arrange()

    @property
    def session(self) -> Session | None:
        """The take that is open."""
        return self._session

    @property
    def comparing(self) -> bool:
        """Whether the comparison is shown."""
        return self._comparing

    def show_sessions(self, sessions: Sequence[Session] | None, *, more: bool = False) -> None:
        """Show the kept sessions; None while they are being read. ``more`` if another is to come soon."""
        self._empty.setText(_READING if sessions is None else _TO_COME if more else _NOTHING)
        self._empty.setVisible(not sessions)
        self.table.setVisible(bool(sessions))
        self._compare.setVisible(bool(sessions))
        self.table.show_sessions(sessions or ())

    def show_awaited(self, ids: frozenset[str]) -> None:
        """Know which takes get their first report now: nobody need ask for it once more."""
        before, self._awaited = self._awaited, ids
        self.table.rows.show_awaited(ids)
        if self._session is not None and self._session.report is None and self._session.id in before ^ ids:
            self.show_take(self._session, None, playable=self._playable)
        self._offer_analysis()

    def show_take(self, session: Session, feedback: Feedback | None, *, playable: bool) -> None:
        """Open a take, with its feedback if there is any."""
        again = self.feedback.keeps_place
        self._session, self._comparing, self._playable = session, False, playable
        about = about_take(session)
        if feedback is not None:
            self.feedback.show_feedback(feedback, session.duration_seconds, playable=playable, about=about)
        else:
            words = _AWAITED if self._is_awaited else _UNREPORTED if playable else _UNHEARD
            question = session.question.text or ""
            self.feedback.show_take(question, words, session.duration_seconds, playable=playable, about=about)
        self._again.setText("Analyse it again" if feedback is not None else "Analyse it")
        self._offer_analysis()
        self._arrange()
        if self.isVisible() and not again:  # the focus may stay in the list
            announce(self, f"{about}. {self.feedback.sentence}")

    def show_comparison(self) -> None:
        """Make room for the comparison; what there is to compare follows."""
        self._session, self._comparing = None, True
        self.feedback.stop.emit()
        self.comparison.show_busy()
        self._arrange()

    def press(self, key: int) -> bool:
        """Do what this key means now; return whether it means anything."""
        if key == Qt.Key.Key_P and self._session is not None:
            self.feedback.toggle_all()
            return True
        if key == Qt.Key.Key_E and self._session is not None:
            self.feedback.edit_words()
            return True
        if key == Qt.Key.Key_Delete and self._session is not None:
            self._ask_to_delete(self._session.id)
            return True
        if key == Qt.Key.Key_Escape and (self._session is not None or self._comparing):
            return self._step_back()
        return False

    def _step_back(self) -> bool:
        """Close what is open, unless the key may be meant for the words that are typed or heard."""
        taken_up = self.feedback.recording.words.editing or self.feedback.is_heard
        if self._session is not None and taken_up:
            return False
        self.close_take()
        return True

    def close_take(self) -> None:
        """Go back to the list, from a take or from the comparison."""
        self._session, self._comparing = None, False
        self.closed.emit()
        self.feedback.stop.emit()
        self._arrange()
        self.table.setFocus()

    def show_progress(self, share: float | None) -> None:
        """Show how far an analysis has come, 0 to 1; None when none is under way."""
        self._busy = share is not None
        self._progress.setVisible(self._busy)
        self._progress.setRange(0, 0 if share == 0.0 else 100)
        self._progress.setValue(round((share or 0.0) * 100))
        self._offer_analysis()
        self._delete.setEnabled(not self._busy)

    @property
    def _is_awaited(self) -> bool:
        return self._session is not None and self._session.id in self._awaited

    def _offer_analysis(self) -> None:
        self._again.setEnabled(self._playable and not self._busy and not self._is_awaited)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show both side by side, or one of them."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= self._look.scaled(_SIDE_BY_SIDE)
        open_take = self._session is not None
        beside = open_take or self._comparing
        focus = QApplication.focusWidget()
        chosen_here = focus is not None and self._list.isAncestorOf(focus)
        self._list.setVisible(wide or not beside)
        self._take.setVisible(open_take)
        self._compared.setVisible(self._comparing)
        self._back.setText("Close" if wide else "Back to the list")
        self.table.show_narrow(beside and wide)
        if chosen_here and self._list.isHidden():  # else the focus goes to a place to leave the page for
            (self.comparison if self._comparing else self.feedback).setFocus()

    def _make_list(self) -> QWidget:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(Space.SECTION, Space.SECTION, Space.SECTION, Space.SECTION)
        column.setSpacing(Space.LARGE)
        head = Flow(gather=Gather.APART)
        head.addWidget(text_label("Sessions", Size.TITLE, strong=True, wraps=False))
        head.addWidget(self._compare)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        return page

    def _make_take(self) -> QWidget:
        take = QWidget()
        take.setObjectName("page")
        foot = Foot()
        row = Flow(gather=Gather.APART, spacing=Space.SMALL)
        row.addWidget(self._back)
        row.addWidget(self._again)
        row.addWidget(self._progress)
        row.addWidget(self._delete)
        foot.content.addLayout(row)
        column = QVBoxLayout(take)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.feedback, 1)
        column.addWidget(foot)
        self.show_progress(None)
        return take

    def _make_compared(self) -> QWidget:
        compared = QWidget()
        compared.setObjectName("page")
        foot = Foot()
        row = QHBoxLayout()
        row.addWidget(self._end_comparison)
        row.addStretch(1)
        foot.content.addLayout(row)
        column = QVBoxLayout(compared)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.comparison, 1)
        column.addWidget(foot)
        return compared

    def _ask_again(self) -> None:
        if self._session is not None:
            self.reanalyse.emit(self._session.id)

    def _ask_to_delete_open(self) -> None:
        if self._session is not None:
            self._ask_to_delete(self._session.id)

    def _ask_to_delete(self, session_id: str | None) -> None:
        session = next((one for one in self.table.rows.sessions if one.id == session_id), None)
        if session is None or self._busy:
            return
        box = QMessageBox(self)
        box.setObjectName("confirm")
        box.setWindowTitle("Delete this take?")
        box.setText(f"Delete the take of {day_and_time(session.created)}?")
        box.setInformativeText("Its recording, transcript and report go for good. There is no way back.")
        delete = box.addButton("Delete", QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton("Keep it", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        delete.clicked.connect(lambda: self.delete.emit(session.id))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
