"""Reading the feedback: what is opened comes into sight, words can be copied, the page shows its focus."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from whypm.domain.content import Pack
from whypm.domain.feedback import Level, Report
from whypm.domain.session import Session
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.report.feedback_content import Feedback, read_report
from whypm.ui.report.feedback_view import FeedbackView
from whypm.ui.style.look import Look
from whypm.ui.widgets.band_strip import BandStrip


@pytest.fixture
def view(qtbot: QtBot, look: Look, feedback: Feedback) -> FeedbackView:
    view = FeedbackView(look)
    qtbot.addWidget(view)
    view.resize(560, 440)
    with qtbot.waitExposed(view):
        view.show()
    view.show_feedback(feedback, 9.0, playable=True)
    return view


def put_at_the_lower_edge(view: FeedbackView, widget: QWidget) -> None:
    bottom = widget.mapTo(view.page, QPoint(0, widget.height())).y()
    view.verticalScrollBar().setValue(bottom + 4 - view.viewport().height())


@pytest.mark.parametrize(
    ("line", "control"),
    [("item-company", "about"), ("figure-length", "more")],
)
def test_what_a_press_opens_below_the_fold_comes_into_sight(
    view: FeedbackView, qtbot: QtBot, line: str, control: str
) -> None:
    row = view.findChild(QWidget, line)
    assert row is not None
    pressed = row.findChild(QPushButton, control)
    assert pressed is not None
    qtbot.waitUntil(lambda: row.height() > 0)
    put_at_the_lower_edge(view, row)
    pressed.click()
    last = max(
        (label for label in row.findChildren(QLabel) if not label.isHidden()),
        key=lambda label: label.mapTo(view.page, QPoint(0, label.height())).y(),
    )
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())


def test_what_is_in_sight_already_does_not_move_when_it_is_opened(view: FeedbackView, qtbot: QtBot) -> None:
    row = view.findChild(QWidget, "item-company")
    assert row is not None
    qtbot.waitUntil(lambda: row.height() > 0)
    place = row.mapTo(view.page, QPoint()).y() - 60
    view.verticalScrollBar().setValue(place)
    about = row.findChild(QPushButton, "about")
    assert about is not None
    about.click()
    qtbot.waitUntil(lambda: row.height() > 100)
    assert view.verticalScrollBar().value() == place


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        (Qt.FocusReason.TabFocusReason, True),
        (Qt.FocusReason.BacktabFocusReason, True),
        (Qt.FocusReason.MouseFocusReason, False),
        (Qt.FocusReason.OtherFocusReason, False),
    ],
)
def test_a_page_that_tab_has_reached_shows_it(
    view: FeedbackView, reason: Qt.FocusReason, shown: bool
) -> None:
    ring = view.findChild(QFrame, "ring")
    assert ring is not None
    about = view.findChild(QPushButton, "about")
    assert about is not None
    about.setFocus()
    width = view.viewport().width()
    view.setFocus(reason)
    assert ring.isVisible() is shown
    assert view.viewport().width() == width, "the words must not move"
    about.setFocus()
    assert not ring.isVisible()


@pytest.mark.parametrize("name", ["sentence", "asked", "kept-quote", "advice", "quote"])
def test_words_can_be_selected_and_copied(view: FeedbackView, qtbot: QtBot, name: str) -> None:
    label = view.findChild(QLabel, name)
    assert label is not None
    label.setSelection(0, len(label.text()))
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == label.text()


@pytest.mark.parametrize("key", [Qt.Key.Key_P, Qt.Key.Key_E, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_a_key_pressed_on_selected_words_still_belongs_to_the_page(view: FeedbackView, key: Qt.Key) -> None:
    label = view.findChild(QLabel, "advice")
    assert label is not None
    label.setSelection(0, 3)
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(label, event)
    assert not event.isAccepted()


def test_a_take_with_neither_words_nor_sound_shows_no_empty_card(view: FeedbackView) -> None:
    view.show_take("Why?", "There is no report.", 4.0, playable=False)
    assert not view.recording.isVisible()
    view.show_take("Why?", "There is no report.", 4.0, playable=True)
    assert view.recording.isVisible()


@pytest.mark.parametrize("corrected", [None, Level.MISSING])
def test_nothing_of_an_opened_item_is_cut_off_beside_the_list(
    window: MainWindow, qtbot: QtBot, session: Session, report: Report, pack: Pack, corrected: Level | None
) -> None:
    checklist = tuple(replace(verdict, corrected=corrected) for verdict in report.checklist)
    window.go(Place.SESSIONS)
    page = window.sessions
    page.show_sessions([session])
    page.show_take(session, read_report(replace(report, checklist=checklist), pack), playable=True)
    window.resize(window.minimumSize())
    while page.table.isHidden() or not page.table.isVisible():  # the narrowest window that has both
        window.resize(window.width() + 10, window.height())
        QApplication.processEvents()
    for about in page.feedback.findChildren(QPushButton, "about"):
        about.click()
    qtbot.waitUntil(lambda: page.feedback.verticalScrollBar().maximum() > 2000)
    assert page.feedback.page.width() == page.feedback.viewport().width()


def test_a_band_and_its_target_stay_together_beside_a_title_of_two_lines(
    view: FeedbackView, qtbot: QtBot
) -> None:
    view.resize(600, 440)
    line = view.findChild(QWidget, "figure-latency")
    assert line is not None
    band, place = line.findChild(BandStrip), line.findChild(QLabel, "place")
    assert band is not None
    assert place is not None
    qtbot.waitUntil(lambda: band.mapTo(line, QPoint()).x() > line.width() / 4 and line.height() > 60)
    below = place.mapTo(line, QPoint()).y() - band.mapTo(line, QPoint(0, band.height())).y()
    assert 0 <= below < 10
