"""Answers beside each other: what clashes, stays, goes and sounds memorised, each quote with its session."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from whypm.domain.consistency import (
    Clash,
    Consistency,
    Contradiction,
    Course,
    Quote,
    Reason,
    Repetition,
    Story,
)
from whypm.domain.content import Group, Pack
from whypm.domain.session import Session
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.history.compared import read_comparison
from whypm.ui.history.sessions_page import SessionsPage

NEW, OLD = "newer", "older"
LONG = "We had a great many things to do on that day in the shop, and I built it in two days"
CLASH = Contradiction(Clash.NUMBER, "days", Quote(NEW, 0, "I built it in four days."), Quote(OLD, 1, LONG))


@pytest.fixture
def page(window: MainWindow, session: Session) -> SessionsPage:
    window.go(Place.SESSIONS)
    window.sessions.show_sessions([session])
    return window.sessions


@pytest.fixture
def kept(session: Session) -> list[Session]:
    return [
        replace(session, id=NEW),
        replace(session, id=OLD, created=session.created - timedelta(days=1)),
    ]


@pytest.fixture
def consistency(pack: Pack) -> Consistency:
    themes = [item.id for item in pack.checklist if item.group is Group.THEME]
    stays = Reason(
        themes[0], Course.STAYS, (Quote(NEW, 0, "I like to decide."), Quote(OLD, 0, "I choose.")), ()
    )
    gone = Reason(themes[1], Course.GONE, (Quote(OLD, 2, "I met the packers."),), (NEW,))
    told = (Quote(NEW, 3, "I drew a table."), Quote(OLD, 3, "I drew one table."))
    story = Story(Course.STAYS, told, ("drew", "table"), ())
    repetition = Repetition(NEW, OLD, 0.62, "people who pack the boxes never get asked")
    return Consistency((NEW, OLD), (stays, gone), (story,), (CLASH,), (repetition,))


def card(page: SessionsPage, group: str) -> list[str]:
    cards = page.comparison.findChildren(QFrame, "card")
    found = next(one for one in cards if one.property("group") == group)
    return [label.text() for label in found.findChildren(QLabel)]


def show(page: SessionsPage, kept: list[Session], consistency: Consistency, pack: Pack) -> None:
    page.show_comparison()
    page.comparison.show_comparison(read_comparison(kept, consistency, pack))


def test_what_is_not_sure_in_some_answer_is_not_said_to_be_in_every_one(
    page: SessionsPage, kept: list[Session], consistency: Consistency, pack: Pack
) -> None:
    (stays, gone), (story,) = consistency.reasons, consistency.stories
    partly = replace(stays, told=stays.told[:1])
    show(page, kept, replace(consistency, reasons=(partly, gone), stories=(story,)), pack)
    assert "In every answer of which it is sure." in card(page, "stays")


@pytest.mark.parametrize(("without", "title"), [((NEW, OLD), "any answer"), ((OLD,), "some answers")])
def test_answers_without_a_reason_are_named(
    page: SessionsPage,
    kept: list[Session],
    consistency: Consistency,
    pack: Pack,
    without: tuple[str, ...],
    title: str,
) -> None:
    show(page, kept, replace(consistency, without_reason=without), pack)
    assert f"No reason in {title}" in card(page, "goes")
    assert "Say in each why you want this job and no other." in card(page, "goes")


def test_what_stays_and_what_goes_stand_apart(
    page: SessionsPage, kept: list[Session], consistency: Consistency, pack: Pack
) -> None:
    show(page, kept, consistency, pack)
    themes = [item.title for item in pack.checklist if item.group is Group.THEME]
    assert themes[0] in card(page, "stays")
    assert "“I choose”" in card(page, "stays")
    assert "In every answer. Both share “drew”, “table”." in card(page, "stays")
    assert themes[1] in card(page, "goes")
    assert "Not in your newest answer any more." in card(page, "goes")


def test_a_clash_shows_both_sides_in_full(
    page: SessionsPage, kept: list[Session], consistency: Consistency, pack: Pack
) -> None:
    show(page, kept, consistency, pack)
    assert "“I built it in four days.”" in card(page, "clashes")
    assert f"“{LONG}”" in card(page, "clashes"), "the number that clashes is its last but one word"


def test_an_answer_in_the_words_of_another_is_told(
    page: SessionsPage, kept: list[Session], consistency: Consistency, pack: Pack
) -> None:
    show(page, kept, consistency, pack)
    assert "62% of the words are those of an earlier answer" in card(page, "memorised")


def test_a_quote_opens_its_session(
    page: SessionsPage, qtbot: QtBot, kept: list[Session], consistency: Consistency, pack: Pack
) -> None:
    show(page, kept, consistency, pack)
    for session_id, day in ((NEW, "4 Mar, 17:05"), (OLD, "3 Mar, 17:05")):
        quoted = page.comparison.findChild(QPushButton, f"open-{session_id}")
        assert isinstance(quoted, QPushButton)
        assert quoted.text() == day
        with qtbot.waitSignal(page.opened) as opened:
            quoted.click()
        assert opened.args == [session_id]


def test_where_nothing_is_to_be_told_a_line_says_so(
    page: SessionsPage, kept: list[Session], pack: Pack
) -> None:
    show(page, kept, Consistency((NEW, OLD)), pack)
    none = page.comparison.findChild(QLabel, "comparison-none")
    assert isinstance(none, QLabel)
    assert none.text().startswith("Nothing clashes.")
    assert none.text().endswith("Nothing sounds memorised.")
    assert not page.comparison.findChildren(QFrame, "card")
    assert page.comparison.sentence == "In your 2 answers nothing stays, and nothing clashes."


def test_fewer_than_two_answers_say_what_is_needed(
    page: SessionsPage, kept: list[Session], consistency: Consistency, pack: Pack
) -> None:
    show(page, kept, consistency, pack)
    page.comparison.show_too_few()
    assert "Two answers are needed" in page.comparison.sentence
    assert not page.comparison.findChildren(QFrame, "card")


def test_the_comparison_gives_way_to_a_take_and_to_the_list(
    page: SessionsPage, session: Session, kept: list[Session], consistency: Consistency, pack: Pack
) -> None:
    show(page, kept, consistency, pack)
    assert page.comparison.isVisible()
    page.show_take(session, None, playable=False)
    assert not page.comparison.isVisible()
    assert page.feedback.isVisible()
    page.show_comparison()
    close = page.findChild(QPushButton, "end-comparison")
    assert isinstance(close, QPushButton)
    close.click()
    assert not page.comparing
    assert not page.comparison.isVisible()


def test_without_sessions_there_is_nothing_to_compare(page: SessionsPage) -> None:
    compare = page.findChild(QPushButton, "compare")
    assert isinstance(compare, QPushButton)
    assert compare.isVisible()
    page.show_sessions([])
    assert not compare.isVisible()
