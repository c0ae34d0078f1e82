"""Text as large as its reader wants it: everywhere, at once, and with nothing cut off."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from whypm.domain.session import Session
from whypm.domain.sound import Device, LevelHeard, SoundLevel
from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.events import Asked
from whypm.settings import TEXT_PERCENTS, Settings
from whypm.ui.frame.key_sheet import KeySheet
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.report.feedback_content import Feedback
from whypm.ui.settings.model_section import ModelEntry
from whypm.ui.style.look import Look
from whypm.ui.widgets.column import Column

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
"""There are no frames off screen, and Qt says so."""
NETBOOK = QSize(1024, 600)
WITH_TEXT = (QAbstractButton, QComboBox, QLabel, QLineEdit, QTableView, QTextEdit)

Scene = Callable[[MainWindow, Asked, Session, Feedback], None]


def room(window: MainWindow, asked: Asked, phase: Phase, session: Session | None = None) -> None:
    window.rehearse.show_target(60, 90)
    window.rehearse.show_upcoming(asked)
    window.rehearse.show_state(Rehearsal(phase, asked=asked, session=session))


def listening(window: MainWindow, asked: Asked, _session: Session, _feedback: Feedback) -> None:
    room(window, asked, Phase.LISTENING)
    window.rehearse.show_level(LevelHeard(SoundLevel(0.5, 0.2), 47.3))


def review(window: MainWindow, asked: Asked, session: Session, feedback: Feedback) -> None:
    room(window, asked, Phase.REVIEW, session)
    window.rehearse.show_feedback(feedback, 9.0, playable=True)
    for about in window.rehearse.feedback.findChildren(QAbstractButton, "about"):
        about.click()


def editing(window: MainWindow, asked: Asked, session: Session, feedback: Feedback) -> None:
    review(window, asked, session, feedback)
    window.rehearse.feedback.edit_words()


def sessions(window: MainWindow, _asked: Asked, session: Session, feedback: Feedback) -> None:
    window.go(Place.SESSIONS)
    window.sessions.show_sessions([session])
    window.sessions.show_take(session, feedback, playable=True)


def listed(window: MainWindow, _asked: Asked, session: Session, _feedback: Feedback) -> None:
    window.go(Place.SESSIONS)
    window.sessions.show_sessions([session])


def settings(window: MainWindow, _asked: Asked, _session: Session, _feedback: Feedback) -> None:
    window.go(Place.SETTINGS)
    page = window.settings
    devices = (Device(0, "Built-in Audio Analogue Stereo", "ALSA", 2, 48_000, default=True),)
    page.sound.show_devices(devices, devices)
    page.show_settings(Settings())
    page.models.show_models([ModelEntry("small.en", "English, more exact", 486, here=False, in_use=False)])


SCENES = pytest.mark.parametrize("scene", [listening, review, editing, sessions, listed, settings])


@pytest.fixture
def again(wardrobe: Look) -> Iterator[None]:
    yield
    wardrobe.wear("light", reduce_motion=True)


def letters(window: MainWindow) -> dict[QWidget, int]:
    return {
        widget: widget.font().pixelSize()
        for kind in WITH_TEXT
        for widget in window.findChildren(kind)
        if widget.isVisible()
    }


def cut_off(window: QWidget) -> list[str]:
    """Tell what is wider than its page, and what has not the room that its text wants."""
    wide = [
        f"{column.objectName()} is {column.page.width() - column.viewport().width()} pixels too wide"
        for column in window.findChildren(Column)
        if column.isVisible() and column.page.width() > column.viewport().width()
    ]
    labels = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    pressed = [made for made in window.findChildren(QAbstractButton) if made.isVisible() and made.text()]
    low = [label.text() for label in labels if label.height() < wanted_height(label)]
    narrow = [label.text() for label in labels if label.contentsRect().width() < wanted_width(label)]
    small = [
        made.objectName()
        for made in pressed
        if made.width() < made.sizeHint().width() or made.height() < made.fontMetrics().height()
    ]
    return wide + low + narrow + small


def wanted_height(label: QLabel) -> int:
    return label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()


def wanted_width(label: QLabel) -> int:
    metrics = label.fontMetrics()
    if not label.wordWrap():
        return metrics.horizontalAdvance(label.text())
    return max(metrics.horizontalAdvance(word) for word in label.text().split())


@SCENES
@pytest.mark.usefixtures("again")
def test_all_text_follows_the_system_while_the_window_is_open(
    window: MainWindow,
    system_text: object,
    asked: Asked,
    session: Session,
    feedback: Feedback,
    scene: Scene,
) -> None:
    scene(window, asked, session, feedback)
    QApplication.processEvents()
    before = letters(window)
    system_text.scale = 1.5  # type: ignore[attr-defined]
    QApplication.sendEvent(window, QEvent(QEvent.Type.ThemeChange))
    kept = [widget.objectName() for widget in before if widget.font().pixelSize() < before[widget] * 1.45]
    assert len(before) > 5
    assert kept == []


@SCENES
@pytest.mark.parametrize("percent", [150, 200])
@pytest.mark.usefixtures("again")
def test_nothing_is_cut_off_on_a_small_screen(
    window: MainWindow,
    qtbot: QtBot,
    look: Look,
    asked: Asked,
    session: Session,
    feedback: Feedback,
    scene: Scene,
    percent: int,
) -> None:
    look.wear("light", reduce_motion=True, text_percent=percent)
    window.fit_into(NETBOOK * 2)
    window.resize(NETBOOK)
    scene(window, asked, session, feedback)

    def whole() -> None:
        assert cut_off(window) == []

    qtbot.waitUntil(whole)
    assert window.size() == NETBOOK


@pytest.mark.parametrize("phase", [Phase.IDLE, Phase.LISTENING])
@pytest.mark.parametrize("percent", TEXT_PERCENTS)
@pytest.mark.usefixtures("again")
def test_the_keys_and_the_switch_beside_them_never_meet(
    window: MainWindow, qtbot: QtBot, look: Look, asked: Asked, percent: int, phase: Phase
) -> None:
    look.wear("light", reduce_motion=True, text_percent=percent)
    window.resize(window.minimumSize())
    room(window, asked, phase)
    keys = window.rehearse.findChild(QLabel, "keys")
    assert keys is not None

    def apart() -> None:
        width = keys.fontMetrics().horizontalAdvance(keys.text())
        words = keys.geometry().adjusted(0, 0, width - keys.width(), 0)
        words.moveCenter(keys.geometry().center())
        assert words.right() <= keys.geometry().right()
        assert not words.intersects(window.rehearse.room.live.switch.geometry())

    qtbot.waitUntil(apart)


@pytest.mark.usefixtures("again")
def test_the_question_and_the_start_are_both_in_sight_on_a_small_screen(
    window: MainWindow, qtbot: QtBot, look: Look, asked: Asked
) -> None:
    look.wear("light", reduce_motion=True, text_percent=200)
    window.fit_into(NETBOOK * 2)
    window.resize(NETBOOK)
    room(window, asked, Phase.IDLE)
    page = window.rehearse.room
    assert page.primary is not None
    start = page.primary
    for widget in (page.question, start):
        qtbot.waitUntil(lambda widget=widget: widget.visibleRegion().boundingRect() == widget.rect())


@pytest.mark.usefixtures("again")
def test_the_help_sheet_fits_a_small_screen(window: MainWindow, look: Look) -> None:
    look.wear("light", reduce_motion=True, text_percent=200)
    window.fit_into(NETBOOK * 2)
    window.resize(NETBOOK)
    sheet = KeySheet(window)
    sheet.open()
    QApplication.processEvents()
    assert sheet.height() <= NETBOOK.height()
    assert cut_off(sheet) == []
    sheet.close()


@pytest.mark.usefixtures("again")
def test_the_users_own_size_wins_over_the_systems(look: Look, system_text: object) -> None:
    system_text.scale = 1.5  # type: ignore[attr-defined]
    for percent in TEXT_PERCENTS:
        look.wear("light", reduce_motion=True, text_percent=percent)
        assert look.scale == percent / 100
    look.wear("light", reduce_motion=True)
    assert look.scale == 1.5


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="only a real display has a desktop's settings")
@pytest.mark.parametrize(("points", "scale"), [(8, 1.0), (10, 1.0), (15, 1.5), (40, 2.0)])
def test_the_systems_size_is_that_of_its_own_font(tmp_path: Path, points: int, scale: float) -> None:
    (tmp_path / "kdeglobals").write_text(
        f"[General]\nfont=Sans,{points},-1,5,50,0,0,0,0,0\n", encoding="utf-8"
    )
    asked = (
        "from PySide6.QtGui import QGuiApplication; from whypm.ui.style.fonts import system_text_scale;"
        "app = QGuiApplication([]); print(system_text_scale())"
    )
    desktop = {
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_CURRENT_DESKTOP": "KDE",
        "KDE_FULL_SESSION": "true",
        "KDE_SESSION_VERSION": "5",
        "QT_QPA_PLATFORMTHEME": "kde",
        "QT_QPA_PLATFORM": "xcb",
    }
    told = subprocess.run(
        ["xvfb-run", "-a", sys.executable, "-c", asked],
        env=os.environ | desktop,
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(told.stdout) == pytest.approx(scale, abs=0.01)
