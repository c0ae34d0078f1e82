"""The window: the places on the left, one page on the right, a notice above it when there is one."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from whypm.ui.frame.key_sheet import KeySheet
from whypm.ui.frame.navigation import KEYS, Navigation, Place
from whypm.ui.frame.notice_bar import NoticeBar
from whypm.ui.history.sessions_page import SessionsPage
from whypm.ui.rehearsal.rehearse_page import RehearsePage
from whypm.ui.settings.settings_page import SettingsPage
from whypm.ui.style.look import Look

_SMALLEST = QSize(720, 560)
_WIDER = 300
"""What twice the size of text wants more: less than twice the width, as lines may break."""
_FIRST = QSize(1160, 800)
_BOUNDLESS = (16_777_215, 16_777_215)
"""Qt's own greatest size, until it is known how large the screen is."""
_SCREEN_SHARE = 8 / 9
"""Of the room on the screen: the frame, and wherever the system puts the window first, take the rest."""


class MainWindow(QMainWindow):
    """Holds the pages. ``place_changed`` tells where the user went, ``hush`` that Esc was pressed."""

    place_changed = Signal(Place)
    hush = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("WhyPM")
        self._look = look
        self._room = QSize(*_BOUNDLESS)
        self._holds_draft = False
        """Whether something was typed and not kept, and the user has not been told so."""
        self._keep_readable()
        self.resize(look.scaled(_FIRST.width()), look.scaled(_FIRST.height()))
        self.notice = NoticeBar()
        self.navigation = Navigation(look)
        self.rehearse = RehearsePage(look)
        self.sessions = SessionsPage(look)
        self.settings = SettingsPage(look)
        self._pages: dict[Place, QWidget] = {
            Place.REHEARSE: self.rehearse,
            Place.SESSIONS: self.sessions,
            Place.SETTINGS: self.settings,
        }
        self._stack = QStackedWidget()
        self._stack.setMinimumSize(1, 1)  # a page that is too large scrolls, and takes nothing of the places
        for page in self._pages.values():
            self._stack.addWidget(page)
        self._lay_out()
        self.navigation.chosen.connect(self.go)
        look.changed.connect(self._keep_readable)
        for place, keys in KEYS.items():
            QShortcut(QKeySequence(keys), self, lambda place=place: self.go(place))
        QShortcut(QKeySequence(Qt.Key.Key_F1), self, self.show_keys)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.close)

    def fit_into(self, room: QSize) -> None:
        """Be no larger than the screen's room: what lies beyond its edge cannot be reached with the mouse."""
        self._room = QSize(int(room.width() * _SCREEN_SHARE) - 1, int(room.height() * _SCREEN_SHARE) - 1)
        self._keep_readable()
        self.resize(self.size().boundedTo(self._room))

    @property
    def place(self) -> Place:
        """The page that is shown."""
        return next(place for place, page in self._pages.items() if page is self._stack.currentWidget())

    def go(self, place: Place) -> None:
        """Show another page."""
        self._stack.setCurrentWidget(self._pages[place])
        self.navigation.show_place(place)
        if place is Place.REHEARSE:
            self.rehearse.take_focus()
        elif not self._pages[place].isAncestorOf(self.focusWidget()):
            self.navigation.focus_place(place)
        self.place_changed.emit(place)

    def show_keys(self) -> None:
        """Open the help sheet."""
        KeySheet(self).open()

    def show_draft(self, typed: bool) -> None:
        """Know whether words were typed that are not kept: then it takes a second wish to close."""
        self._holds_draft = typed

    def end(self) -> None:
        """Close without a question: whoever asks for it cannot answer."""
        self._holds_draft = False
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Say first what would be lost."""
        if not self._holds_draft:
            super().closeEvent(event)
            return
        self._holds_draft = False
        event.ignore()
        self.notice.say(
            "Words that you typed are not kept yet.",
            "Press “Keep these words” or “Cancel” where you typed them, or close once more to drop them.",
        )

    def event(self, event: QEvent) -> bool:
        """Go along when the system's text becomes larger."""
        if event.type() is QEvent.Type.ThemeChange:
            self._look.follow_system()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep a notice small beside the page."""
        super().resizeEvent(event)
        self.notice.leave_room(self.height())

    def _keep_readable(self) -> None:
        """Be no smaller than the text wants, nor larger than the screen."""
        wider = QSize(round(_WIDER * (self._look.scale - 1)), 0)
        self.setMinimumSize((_SMALLEST + wider).boundedTo(self._room))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Pass keys that no widget wanted to the page; Esc silences whatever is heard."""
        if event.isAutoRepeat() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        page = self._stack.currentWidget()
        known = isinstance(page, RehearsePage | SessionsPage) and page.press(event.key())
        if event.key() == Qt.Key.Key_Escape:
            self.hush.emit()  # after the page, which has to know whether something is heard
        if not known:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        whole = QWidget()
        whole.setObjectName("page")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.notice)
        right.addWidget(self._stack, 1)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
