"""Words put right in the window, with a real judge and real storage behind it."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

import whypm.studio
from whypm.audio.file_card import FileCard
from whypm.domain.feedback import Level
from whypm.domain.session import Session
from whypm.places import find_places
from whypm.sessions.engine import Phase
from whypm.sessions.store import SessionStore
from whypm.ui.desks.desk import Desk
from whypm.ui.desks.opening import Wanted
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.report.feedback_view import FeedbackView
from whypm.ui.style.look import Look

WAIT_MILLISECONDS = 30_000
NO_MODEL = "not-a-model"
"""So that nothing is transcribed: to put words right needs no recogniser."""
SAID = "I drew one small table. Um returns fell by a third. I want to choose what we build."
PUT_RIGHT = SAID.replace("third", "quarter")


@pytest.fixture
def store(tmp_path: Path, session: Session) -> Iterator[SessionStore]:
    folder = tmp_path / "data"
    (folder / "recordings").mkdir(parents=True)
    (folder / "settings.json").write_text(json.dumps({"speak_questions": False}), encoding="utf-8")
    store = SessionStore(folder / "sessions.db", folder / "recordings")
    audio = store.recording_path(session.id)
    shutil.copy(find_places().assets / "demo" / "reply.opus", audio)
    store.keep(replace(session, audio=audio))
    store.keep(replace(session, id="fedcba987654"))
    yield store
    store.close()


@pytest.fixture
def desk(
    window: MainWindow,
    look: Look,
    store: SessionStore,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    reply = find_places().assets / "demo" / "reply.opus"
    monkeypatch.setattr(whypm.studio, "SoundCard", lambda: FileCard(reply, lambda: None, 20.0))
    assert len(store.recent()) == 2
    desk = Desk(window, look, Wanted(tmp_path / "data", NO_MODEL, None))
    desk.open()
    qtbot.waitUntil(lambda: desk.ready, timeout=WAIT_MILLISECONDS)
    yield desk
    desk.close()


@pytest.fixture
def view(desk: Desk, window: MainWindow, session: Session, qtbot: QtBot) -> FeedbackView:
    assert desk.ready
    window.activateWindow()
    window.go(Place.SESSIONS)
    open_take(window, session.id, qtbot)
    return window.sessions.feedback


def open_take(window: MainWindow, session_id: str, qtbot: QtBot) -> None:
    page = window.sessions
    page.opened.emit(session_id)
    qtbot.waitUntil(
        lambda: page.session is not None and page.session.id == session_id, timeout=WAIT_MILLISECONDS
    )


def wait_for_text(view: FeedbackView, text: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.recording.words.transcript.spoken_text == text, timeout=WAIT_MILLISECONDS)


def put_right(view: FeedbackView, text: str, qtbot: QtBot) -> None:
    words = view.recording.words
    words.edit()
    words.editor.setPlainText(text)
    qtbot.keyClick(words.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def told(view: FeedbackView, name: str) -> str:
    label = view.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_checklist_and_figures_follow_the_users_words_and_the_original_stays(
    view: FeedbackView, store: SessionStore, session: Session, qtbot: QtBot
) -> None:
    text = f"{SAID} I sat down with our engineer and two clerks, and we agreed on one button together."
    put_right(view, text, qtbot)
    wait_for_text(view, text, qtbot)
    kept = store.find(session.id)
    assert kept.report is not None
    assert kept.original is not None
    assert kept.original.transcript.text == SAID
    assert kept.report.timing is not None
    assert kept.report.timing.word_count == 17 + 16
    collaboration = next(each for each in kept.report.checklist if each.id == "collaboration")
    assert collaboration.level is not Level.MISSING
    assert told(view, "whose-words").startswith("You put these words right")
    assert not view.recording.words.editing


def test_an_edit_is_undone_and_done_again(
    view: FeedbackView, store: SessionStore, session: Session, qtbot: QtBot
) -> None:
    put_right(view, PUT_RIGHT, qtbot)
    wait_for_text(view, PUT_RIGHT, qtbot)
    transcript = view.recording.words.transcript
    qtbot.waitUntil(transcript.hasFocus)
    qtbot.keyClick(transcript, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for_text(view, SAID, qtbot)
    assert store.find(session.id).original is None
    view.recording.words.redo.emit()
    wait_for_text(view, PUT_RIGHT, qtbot)
    assert store.find(session.id).original is not None
    view.recording.words.note.restore.emit()
    wait_for_text(view, SAID, qtbot)
    view.recording.words.undo.emit()
    wait_for_text(view, PUT_RIGHT, qtbot)


def test_one_word_is_put_right_where_it_stands(view: FeedbackView, qtbot: QtBot) -> None:
    transcript = view.recording.words.transcript
    transcript.setTextCursor(transcript.document().find("third"))
    transcript.edit_words()
    transcript.field.setText("quarter.")
    qtbot.keyClick(transcript.field, Qt.Key.Key_Return)
    wait_for_text(view, PUT_RIGHT, qtbot)
    assert not transcript.field.isVisible()
    qtbot.waitUntil(transcript.hasFocus)


def test_what_is_typed_waits_for_the_take_to_be_opened_again(
    view: FeedbackView, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    words = view.recording.words
    words.edit()
    words.editor.setPlainText(f"{SAID} And")
    words.editor.insertPlainText("Well. ")
    open_take(window, "fedcba987654", qtbot)
    assert not words.editing
    assert words.transcript.spoken_text == SAID
    open_take(window, session.id, qtbot)
    qtbot.waitUntil(lambda: words.editing)
    assert words.editor.toPlainText() == f"Well. {SAID} And"


def test_words_that_cannot_be_kept_stay_in_the_editor_and_it_is_told(
    view: FeedbackView, window: MainWindow, store: SessionStore, session: Session, qtbot: QtBot
) -> None:
    store.delete(session.id)
    put_right(view, PUT_RIGHT, qtbot)
    qtbot.waitUntil(lambda: "deleted meanwhile" in window.notice.text, timeout=WAIT_MILLISECONDS)
    assert view.recording.words.editing
    assert view.recording.words.editor.toPlainText() == PUT_RIGHT
    assert not view.recording.words.editor.isReadOnly()


def test_words_put_right_under_review_are_right_among_the_sessions_too(
    view: FeedbackView, window: MainWindow, store: SessionStore, session: Session, qtbot: QtBot
) -> None:
    practise = view.findChild(QPushButton, "practise-change")
    assert practise is not None
    practise.click()  # the drill leads back to the answer, which then stands under review
    for phase in (Phase.READING, Phase.LISTENING):
        qtbot.waitUntil(lambda phase=phase: window.rehearse.phase is phase, timeout=WAIT_MILLISECONDS)
        qtbot.keyClick(window, Qt.Key.Key_Space)
    back = window.rehearse.findChild(QPushButton, "back-to-answer")
    assert back is not None
    qtbot.waitUntil(back.isVisible, timeout=WAIT_MILLISECONDS)
    back.click()
    reviewed = window.rehearse.feedback
    wait_for_text(reviewed, SAID, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert reviewed.recording.words.editing
    reviewed.recording.words.editor.setPlainText(PUT_RIGHT)
    qtbot.keyClick(reviewed.recording.words.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for_text(reviewed, PUT_RIGHT, qtbot)
    wait_for_text(view, PUT_RIGHT, qtbot)
    assert store.find(session.id).original is not None
    view.recording.words.undo.emit()
    wait_for_text(view, SAID, qtbot)
    wait_for_text(reviewed, SAID, qtbot)


def test_words_that_are_typed_and_not_kept_are_told_of_before_the_window_closes(
    view: FeedbackView, window: MainWindow, qtbot: QtBot
) -> None:
    words = view.recording.words
    words.edit()
    qtbot.keyClicks(words.editor, "But ")
    assert not window.close()
    assert "not kept yet" in window.notice.text
    window.notice.clear()
    qtbot.keyClicks(words.editor, "then ")
    assert not window.close(), "more was typed since"
    assert window.close()


def test_the_window_closes_at_once_where_nothing_typed_would_be_lost(
    view: FeedbackView, window: MainWindow, qtbot: QtBot
) -> None:
    put_right(view, PUT_RIGHT, qtbot)
    wait_for_text(view, PUT_RIGHT, qtbot)
    words = view.recording.words
    words.edit()
    qtbot.keyClicks(words.editor, "But ")
    cancel = words.findChild(QPushButton, "cancel-edit")
    assert cancel is not None
    cancel.click()
    assert window.close()


def test_a_text_of_a_deleted_take_holds_nothing_up(
    view: FeedbackView, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    words = view.recording.words
    words.edit()
    qtbot.keyClicks(words.editor, "But ")
    window.sessions.delete.emit(session.id)
    qtbot.waitUntil(lambda: window.sessions.session is None, timeout=WAIT_MILLISECONDS)
    assert window.close()


def test_the_systems_wish_to_end_is_not_held_up_by_words(
    view: FeedbackView, window: MainWindow, qtbot: QtBot
) -> None:
    words = view.recording.words
    words.edit()
    qtbot.keyClicks(words.editor, "But ")
    window.end()
    assert not window.isVisible()
