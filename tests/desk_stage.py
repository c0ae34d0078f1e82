"""What the tests of the desk share: what a user presses, waits for and reads."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from whypm.domain.session import Session
from whypm.sessions.engine import Phase
from whypm.sessions.store import SessionStore
from whypm.settings import Settings, load_settings
from whypm.ui.desks.desk import Desk
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place

WAIT_MILLISECONDS = 30_000
SPEED = 20.0
NO_MODEL = "not-a-model"
"""So that nothing is transcribed here: that takes long, and has tests of its own."""

OpenDesk = Callable[..., Desk]


def wait_for(qtbot: QtBot, window: MainWindow, phase: Phase) -> None:
    qtbot.waitUntil(lambda: window.rehearse.phase is phase, timeout=WAIT_MILLISECONDS)


def press_space(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Space)


def words(window: QWidget, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def stored(data: Path) -> Settings:
    return load_settings(data / "settings.json")


def listen(window: MainWindow, qtbot: QtBot) -> None:
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.READING)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.LISTENING)


def answer(window: MainWindow, qtbot: QtBot) -> None:
    """Give an answer of two seconds and press Stop."""
    listen(window, qtbot)
    qtbot.waitUntil(lambda: window.rehearse.room.ring.text >= "0:02", timeout=WAIT_MILLISECONDS)
    press_space(qtbot, window)


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    made = page.findChild(QPushButton, name)
    assert isinstance(made, QPushButton)
    qtbot.waitUntil(made.isVisible, timeout=WAIT_MILLISECONDS)
    made.click()


def open_take(window: MainWindow, qtbot: QtBot, session_id: str) -> None:
    window.go(Place.SESSIONS)
    window.sessions.opened.emit(session_id)
    qtbot.waitUntil(lambda: window.sessions.session is not None, timeout=WAIT_MILLISECONDS)


def all_kept(data: Path) -> tuple[Session, ...]:
    store = SessionStore(data / "sessions.db", data / "recordings")
    kept = store.recent()
    store.close()
    return kept


def keep(data: Path, session: Session) -> None:
    """Put a session there as if it had been kept before."""
    store = SessionStore(data / "sessions.db", data / "recordings")
    store.keep(session)
    store.close()
