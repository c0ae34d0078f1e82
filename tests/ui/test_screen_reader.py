"""Without the screen and the mouse: what is read out, what things are called, and where the keyboard is."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from whypm.domain.session import Session
from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.events import Asked
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.report.feedback_content import Feedback
from whypm.ui.report.feedback_view import Stretch
from whypm.ui.settings.model_section import ModelEntry
from whypm.ui.widgets import announcement
from whypm.ui.widgets.band_strip import BandStrip

MODELS = tuple(
    ModelEntry(name, "A model", 78, here=name in {"base", "tiny"}, in_use=name == "base")
    for name in ("base", "tiny", "small", "large")
)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a screen reader is told. Qt has no way to listen to that from Python."""
    heard: list[str] = []
    ear = SimpleNamespace(updateAccessibility=lambda event: heard.append(event.message()))
    monkeypatch.setattr(announcement, "QAccessible", ear)
    return heard


def found(page: QWidget, name: str) -> QPushButton:
    made = page.findChild(QPushButton, name)
    assert isinstance(made, QPushButton)
    return made


def focus(page: QWidget, name: str) -> QPushButton:
    made = found(page, name)
    made.setFocus()
    assert made.hasFocus()
    return made


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def rehearse(window: MainWindow, asked: Asked, *phases: Phase) -> None:
    window.rehearse.show_upcoming(asked)
    for phase in phases:
        window.rehearse.show_state(Rehearsal(phase, asked=asked))


def test_every_phase_is_read_out_once(window: MainWindow, asked: Asked, said: list[str]) -> None:
    rehearse(window, asked, Phase.READING, Phase.LISTENING, Phase.LISTENING, Phase.SAVING)
    assert said == [
        "Read the question. Start when you are ready.",
        "Your turn. Take your time.",
        "Keeping your answer.",
    ]


@pytest.mark.parametrize("place", [Place.SESSIONS, Place.SETTINGS])
def test_on_every_page_it_is_read_out_that_the_microphone_is_open(
    window: MainWindow, asked: Asked, said: list[str], place: Place
) -> None:
    window.go(place)
    rehearse(window, asked, Phase.ASKING, Phase.OPENING, Phase.LISTENING, Phase.SAVING, Phase.ANALYSING)
    assert said == ["Recording.", "No longer recording."]


def test_what_came_of_an_answer_is_read_out(
    window: MainWindow, asked: Asked, feedback: Feedback, said: list[str]
) -> None:
    rehearse(window, asked, Phase.ANALYSING, Phase.REVIEW)
    said.clear()
    window.rehearse.show_feedback(feedback, 9.0, playable=True)
    assert said == [feedback.sentence]
    assert window.rehearse.feedback.accessibleDescription() == feedback.sentence
    window.rehearse.feedback.keep_place()
    window.rehearse.show_feedback(feedback, 9.0, playable=True)
    assert said == [feedback.sentence], "the same take, shown again"


def test_a_take_that_is_opened_is_read_out_while_the_focus_stays_in_the_list(
    window: MainWindow, session: Session, feedback: Feedback, said: list[str]
) -> None:
    window.go(Place.SESSIONS)
    window.sessions.show_sessions([session])
    window.sessions.show_take(session, feedback, playable=True)
    assert said == [f"4 Mar 2026, 17:05  ·  0:09  ·  transcribed with base. {feedback.sentence}"]


def test_what_is_drawn_is_told_in_words(window: MainWindow, feedback: Feedback) -> None:
    view, ring = window.rehearse.feedback, window.rehearse.room.ring
    view.show_feedback(feedback, 69.0, playable=True)
    waveform = view.recording.waveform
    assert waveform.accessibleDescription() == "0:00 of 1:09"
    view.show_playback(Stretch(0.0), 7.2)
    assert waveform.accessibleDescription() == "0:07 of 1:09"
    ring.show_target(60, 90)
    assert ring.accessibleDescription() == "0:00, aim for 60–90 s"
    ring.show_time(12.0)
    assert ring.accessibleDescription() == "0:12, aim for 60–90 s"
    strips = {strip.accessibleName(): strip.accessibleDescription() for strip in view.findChildren(BandStrip)}
    pace = next(row.figure for row in feedback.figures if row.figure.name == "pace")
    assert strips[f"{pace.title} on its scale"] == f"{pace.value}, on target, target {pace.target}"
    assert all(strips.values())


