"""The desk and what was kept: takes that are opened, corrected, practised, analysed and deleted."""

import os
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import whypm.studio
import whypm.ui.desks.desk
import whypm.ui.desks.models_desk
import whypm.ui.desks.review
import whypm.ui.desks.sessions_desk
import whypm.ui.desks.settings_desk
from desk_stage import (
    WAIT_MILLISECONDS,
    OpenDesk,
    all_kept,
    answer,
    keep,
    listen,
    open_take,
    press,
    press_space,
    wait_for,
    words,
)
from whypm.audio.recording_file import RecordingFile
from whypm.domain.errors import TranscriptionError, WhypmError
from whypm.domain.feedback import AskedQuestion, Correction, Level, Report
from whypm.domain.session import DrillOf, Session, SessionState
from whypm.domain.sound import Ending
from whypm.sessions.analyst import Analyst
from whypm.sessions.engine import Phase
from whypm.sessions.events import Begin, Intent
from whypm.sessions.runner import RehearsalRunner
from whypm.sessions.store import SessionStore
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place


def test_a_kept_answer_can_be_heard_and_then_deleted(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot
) -> None:
    open_desk()
    listen(window, qtbot)
    qtbot.waitUntil(lambda: window.rehearse.room.ring.text >= "0:05", timeout=WAIT_MILLISECONDS)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.REVIEW)
    window.go(Place.SESSIONS)
    page = window.sessions
    qtbot.waitUntil(page.table.isVisible, timeout=WAIT_MILLISECONDS)
    page.opened.emit(page.table.rows.sessions[0].id)
    qtbot.waitUntil(lambda: page.session is not None, timeout=WAIT_MILLISECONDS)
    qtbot.keyClick(window, Qt.Key.Key_P)
    waveform = page.feedback.recording.waveform
    qtbot.waitUntil(lambda: waveform.place_seconds > 1, timeout=WAIT_MILLISECONDS)
    assert page.session is not None
    page.delete.emit(page.session.id)
    qtbot.waitUntil(lambda: page.session is None and not page.table.rows.sessions, timeout=WAIT_MILLISECONDS)


def test_the_list_reads_no_report_as_there_may_be_thousands(
    open_desk: OpenDesk,
    window: MainWindow,
    qtbot: QtBot,
    data: Path,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep(data, session)
    read = []
    monkeypatch.setattr("whypm.sessions.store.report_from_json", read.append)
    open_desk()
    window.go(Place.SESSIONS)
    qtbot.waitUntil(window.sessions.table.isVisible, timeout=WAIT_MILLISECONDS)
    assert [one.id for one in window.sessions.table.rows.sessions] == [session.id]
    assert read == []


def test_the_speakers_own_verdict_is_kept(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path, session: Session
) -> None:
    open_desk()
    store = SessionStore(data / "sessions.db", data / "recordings")
    store.keep(session)
    window.sessions.opened.emit(session.id)
    qtbot.waitUntil(lambda: window.sessions.session is not None, timeout=WAIT_MILLISECONDS)
    window.sessions.feedback.correct.emit("company", Level.MENTION)
    qtbot.waitUntil(lambda: bool(store.find(session.id).corrections), timeout=WAIT_MILLISECONDS)
    assert store.find(session.id).corrections == (Correction("company", Level.MENTION),)
    store.close()


def test_a_session_that_another_window_deleted_is_told_of_in_plain_words(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path, session: Session
) -> None:
    open_desk()
    keep(data, session)
    open_take(window, qtbot, session.id)
    rows = window.sessions.table.rows
    qtbot.waitUntil(lambda: rows.rowCount() == 1, timeout=WAIT_MILLISECONDS)
    store = SessionStore(data / "sessions.db", data / "recordings")
    store.delete(session.id)
    store.close()
    window.sessions.feedback.correct.emit("company", Level.MENTION)
    qtbot.waitUntil(lambda: "deleted meanwhile" in window.notice.text, timeout=WAIT_MILLISECONDS)
    qtbot.waitUntil(lambda: rows.rowCount() == 0, timeout=WAIT_MILLISECONDS)


def test_a_weak_point_of_a_kept_answer_is_practised_and_the_way_leads_back_to_it(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path, session: Session
) -> None:
    open_desk()
    store = SessionStore(data / "sessions.db", data / "recordings")
    store.keep(session)
    window.go(Place.SESSIONS)
    window.sessions.opened.emit(session.id)
    qtbot.waitUntil(lambda: window.sessions.session is not None, timeout=WAIT_MILLISECONDS)
    practise = window.sessions.findChild(QPushButton, "practise-change")
    assert isinstance(practise, QPushButton)
    practise.click()
    wait_for(qtbot, window, Phase.READING)
    assert window.place is Place.REHEARSE
    assert words(window, "question").endswith("Take about 20 seconds.")
    assert window.rehearse.room.ring.target_words == "aim for 10–30 s"
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.LISTENING)
    qtbot.waitUntil(lambda: window.rehearse.room.ring.text >= "0:02", timeout=WAIT_MILLISECONDS)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.REVIEW)
    back = window.rehearse.findChild(QPushButton, "back-to-answer")
    assert isinstance(back, QPushButton)
    qtbot.waitUntil(back.isVisible, timeout=WAIT_MILLISECONDS)
    drilled = store.recent()[0]
    assert drilled.drill == DrillOf("change", session.id)
    store.close()
    back.click()
    qtbot.waitUntil(lambda: not back.isVisible(), timeout=WAIT_MILLISECONDS)
    assert words(window.rehearse, "asked") == "Why product management?"
    qtbot.keyClick(window, Qt.Key.Key_R)
    wait_for(qtbot, window, Phase.READING)
    assert words(window, "question") == "Why product management?"
    assert window.rehearse.room.ring.target_words == "aim for 60–90 s"


