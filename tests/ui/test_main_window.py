"""The window: places by key, help by F1, notices that say what to do."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from whypm.sessions.events import Asked
from whypm.ui.frame.key_sheet import KEY_HELP, KeySheet
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.style.look import Look

OFFSCREEN = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
"""There are no frames there, and Qt says so."""


@pytest.mark.parametrize(
    ("key", "place"),
    [(Qt.Key.Key_2, Place.SESSIONS), (Qt.Key.Key_3, Place.SETTINGS), (Qt.Key.Key_1, Place.REHEARSE)],
)
def test_ctrl_and_a_number_goes_to_a_place(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, place: Place
) -> None:
    window.go(Place.SETTINGS if place is not Place.SETTINGS else Place.REHEARSE)
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.place is place


@OFFSCREEN
def test_the_help_sheet_names_every_key_and_closes(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(KeySheet)
    assert sheet is not None
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    assert {help_.key for help_ in KEY_HELP} <= shown
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(KeySheet) is None)


def test_a_notice_says_what_happened_and_what_to_do_until_it_is_dismissed(window: MainWindow) -> None:
    assert not window.notice.isVisible()
    window.notice.say("No microphone was found.", "Plug one in.", grave=True)
    assert window.notice.isVisible()
    assert window.notice.text == "No microphone was found. Plug one in."
    dismiss = window.notice.findChild(QPushButton, "dismiss")
    assert dismiss is not None
    dismiss.click()
    assert not window.notice.isVisible()


def test_esc_asks_for_silence_on_every_page(window: MainWindow, qtbot: QtBot) -> None:
    for place in Place:
        window.go(place)
        with qtbot.waitSignal(window.hush):
            qtbot.keyClick(window, Qt.Key.Key_Escape)


@OFFSCREEN
@pytest.mark.parametrize(
    "room", [QSize(960, 500), QSize(1280, 672), QSize(1366, 728), QSize(1920, 1032)], ids=str
)
def test_the_window_fits_the_screen_with_its_frame(window: MainWindow, room: QSize) -> None:
    asked_for = QSize(1160, 800)
    window.resize(asked_for)
    window.fit_into(room)
    frame = 40
    assert window.width() < room.width()
    assert window.height() + frame < room.height()
    assert window.minimumHeight() <= window.height()
    if asked_for.height() + 2 * frame < room.height():
        assert window.size() == asked_for


def test_every_button_has_a_name_for_a_screen_reader(window: MainWindow) -> None:
    assert [made.objectName() for made in window.findChildren(QPushButton) if not made.accessibleName()] == []


def test_a_very_long_notice_does_not_widen_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(window.minimumSize())
    window.notice.say("A sentence that goes on. " * 20, "Do this and that. " * 20)
    qtbot.waitUntil(lambda: window.notice.height() > 40)
    assert window.width() == window.minimumWidth()


def test_without_a_notice_the_page_reaches_the_upper_edge(window: MainWindow, qtbot: QtBot) -> None:
    def top() -> int:
        return window.rehearse.mapTo(window, QPoint()).y()

    qtbot.waitUntil(lambda: top() == 0)
    window.notice.say("No microphone was found.")
    qtbot.waitUntil(lambda: top() >= window.notice.height() > 0)
    window.notice.clear()
    qtbot.waitUntil(lambda: top() == 0)


@OFFSCREEN
@pytest.mark.parametrize("percent", [100, 200])
def test_several_faults_leave_the_page_its_room_and_can_be_scrolled(
    window: MainWindow, look: Look, qtbot: QtBot, percent: int
) -> None:
    look.wear("light", reduce_motion=True, text_percent=percent)
    window.resize(window.minimumSize())
    window.notice.say("One fault, in a few words.")
    words = window.notice.findChild(QScrollArea, "notice-words")
    assert words is not None
    qtbot.waitUntil(lambda: 0 < words.verticalScrollBar().maximum() + words.height() < 60)
    assert words.verticalScrollBar().maximum() == 0
    window.notice.say("\n".join(["A file that cannot be used."] * 20), "Mend it, or take it away.")
    qtbot.waitUntil(lambda: words.verticalScrollBar().maximum() > 0)
    assert window.notice.height() < window.height() * 0.4
    assert window.rehearse.height() > window.height() * 0.5
    words.setFocus()
    qtbot.keyClick(words, Qt.Key.Key_End)
    qtbot.keyClick(words, Qt.Key.Key_PageDown)
    assert words.verticalScrollBar().value() > 0
    window.notice.say("Another fault.")
    assert words.verticalScrollBar().value() == 0


def test_nothing_that_can_be_pressed_is_smaller_than_a_finger_or_a_shaky_hand_needs(
    window: MainWindow,
) -> None:
    least = 24  # pixels at 100 %: WCAG 2.2, 2.5.8
    small = [
        made.objectName()
        for place in Place
        for made in _pressable(window, place)
        if min(made.width(), made.height()) < least
    ]
    assert small == []


def _pressable(window: MainWindow, place: Place) -> list[QAbstractButton]:
    window.go(place)
    if place is Place.REHEARSE:
        window.rehearse.show_upcoming(Asked("plain-1", "Why product management?", "why-pm"))
    return [made for made in window.findChildren(QAbstractButton) if made.isVisible()]