def test_going_through_the_list_reads_out_the_whole_row(window: MainWindow, session: Session) -> None:
    window.go(Place.SESSIONS)
    window.sessions.show_sessions([session, replace(session, id="older")])
    rows = window.sessions.table.rows
    read = rows.data(rows.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert read == "4 Mar, 17:05, Why product management?, 0:09, analysed"


@pytest.mark.parametrize(
    ("name", "operated"),
    [("Microphone", "microphone"), ("Speaker", "speaker"), ("Voice", "voice"), ("Pace", "speech-rate")],
)
def test_a_setting_is_called_by_the_name_beside_it(window: MainWindow, name: str, operated: str) -> None:
    labels = {label.text(): label for label in window.settings.findChildren(QLabel)}
    buddy = labels[name].buddy()
    assert buddy is not None
    assert buddy.objectName() == operated


def test_places_are_a_choice_of_one_and_no_check_boxes(window: MainWindow) -> None:
    places = [found(window.navigation, place.value.lower()) for place in Place]
    assert {role(made) for made in places} == {QAccessible.Role.RadioButton}


def test_the_room_has_a_name_while_there_is_nothing_to_press(window: MainWindow, asked: Asked) -> None:
    rehearse(window, asked, Phase.CHECKING)
    assert QApplication.focusWidget() is window.rehearse.room
    assert window.rehearse.room.accessibleName()


def test_a_button_that_waits_gives_its_focus_to_no_neighbour(window: MainWindow) -> None:
    window.go(Place.SETTINGS)
    sound, voice = window.settings.sound, window.settings.voice
    test = focus(window, "test-microphone")
    sound.show_testing()
    assert QApplication.focusWidget() is None
    sound.show_verdict(None, "Nothing was heard.")
    assert test.hasFocus()
    hear = focus(window, "hear")
    voice.show_hearing(True)
    voice.pace.setFocus()
    voice.show_hearing(False)
    assert voice.pace.hasFocus(), "the focus went elsewhere meanwhile"
    assert not hear.hasFocus()


def test_a_second_press_on_verify_does_not_install_another_model(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place.SETTINGS)
    section = window.settings.models
    section.show_models(MODELS)
    row = section.rows["tiny"]
    verify = focus(row, "verify")
    verify.clicked.connect(row.show_checking)
    with qtbot.assertNotEmitted(section.install):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    row.show_note("Every byte is as it should be.")
    assert verify.hasFocus()


def test_the_focus_stays_with_the_model_that_is_installed(window: MainWindow) -> None:
    window.go(Place.SETTINGS)
    section = window.settings.models
    section.show_models(MODELS)
    row = section.rows["small"]
    focus(row, "install")
    row.show_progress(1, 2)
    assert found(row, "cancel").hasFocus()
    row.show_note("It was called off.")
    assert found(row, "install").hasFocus()
    section.show_models([replace(entry, here=True) for entry in MODELS])
    assert found(section.rows["small"], "verify").hasFocus()


@pytest.mark.parametrize("pressed", ["undo-edit", "keep-words"])
def test_the_focus_is_with_the_words_once_they_are_kept_or_undone(
    window: MainWindow, asked: Asked, feedback: Feedback, pressed: str
) -> None:
    rehearse(window, asked, Phase.REVIEW)
    window.rehearse.show_feedback(feedback, 9.0, playable=True)
    view = window.rehearse.feedback
    words = view.recording.words
    words.note.show_history(undo=True, redo=False)
    if pressed == "keep-words":
        words.edit("Other words.")
    focus(words, pressed)
    words.show_checking(True)
    view.keep_place()
    window.rehearse.show_feedback(feedback, 9.0, playable=True)
    words.note.show_history(undo=False, redo=False)
    words.show_checking(False)
    assert words.transcript.hasFocus()


def test_undoing_the_last_of_what_was_typed_leaves_the_keyboard_in_the_text(
    window: MainWindow, asked: Asked, feedback: Feedback
) -> None:
    rehearse(window, asked, Phase.REVIEW)
    window.rehearse.show_feedback(feedback, 9.0, playable=True)
    words = window.rehearse.feedback.recording.words
    words.edit("Other words.")
    focus(words, "undo-typing").click()
    assert words.editor.hasFocus()
