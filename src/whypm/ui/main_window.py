"""The window: the places on the left, one page on the right, a notice above it when there is one."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from whypm.ui.key_sheet import KeySheet
from whypm.ui.look import Look
from whypm.ui.navigation import KEYS, Navigation, Place
from whypm.ui.notice_bar import NoticeBar
from whypm.ui.rehearse_page import RehearsePage
from whypm.ui.sessions_page import SessionsPage
from whypm.ui.settings_page import SettingsPage
from whypm.ui.theme import Space

_SMALLEST = (720, 560)
_FIRST = (1160, 800)
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
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_FIRST)
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
        for page in self._pages.values():
            self._stack.addWidget(page)
        self._lay_out()
        self.navigation.chosen.connect(self.go)
        for place, keys in KEYS.items():
            QShortcut(QKeySequence(keys), self, lambda place=place: self.go(place))
        QShortcut(QKeySequence(Qt.Key.Key_F1), self, self.show_keys)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.close)

    def fit_into(self, room: QSize) -> None:
        """Be no larger than the screen's room: what lies beyond its edge cannot be reached with the mouse."""
        widest, highest = int(room.width() * _SCREEN_SHARE) - 1, int(room.height() * _SCREEN_SHARE) - 1
        self.setMinimumSize(self.minimumSize().boundedTo(QSize(widest, highest)))
        self.resize(self.size().boundedTo(QSize(widest, highest)))

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
        notice = QVBoxLayout()
        notice.setContentsMargins(Space.SECTION, Space.MEDIUM, Space.SECTION, 0)
        notice.addWidget(self.notice)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(notice)
        right.addWidget(self._stack, 1)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