def test_whoever_comes_back_from_a_drill_is_not_asked_again_what_they_have_answered(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path, session: Session
) -> None:
    open_desk()
    keep(data, session)
    assert session.report is not None
    assert session.report.follow_up is not None
    follow_up = AskedQuestion(None, session.report.follow_up.text)
    keep(data, replace(session, id="reply0", question=follow_up, audio=None))
    open_take(window, qtbot, session.id)
    press(qtbot, window.sessions, "practise-change")
    wait_for(qtbot, window, Phase.READING)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.LISTENING)
    qtbot.waitUntil(lambda: window.rehearse.room.ring.text >= "0:02", timeout=WAIT_MILLISECONDS)
    press_space(qtbot, window)
    press(qtbot, window.rehearse, "back-to-answer")
    asked = window.rehearse.findChild(QLabel, "asked")
    assert isinstance(asked, QLabel)
    qtbot.waitUntil(lambda: asked.text() == session.question.text, timeout=WAIT_MILLISECONDS)
    for name in ("follow-up", "follow-up-question"):
        offered = window.rehearse.findChild(QWidget, name)
        assert offered is not None
        assert not offered.isVisible()


def test_kept_answers_are_compared_and_one_alone_is_not(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path, session: Session
) -> None:
    open_desk()
    store = SessionStore(data / "sessions.db", data / "recordings")
    store.keep(session)
    page = window.sessions
    page.compare.emit()
    qtbot.waitUntil(lambda: "Two answers" in page.comparison.sentence, timeout=WAIT_MILLISECONDS)
    store.keep(replace(session, id="fedcba987654", created=session.created - timedelta(days=1)))
    store.close()
    page.compare.emit()
    qtbot.waitUntil(lambda: "In your 2 answers" in page.comparison.sentence, timeout=WAIT_MILLISECONDS)
    quotes = [label.text() for label in page.comparison.findChildren(QLabel, "said")]
    assert "“I want to choose what we build”" in quotes


def test_a_take_under_way_is_not_listed_as_one_that_was_recovered(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot
) -> None:
    desk = open_desk()
    listen(window, qtbot)
    with qtbot.waitSignal(window.place_changed):
        window.go(Place.SESSIONS)
    empty = "Nothing is kept yet. Your answers will stand here."
    qtbot.waitUntil(lambda: words(window.sessions, "no-sessions") == empty, timeout=WAIT_MILLISECONDS)
    assert window.sessions.table.rows.rowCount() == 0
    window.go(Place.REHEARSE)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.REVIEW)
    window.go(Place.SESSIONS)
    qtbot.waitUntil(lambda: window.sessions.table.rows.rowCount() == 1, timeout=WAIT_MILLISECONDS)
    assert desk.ready


