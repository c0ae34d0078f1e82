"""A button that has the focus: pressed with Enter as with Space, and read out as it is written."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from whypm.ui.style.look import Look
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.play_button import PlayButton

KINDS: list[Callable[[Look], QAbstractButton]] = [
    lambda _look: button("Start", "start", Weight.PRIMARY),
    lambda look: PlayButton("Hear it", look),
]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", KINDS, ids=["words", "sign"])
def test_enter_presses_as_space_does(
    qtbot: QtBot, look: Look, kind: Callable[[Look], QAbstractButton], key: Qt.Key
) -> None:
    made = kind(look)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.clicked):
        qtbot.keyClick(made, key)


@pytest.mark.parametrize("kind", KINDS, ids=["words", "sign"])
def test_enter_that_is_held_down_does_not_press_what_comes_next(
    qtbot: QtBot, look: Look, kind: Callable[[Look], QAbstractButton]
) -> None:
    made = kind(look)
    qtbot.addWidget(made)
    presses: list[bool] = []
    made.clicked.connect(presses.append)
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True
    )
    QApplication.sendEvent(made, held)
    assert presses == []


def test_a_screen_reader_hears_the_words_that_stand_on_the_button_now(qtbot: QtBot) -> None:
    made = button("Try again", "try-again")
    qtbot.addWidget(made)
    made.setText("Practise it again")
    assert made.accessibleName() == "Practise it again"


def double_click(widget: QWidget) -> None:
    """As the window system tells it: Qt makes a double click of it, wherever the first one led."""
    handle = widget.window().windowHandle()
    place = widget.mapTo(widget.window(), widget.rect().center())
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QApplication.processEvents()


def shown_alone(qtbot: QtBot, *buttons: QPushButton) -> QWidget:
    """Show the buttons in one place, the first of them alone; return what holds them."""
    window = QWidget()
    qtbot.addWidget(window)
    for made in reversed(buttons):
        made.setParent(window)
        made.setGeometry(0, 0, 200, 40)
        made.setVisible(made is buttons[0])
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_a_double_click_does_not_press_what_comes_into_the_place_of_the_button(
    qtbot: QtBot, look: Look
) -> None:
    look.wear("light", reduce_motion=True)
    first, second = button("Start answering", "answer"), button("Hear it again", "repeat")
    window = shown_alone(qtbot, first, second)
    presses: list[str] = []
    first.clicked.connect(lambda: presses.append("first"))
    first.clicked.connect(first.hide)
    first.clicked.connect(second.show)
    second.clicked.connect(lambda: presses.append("second"))
    double_click(first)
    assert second.isVisible()
    assert window.isVisible()
    assert presses == ["first"]
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert presses == ["first", "second"]


def test_a_button_that_stays_can_be_pressed_as_quickly_as_one_likes(qtbot: QtBot) -> None:
    made = button("Undo", "undo-typing")
    _window = shown_alone(qtbot, made)
    presses: list[bool] = []
    made.clicked.connect(lambda: presses.append(True))
    double_click(made)
    assert len(presses) == 2
