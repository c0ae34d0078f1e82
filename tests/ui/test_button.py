"""A button that has the focus: pressed with Enter as with Space, and read out as it is written."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from whypm.ui.look import Look
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