def test_a_long_take_that_comes_late_gives_way_to_the_one_chosen_since(
    open_desk: OpenDesk,
    window: MainWindow,
    session: Session,
    qtbot: QtBot,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data.joinpath("recordings").mkdir()
    kept = SessionStore(data / "sessions.db", data / "recordings")
    for name in ("long", "short"):
        kept.keep(replace(session, id=name, audio=None))
    kept.close()
    may_end = threading.Event()
    arrived: list[str] = []
    read, show = whypm.ui.desks.review.read_take, whypm.ui.desks.sessions_desk.SessionsDesk._show_opened

    def slowly(studio: whypm.studio.Studio, take: Session) -> object:
        if take.id == "long":
            may_end.wait(WAIT_MILLISECONDS / 1000)
        return read(studio, take)

    def noted(desk: whypm.ui.desks.sessions_desk.SessionsDesk, review: whypm.ui.desks.review.Review) -> None:
        show(desk, review)
        arrived.append(review.session.id)

    monkeypatch.setattr(whypm.ui.desks.sessions_desk, "read_take", slowly)
    monkeypatch.setattr(whypm.ui.desks.sessions_desk.SessionsDesk, "_show_opened", noted)
    open_desk()
    page = window.sessions
    page.opened.emit("long")
    page.opened.emit("short")
    qtbot.waitUntil(lambda: arrived == ["short"], timeout=WAIT_MILLISECONDS)
    may_end.set()
    qtbot.waitUntil(lambda: arrived == ["short", "long"], timeout=WAIT_MILLISECONDS)
    assert page.session is not None
    assert page.session.id == "short"


class Reports:
    """What an analysis comes to, one after the other, each as soon as it may end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *outcomes: Report | WhypmError) -> None:
        self.may_end = [threading.Event() for _ in outcomes]
        self._waiting = iter(zip(self.may_end, outcomes, strict=True))
        monkeypatch.setattr(Analyst, "analyse", lambda *_, **__: self._next())

    def _next(self) -> Report:
        may_end, outcome = next(self._waiting)
        may_end.wait(WAIT_MILLISECONDS / 1000)
        if isinstance(outcome, WhypmError):
            raise outcome
        return outcome


def test_a_verdict_put_right_meanwhile_does_not_take_the_room_from_a_take(
    open_desk: OpenDesk,
    window: MainWindow,
    qtbot: QtBot,
    data: Path,
    report: Report,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Reports(monkeypatch, report).may_end[0].set()
    open_desk()
    answer(window, qtbot)
    qtbot.waitUntil(window.rehearse.feedback.isVisible, timeout=WAIT_MILLISECONDS)
    (first,) = all_kept(data)
    qtbot.keyClick(window, Qt.Key.Key_R)
    wait_for(qtbot, window, Phase.READING)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.LISTENING)
    open_take(window, qtbot, first.id)

    def shown() -> Session:
        assert window.sessions.session is not None
        return window.sessions.session

    window.sessions.feedback.correct.emit("change", Level.EVIDENCE)
    qtbot.waitUntil(lambda: bool(shown().corrections), timeout=WAIT_MILLISECONDS)
    window.go(Place.REHEARSE)
    stop = window.findChild(QPushButton, "stop")
    assert stop is not None
    assert stop.isVisible()
    assert not window.rehearse.feedback.isVisible()


def test_an_answer_that_was_left_fails_alone_and_the_next_one_gets_its_report(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = Reports(monkeypatch, TranscriptionError("The first one failed."), report)
    open_desk()
    answer(window, qtbot)
    press(qtbot, window, "leave")
    wait_for(qtbot, window, Phase.IDLE)
    answer(window, qtbot)
    wait_for(qtbot, window, Phase.ANALYSING)
    reports.may_end[0].set()
    qtbot.waitUntil(lambda: "first one failed" in window.notice.text, timeout=WAIT_MILLISECONDS)
    assert window.rehearse.phase is Phase.ANALYSING
    reports.may_end[1].set()
    qtbot.waitUntil(window.rehearse.feedback.isVisible, timeout=WAIT_MILLISECONDS)
    assert "no report" not in window.rehearse.feedback.sentence


def test_a_report_that_nobody_waited_for_is_shown_where_its_answer_is(
    open_desk: OpenDesk,
    window: MainWindow,
    qtbot: QtBot,
    data: Path,
    report: Report,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reports = Reports(monkeypatch, report)
    open_desk()
    answer(window, qtbot)
    press(qtbot, window, "leave")
    wait_for(qtbot, window, Phase.IDLE)
    open_take(window, qtbot, all_kept(data)[0].id)
    rows, again = window.sessions.table.rows, window.sessions.findChild(QPushButton, "reanalyse")
    assert again is not None
    assert "is being made" in window.sessions.feedback.sentence
    assert not again.isEnabled()
    qtbot.waitUntil(lambda: rows.rowCount() == 1, timeout=WAIT_MILLISECONDS)
    assert rows.data(rows.index(0, 3)) == "being analysed"
    reports.may_end[0].set()
    qtbot.waitUntil(lambda: rows.data(rows.index(0, 3)) == "analysed", timeout=WAIT_MILLISECONDS)
    qtbot.waitUntil(again.isEnabled, timeout=WAIT_MILLISECONDS)
    qtbot.waitUntil(
        lambda: "is being made" not in window.sessions.feedback.sentence, timeout=WAIT_MILLISECONDS
    )
    assert "no report" not in window.sessions.feedback.sentence


def test_a_report_that_cannot_be_made_can_be_asked_for_among_the_sessions(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = Reports(monkeypatch, TranscriptionError("Not now."))
    open_desk()
    answer(window, qtbot)
    press(qtbot, window, "leave")
    wait_for(qtbot, window, Phase.IDLE)
    open_take(window, qtbot, all_kept(data)[0].id)
    again = window.sessions.findChild(QPushButton, "reanalyse")
    assert again is not None
    assert not again.isEnabled()
    reports.may_end[0].set()
    qtbot.waitUntil(again.isEnabled, timeout=WAIT_MILLISECONDS)
    assert "no report" in window.sessions.feedback.sentence
    rows = window.sessions.table.rows
    assert rows.data(rows.index(0, 3)) == "not analysed"


def test_a_take_analysed_among_the_sessions_has_its_report_in_the_room_too(
    open_desk: OpenDesk,
    window: MainWindow,
    qtbot: QtBot,
    data: Path,
    report: Report,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reports = Reports(monkeypatch, TranscriptionError("Not yet."), report)
    for may_end in reports.may_end:
        may_end.set()
    open_desk()
    answer(window, qtbot)
    qtbot.waitUntil(window.rehearse.feedback.isVisible, timeout=WAIT_MILLISECONDS)
    assert "no report" in window.rehearse.feedback.sentence
    open_take(window, qtbot, all_kept(data)[0].id)
    press(qtbot, window.sessions, "reanalyse")
    qtbot.waitUntil(lambda: "no report" not in window.sessions.feedback.sentence, timeout=WAIT_MILLISECONDS)
    assert window.rehearse.feedback.sentence == window.sessions.feedback.sentence


def test_an_answer_to_a_pack_that_was_removed_is_put_right_and_given_again(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path, session: Session
) -> None:
    open_desk()
    store = SessionStore(data / "sessions.db", data / "recordings")
    store.keep(replace(session, pack="removed 3"))
    open_take(window, qtbot, session.id)
    window.sessions.feedback.recording.words.edited.emit("I drew one small table and returns fell.")
    qtbot.waitUntil(lambda: store.find(session.id).original is not None, timeout=WAIT_MILLISECONDS)
    store.close()
    window.sessions.feedback.practise.emit("change")
    wait_for(qtbot, window, Phase.READING)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.LISTENING)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.REVIEW)
    press(qtbot, window, "back-to-answer")
    again = window.findChild(QPushButton, "next-question")  # not beside a drill
    assert again is not None
    qtbot.waitUntil(again.isVisible, timeout=WAIT_MILLISECONDS)
    qtbot.keyClick(window, Qt.Key.Key_R)
    wait_for(qtbot, window, Phase.READING)
    assert words(window, "question") == "Why product management?"


def test_a_take_of_a_crash_a_moment_ago_is_shown_once_it_is_sure_that_nobody_records_it(
    open_desk: OpenDesk,
    window: MainWindow,
    qtbot: QtBot,
    data: Path,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whypm.ui.desks.sessions_desk, "_LOOK_AGAIN_MILLISECONDS", 20)
    recording = data / "recordings" / "crashed.wav"
    recording.parent.mkdir()
    file = RecordingFile(recording, 16_000)
    file.write(np.zeros(5 * 16_000, np.int16))
    file.close()
    store = SessionStore(data / "sessions.db", data / "recordings")
    ended = replace(session, id="crashed", audio=recording, duration_seconds=0.0, report=None)
    store.keep(replace(ended, state=SessionState.RECORDED, ending=Ending.CRASHED))
    store.close()
    open_desk()
    window.go(Place.SESSIONS)
    nothing = "Nothing is kept yet. Your answers will stand here."
    qtbot.waitUntil(lambda: words(window.sessions, "no-sessions") == nothing, timeout=WAIT_MILLISECONDS)
    os.utime(recording, (0, 0))
    rows = window.sessions.table.rows
    qtbot.waitUntil(lambda: rows.rowCount() == 1, timeout=WAIT_MILLISECONDS)
    assert rows.data(rows.index(0, 2)) == "0:05"
    open_take(window, qtbot, "crashed")
    correct = window.sessions.feedback.recording.words.correct_button
    assert not correct.isVisible()


@pytest.mark.parametrize("name", ["next-question", "try-again"])
def test_pressing_twice_begins_one_question(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    open_desk()
    answer(window, qtbot)
    wait_for(qtbot, window, Phase.REVIEW)
    made = window.rehearse.findChild(QPushButton, name)
    assert isinstance(made, QPushButton)
    qtbot.waitUntil(made.isVisible, timeout=WAIT_MILLISECONDS)
    qtbot.waitUntil(lambda: window.rehearse.feedback.sentence != "", timeout=WAIT_MILLISECONDS)
    begun: list[Begin] = []
    send = RehearsalRunner.send

    def note(runner: RehearsalRunner, intent: Intent) -> None:
        if isinstance(intent, Begin):
            begun.append(intent)
        send(runner, intent)

    monkeypatch.setattr(RehearsalRunner, "send", note)
    made.click()
    made.click()
    wait_for(qtbot, window, Phase.READING)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.LISTENING)
    assert len(begun) == 1
