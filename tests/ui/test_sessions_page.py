"""Kept sessions: listed, opened, set apart where something happened to them, deleted only when confirmed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from whypm.domain.content import Pack
from whypm.domain.feedback import Report
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Ending
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.history.sessions_page import SessionsPage, about_take
from whypm.ui.report.feedback_content import read_report
from whypm.ui.report.feedback_view import Stretch
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role


@pytest.fixture
def page(window: MainWindow) -> SessionsPage:
    window.go(Place.SESSIONS)
    return window.sessions


@pytest.fixture
def kept(session: Session) -> list[Session]:
    older = replace(session, id="older", created=session.created - timedelta(days=1))
    return [
        session,
        replace(older, state=SessionState.SET_ASIDE, report=None),
        replace(older, id="crashed", state=SessionState.RECORDED, ending=Ending.CRASHED, report=None),
    ]


def cell(page: SessionsPage, row: int, column: int) -> str:
    model = page.table.rows
    return str(model.data(model.index(row, column)))


def delete_button(page: SessionsPage) -> QPushButton:
    found = page.findChild(QPushButton, "delete")
    assert isinstance(found, QPushButton)
    return found


def test_an_empty_list_says_what_will_stand_there(page: SessionsPage) -> None:
    page.show_sessions([])
    empty = page.findChild(QLabel, "no-sessions")
    assert empty is not None
    assert empty.isVisible()
    assert "Your answers will stand here" in empty.text()
    assert not page.table.isVisible()


def test_the_table_shows_when_which_question_how_long_and_what_became_of_it(
    page: SessionsPage, kept: list[Session]
) -> None:
    page.show_sessions(kept)
    assert [cell(page, 0, column) for column in range(4)] == [
        "4 Mar, 17:05",
        "Why product management?",
        "0:09",
        "analysed",
    ]
    assert [cell(page, row, 3) for row in (1, 2)] == ["set aside", "recovered"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_session_is_opened_with_the_keyboard(
    page: SessionsPage, qtbot: QtBot, kept: list[Session], key: Qt.Key
) -> None:
    page.show_sessions(kept)
    page.table.selectRow(1)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.table, key)
    assert opened.args == ["older"]


def test_the_opened_take_shows_its_report_and_where_it_came_from(
    page: SessionsPage, session: Session, report: Report, pack: Pack
) -> None:
    page.show_take(session, read_report(report, pack), playable=True)
    assert page.feedback.isVisible()
    assert page.feedback.sentence
    assert about_take(session) == "4 Mar 2026, 17:05  ·  0:09  ·  transcribed with base"


def test_a_take_that_was_set_aside_or_recovered_says_so(kept: list[Session]) -> None:
    assert "set aside when you started over" in about_take(kept[1])
    assert "recovered after WhyPM ended unexpectedly" in about_take(kept[2])


def test_a_take_without_a_report_can_be_analysed(
    page: SessionsPage, qtbot: QtBot, kept: list[Session]
) -> None:
    page.show_take(kept[2], None, playable=True)
    again = page.findChild(QPushButton, "reanalyse")
    assert again is not None
    assert again.text() == "Analyse it"
    with qtbot.waitSignal(page.reanalyse) as wanted:
        again.click()
    assert wanted.args == ["crashed"]


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")  # a dialog has no frame offscreen
def test_a_take_is_deleted_only_after_a_yes(page: SessionsPage, qtbot: QtBot, kept: list[Session]) -> None:
    page.show_sessions(kept)
    page.show_take(kept[0], None, playable=True)
    deleted: list[str] = []
    page.delete.connect(deleted.append)
    for answer, expected in (("Keep it", []), ("Delete", [kept[0].id])):
        delete_button(page).click()
        box = next(box for box in page.findChildren(QMessageBox) if box.isVisible())
        next(made for made in box.buttons() if made.text() == answer).click()
        qtbot.waitUntil(lambda box=box: not box.isVisible())
        assert deleted == expected


def test_while_an_analysis_runs_nothing_can_be_deleted(page: SessionsPage, kept: list[Session]) -> None:
    page.show_sessions(kept)
    page.show_take(kept[0], None, playable=True)
    page.show_progress(0.4)
    assert not delete_button(page).isEnabled()
    page.show_progress(None)
    assert delete_button(page).isEnabled()


def test_a_narrow_window_shows_the_list_or_the_take(
    window: MainWindow, page: SessionsPage, qtbot: QtBot, kept: list[Session]
) -> None:
    page.show_sessions(kept)
    window.resize(window.minimumSize())
    page.show_take(kept[0], None, playable=True)
    qtbot.waitUntil(lambda: not page.table.isVisible())
    back = page.findChild(QPushButton, "back")
    assert back is not None
    back.click()
    assert page.table.isVisible()
    assert not page.feedback.isVisible()


def test_the_list_keeps_its_place_when_it_is_read_again(page: SessionsPage, kept: list[Session]) -> None:
    page.show_sessions(kept)
    page.table.selectRow(1)
    page.show_sessions([replace(kept[0], id="new"), *kept])
    assert page.table.chosen_id == "older"


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_the_delete_key_is_about_the_row_under_the_cursor_and_not_about_the_open_take(
    page: SessionsPage, qtbot: QtBot, kept: list[Session]
) -> None:
    page.show_sessions(kept)
    page.table.selectRow(0)
    page.show_take(kept[0], None, playable=True)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    box = next(box for box in page.findChildren(QMessageBox) if box.isVisible())
    with qtbot.waitSignal(page.delete) as deleted:
        next(made for made in box.buttons() if made.text() == "Delete").click()
    assert deleted.args == ["older"]


def test_a_take_without_sound_is_not_offered_for_analysis_once_another_analysis_ends(
    page: SessionsPage, kept: list[Session]
) -> None:
    page.show_take(kept[0], None, playable=False)
    page.show_progress(0.4)
    page.show_progress(None)
    again = page.findChild(QPushButton, "reanalyse")
    assert again is not None
    assert not again.isEnabled()


WIDE, NARROW = (1200, 700), (720, 560)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("way", ["button", "key"])
def test_an_open_take_can_be_closed_in_every_window(
    window: MainWindow, page: SessionsPage, qtbot: QtBot, kept: list[Session], size: tuple[int, int], way: str
) -> None:
    window.resize(*size)
    page.show_sessions(kept)
    page.show_take(kept[0], None, playable=True)
    back = page.findChild(QPushButton, "back")
    assert back is not None
    qtbot.waitUntil(back.isVisible)
    if way == "button":
        back.click()
    else:
        qtbot.keyClick(page.feedback, Qt.Key.Key_Escape)
    assert page.session is None
    assert page.table.isVisible()
    assert page.table.hasFocus()
    assert not page.table.isColumnHidden(3)


def test_esc_closes_the_comparison(page: SessionsPage, qtbot: QtBot, kept: list[Session]) -> None:
    page.show_sessions(kept)
    page.show_comparison()
    qtbot.keyClick(page.comparison, Qt.Key.Key_Escape)
    assert not page.comparing


def test_esc_silences_what_is_heard_and_closes_only_then(
    page: SessionsPage, qtbot: QtBot, kept: list[Session]
) -> None:
    page.show_take(kept[0], None, playable=True)
    page.feedback.show_playback(Stretch(0.0), 1.0)
    qtbot.keyClick(page.feedback, Qt.Key.Key_Escape)
    assert page.session is not None
    page.feedback.show_playback(None, None)
    qtbot.keyClick(page.feedback, Qt.Key.Key_Escape)
    assert page.session is None


def test_esc_does_not_close_a_take_whose_words_are_being_typed(
    page: SessionsPage, qtbot: QtBot, session: Session, report: Report, pack: Pack
) -> None:
    page.show_take(session, read_report(report, pack), playable=True)
    page.feedback.edit_words()
    editor = page.feedback.recording.words.editor
    qtbot.keyClicks(editor, "More")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert page.session is session


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_the_delete_key_asks_about_the_open_take_wherever_the_focus_is_in_it(
    page: SessionsPage, qtbot: QtBot, kept: list[Session]
) -> None:
    page.show_sessions(kept)
    page.show_take(kept[1], None, playable=True)
    qtbot.keyClick(page.feedback, Qt.Key.Key_Delete)
    box = next(box for box in page.findChildren(QMessageBox) if box.isVisible())
    with qtbot.waitSignal(page.delete) as deleted:
        next(made for made in box.buttons() if made.text() == "Delete").click()
    assert deleted.args == ["older"]


@pytest.mark.parametrize("comparing", [False, True])
def test_where_the_list_gives_way_the_focus_goes_to_what_was_opened(
    window: MainWindow, page: SessionsPage, kept: list[Session], comparing: bool
) -> None:
    window.resize(*NARROW)
    page.show_sessions(kept)
    page.table.selectRow(0)
    page.table.setFocus()
    if comparing:
        page.show_comparison()
    else:
        page.show_take(kept[0], None, playable=True)
    assert not page.table.isVisible()
    assert QApplication.focusWidget() is (page.comparison if comparing else page.feedback)


@pytest.mark.parametrize(("row", "after"), [(0, 0), (1, 1), (2, 1)])
def test_after_a_session_is_deleted_the_cursor_stays_in_its_place(
    page: SessionsPage, kept: list[Session], row: int, after: int
) -> None:
    page.show_sessions(kept)
    page.table.selectRow(row)
    left = [one for one in kept if one is not kept[row]]
    page.show_sessions(left)
    assert page.table.chosen_id == left[after].id
    assert page.table.selectionModel().isRowSelected(after)


def test_a_list_that_is_reached_by_key_shows_which_row_enter_would_open(
    page: SessionsPage, kept: list[Session]
) -> None:
    page.show_sessions(kept)
    assert not page.table.selectionModel().hasSelection()
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.table.selectionModel().isRowSelected(0)
    assert page.table.chosen_id == kept[0].id


def test_a_list_without_rows_does_not_deny_a_take_that_is_still_put_in_order(page: SessionsPage) -> None:
    page.show_sessions([], more=True)
    empty = page.findChild(QLabel, "no-sessions")
    assert empty is not None
    assert empty.isVisible()
    assert "Nothing is kept" not in empty.text()


def test_a_take_without_report_and_sound_does_not_promise_a_recording(
    page: SessionsPage, kept: list[Session]
) -> None:
    page.show_take(kept[2], None, playable=False)
    assert "nothing to hear" in page.feedback.sentence


def test_the_chosen_row_leaves_the_ring_of_the_focus_whole(
    page: SessionsPage, look: Look, qtbot: QtBot, kept: list[Session]
) -> None:
    page.show_sessions(kept)
    table = page.table
    page.window().activateWindow()
    table.setFocus()
    table.selectRow(1)
    qtbot.waitUntil(table.hasFocus)
    picture = table.grab().toImage()
    row = table.viewport().mapTo(table, table.visualRect(table.currentIndex()).center()).y()
    edges = (0, 1, picture.width() - 2, picture.width() - 1)
    assert {picture.pixelColor(x, row).name() for x in edges} == {look.colour(Role.ACCENT).name()}
