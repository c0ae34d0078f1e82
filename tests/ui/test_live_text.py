"""Live text: off unless asked for, the latest words, and never in the way of Space."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from whypm.domain.transcript import HeardSoFar
from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.events import Asked
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.rehearsal.rehearse_page import RehearsePage
from whypm.ui.rehearsal.wishes import Wish
from whypm.ui.widgets.switch import Switch


@pytest.fixture
def page(window: MainWindow, asked: Asked) -> RehearsePage:
    window.rehearse.show_upcoming(asked)
    window.rehearse.show_state(Rehearsal(Phase.LISTENING, asked=asked))
    return window.rehearse


def switch(page: RehearsePage) -> Switch:
    found = page.findChild(Switch, "live-text")
    assert isinstance(found, Switch)
    return found


def test_while_somebody_speaks_no_words_are_shown_unless_they_are_asked_for(page: RehearsePage) -> None:
    page.show_heard(HeardSoFar("I drew one", "small table", 0.5))
    assert page.room.live.text == ""
    switch(page).click()
    assert page.room.live.text == "I drew one small table"


def test_the_choice_is_told(page: RehearsePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.room.live.toggled) as chosen:
        switch(page).click()
    assert chosen.args == [True]


def test_of_a_long_answer_the_latest_words_are_shown(page: RehearsePage) -> None:
    page.room.live.show_choice(on=True)
    page.show_heard(HeardSoFar("word " * 200 + "the", "end", 0.0))
    assert page.room.live.text.startswith("… word")
    assert page.room.live.text.endswith("the end")
    assert len(page.room.live.text) < 240


def test_a_new_take_begins_without_the_words_of_the_last(page: RehearsePage, asked: Asked) -> None:
    page.room.live.show_choice(on=True)
    page.show_heard(HeardSoFar("I drew one small table.", "", 0.0))
    page.show_state(Rehearsal(Phase.OPENING, asked=asked))
    assert "table" not in page.room.live.text


def test_words_that_come_late_are_not_shown(page: RehearsePage, asked: Asked) -> None:
    page.room.live.show_choice(on=True)
    page.show_state(Rehearsal(Phase.IDLE, asked=asked))
    page.show_heard(HeardSoFar("I drew one small table.", "", 0.0))
    assert "table" not in page.room.live.text


def test_space_still_stops_the_answer_after_a_click_on_the_switch(
    window: MainWindow, page: RehearsePage, qtbot: QtBot
) -> None:
    QApplication.processEvents()
    qtbot.mouseClick(switch(page), Qt.MouseButton.LeftButton)
    assert switch(page).isChecked()
    focused = window.focusWidget()
    assert focused is not None
    with qtbot.waitSignal(page.wished) as wished:
        qtbot.keyClick(focused, Qt.Key.Key_Space)
    assert wished.args == [Wish.STOP]
