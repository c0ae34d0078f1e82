"""Drills: offered beside the advice, reviewed with what they brought, and the way back to the answer."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from whypm.domain.content import Pack
from whypm.domain.feedback import Level, Report
from whypm.domain.session import Session
from whypm.feedback.coaching.drill import drill_on
from whypm.feedback.coaching.drill_outcome import drill_outcome, outcome_sentence
from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.events import Asked
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.rehearsal.rehearse_page import RehearsePage
from whypm.ui.rehearsal.wishes import Wish
from whypm.ui.report.feedback_content import read_report


@pytest.fixture
def page(window: MainWindow, asked: Asked, session: Session) -> RehearsePage:
    window.rehearse.show_upcoming(asked)
    window.rehearse.show_state(Rehearsal(Phase.REVIEW, asked=asked, session=session))
    return window.rehearse


@pytest.fixture
def drilled(report: Report, pack: Pack) -> Report:
    """The same words as the answer to a drill on "change", which they now show."""
    own = tuple(
        replace(verdict, level=Level.EVIDENCE) for verdict in report.checklist if verdict.id == "change"
    )
    drill = drill_on("change", pack)
    return replace(report, checklist=own, drill=drill, shape=None, specifics=None, follow_up=None)


def found(page: QWidget, name: str) -> QPushButton:
    made = page.findChild(QPushButton, name)
    assert isinstance(made, QPushButton)
    return made


def shown(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_advice_that_can_be_drilled_offers_to_practise_it(
    page: RehearsePage, qtbot: QtBot, report: Report, pack: Pack
) -> None:
    page.show_feedback(read_report(report, pack), 9.0, playable=True)
    practise = found(page, "practise-change")
    assert practise.text() == "Practise this, 20 s"
    with qtbot.waitSignal(page.feedback.practise) as wanted:
        practise.click()
    assert wanted.args == ["change"]


def test_advice_on_the_length_has_no_drill(page: RehearsePage, report: Report, pack: Pack) -> None:
    page.show_feedback(read_report(report, pack), 9.0, playable=True)
    assert "Take a little longer." in shown(page)
    assert page.findChild(QPushButton, "practise-length") is None


def test_a_drill_is_reviewed_on_its_one_point_with_what_it_brought(
    page: RehearsePage, report: Report, drilled: Report, pack: Pack
) -> None:
    assert drilled.drill is not None
    outcome = outcome_sentence(drill_outcome(drilled.drill, drilled, pack, report), pack)
    page.show_feedback(read_report(drilled, pack, outcome), 9.0, playable=True, has_origin=True)
    change = pack.item("change")
    assert change is not None
    assert page.feedback.sentence == f"{change.title}: only mentioned before, shown now."
    rows = [child for child in page.findChildren(QWidget) if child.objectName().startswith("item-")]
    assert [row.objectName() for row in rows] == ["item-change"]
    assert "Length of the drill" in shown(page)
    assert "How it is built" not in shown(page)
    assert page.findChild(QPushButton, "practise-change") is None, "the foot offers it again"


def test_a_drill_can_be_practised_again_or_left_for_the_answer(
    page: RehearsePage, qtbot: QtBot, drilled: Report, pack: Pack
) -> None:
    page.show_feedback(read_report(drilled, pack, "Shown now."), 9.0, playable=True, has_origin=True)
    assert found(page, "try-again").text() == "Practise it again"
    assert not found(page, "next-question").isVisible()
    assert not page.press(Qt.Key.Key_N), "a key does nothing that no button shows"
    with qtbot.waitSignal(page.wished) as wished:
        found(page, "back-to-answer").click()
    assert wished.args == [Wish.BACK]


def test_a_whole_answer_has_no_way_back(page: RehearsePage, report: Report, pack: Pack) -> None:
    page.show_feedback(read_report(report, pack), 9.0, playable=True)
    assert found(page, "try-again").text() == "Try again"
    assert not found(page, "back-to-answer").isVisible()
