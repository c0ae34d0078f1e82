"""The room: each phase shows its one thing to do, and keys mean what they say."""

import pytest
from PySide6.QtCore import QSize, Qt, QVariantAnimation
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from whypm.domain.content import Pack
from whypm.domain.feedback import Report
from whypm.domain.session import Session
from whypm.domain.sound import LevelHeard, SoundLevel
from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.events import Asked
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.rehearsal.rehearse_page import RehearsePage
from whypm.ui.rehearsal.wishes import Wish
from whypm.ui.report.feedback_content import read_report
from whypm.ui.style.look import Look
from whypm.ui.widgets.presence import Presence

PRIMARY = {
    Phase.IDLE: "start",
    Phase.ASKING: "hush",
    Phase.READING: "answer",
    Phase.LISTENING: "stop",
    Phase.ANALYSING: "leave",
}
LONG = "Why " + "of all the things that you could do with your years and your skills " * 6 + "this?"


@pytest.fixture
def page(window: MainWindow, asked: Asked) -> RehearsePage:
    window.rehearse.show_upcoming(asked)
    return window.rehearse


def show(page: RehearsePage, asked: Asked, phase: Phase) -> None:
    page.show_state(Rehearsal(phase, asked=asked))


def seen(page: QWidget, kind: type[QWidget] = QPushButton) -> set[str]:
    return {widget.objectName() for widget in page.findChildren(kind) if widget.isVisible()}


def text(page: QWidget, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def test_nothing_can_be_started_until_there_is_a_question(window: MainWindow) -> None:
    assert "start" not in seen(window.rehearse)
    assert text(window.rehearse, "phase") == "Getting ready."
    assert not window.rehearse.press(Qt.Key.Key_Space)


@pytest.mark.parametrize("phase", list(PRIMARY))
def test_each_phase_shows_its_own_button_and_no_other_phases(
    page: RehearsePage, asked: Asked, phase: Phase
) -> None:
    show(page, asked, phase)
    others = set(PRIMARY.values()) - {PRIMARY[phase]}
    assert PRIMARY[phase] in seen(page)
    assert not others & seen(page)


@pytest.mark.parametrize("phase", [Phase.CHECKING, Phase.OPENING, Phase.SAVING])
def test_while_the_machine_is_at_work_no_button_asks_for_anything(
    page: RehearsePage, asked: Asked, phase: Phase
) -> None:
    show(page, asked, phase)
    assert not seen(page.room)


@pytest.mark.parametrize(
    ("key", "phase", "wish"),
    [
        (Qt.Key.Key_Space, Phase.IDLE, Wish.BEGIN),
        (Qt.Key.Key_Space, Phase.READING, Wish.ANSWER),
        (Qt.Key.Key_Space, Phase.LISTENING, Wish.STOP),
        (Qt.Key.Key_Escape, Phase.ASKING, Wish.HUSH),
        (Qt.Key.Key_Escape, Phase.READING, Wish.LEAVE),
        (Qt.Key.Key_R, Phase.LISTENING, Wish.REPEAT),
        (Qt.Key.Key_R, Phase.REVIEW, Wish.REPEAT),
        (Qt.Key.Key_N, Phase.IDLE, Wish.NEXT),
        (Qt.Key.Key_N, Phase.REVIEW, Wish.NEXT),
    ],
)
def test_a_key_on_the_window_becomes_the_wish_of_the_phase(
    window: MainWindow,
    page: RehearsePage,
    qtbot: QtBot,
    asked: Asked,
    key: Qt.Key,
    phase: Phase,
    wish: Wish,
) -> None:
    show(page, asked, phase)
    with qtbot.waitSignal(page.wished) as wished:
        qtbot.keyClick(window, key)
    assert wished.args == [wish]


@pytest.mark.parametrize(
    "phase", [Phase.CHECKING, Phase.OPENING, Phase.SAVING, Phase.ANALYSING, Phase.REVIEW]
)
def test_space_means_nothing_while_there_is_nothing_to_start_or_stop(
    page: RehearsePage, asked: Asked, phase: Phase
) -> None:
    show(page, asked, phase)
    assert not page.press(Qt.Key.Key_Space)


def test_the_focus_follows_the_button_that_space_would_press(
    window: MainWindow, page: RehearsePage, asked: Asked
) -> None:
    for phase, name in PRIMARY.items():
        show(page, asked, phase)
        focused = window.focusWidget()
        assert focused is not None
        if phase is Phase.ANALYSING:
            assert not isinstance(focused, QPushButton), "a second Space after the answer would leave"
        else:
            assert focused.objectName() == name


def test_the_timer_shows_the_time_and_the_meter_the_level(page: RehearsePage, asked: Asked) -> None:
    show(page, asked, Phase.LISTENING)
    page.show_level(LevelHeard(SoundLevel(0.5, 0.2), 67.9))
    assert page.room.ring.text == "1:07"
    assert page.room.meter.share > 0.5
    assert page.room.meter.isVisible()


def test_a_new_take_starts_at_nought(page: RehearsePage, asked: Asked) -> None:
    show(page, asked, Phase.LISTENING)
    page.show_level(LevelHeard(SoundLevel(0.5, 0.2), 67.9))
    show(page, asked, Phase.OPENING)
    assert page.room.ring.text == "0:00"


def test_levels_that_come_late_do_not_move_the_timer(page: RehearsePage, asked: Asked) -> None:
    show(page, asked, Phase.IDLE)
    page.show_level(LevelHeard(SoundLevel(0.5, 0.2), 30.0))
    assert page.room.ring.text == "0:00"


def test_a_dead_microphone_is_told_while_there_is_time_to_mend_it(page: RehearsePage, asked: Asked) -> None:
    show(page, asked, Phase.LISTENING)
    page.show_level(LevelHeard(SoundLevel(0.0, 0.0), 3.0))
    assert text(page, "sound-warning") == ""
    page.show_level(LevelHeard(SoundLevel(0.0, 0.0), 4.5))
    assert "mute switch" in text(page, "sound-warning")
    page.show_level(LevelHeard(SoundLevel(0.2, 0.1), 5.0))
    assert text(page, "sound-warning") == ""


def test_a_dead_microphone_is_told_in_sight_and_aloud_in_the_smallest_window(
    window: MainWindow, page: RehearsePage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    window.resize(window.minimumSize())
    page.show_state(Rehearsal(Phase.LISTENING, asked=Asked(None, LONG[:180], "why-pm")))
    window.notice.say("Your microphone sends nothing but silence. " * 3)
    said.clear()
    for seconds in (4.5, 5.0):
        page.show_level(LevelHeard(SoundLevel(0.0, 0.0), seconds))
    warning = page.findChild(QLabel, "sound-warning")
    assert warning is not None
    qtbot.waitUntil(lambda: warning.visibleRegion().boundingRect() == warning.rect())
    assert said == [warning.text()]
    page.show_level(LevelHeard(SoundLevel(0.2, 0.1), 5.5))
    assert page.room.verticalScrollBar().value() == 0


def test_lost_sound_is_told(page: RehearsePage, asked: Asked) -> None:
    show(page, asked, Phase.LISTENING)
    page.show_lost(3)
    assert "3 pieces" in text(page, "sound-warning")


def test_feedback_takes_the_place_of_the_room_and_offers_what_comes_next(
    page: RehearsePage, asked: Asked, report: Report, pack: Pack, session: Session
) -> None:
    page.show_state(Rehearsal(Phase.REVIEW, asked=asked, session=session))
    page.show_feedback(read_report(report, pack), 9.0, playable=True)
    assert page.feedback.isVisible()
    assert {"try-again", "next-question", "follow-up"} <= seen(page)
    assert "When did a decision" in text(page, "follow-up-question")
    assert page.press(Qt.Key.Key_F)


def test_without_a_follow_up_its_key_means_nothing(
    page: RehearsePage, asked: Asked, session: Session
) -> None:
    page.show_state(Rehearsal(Phase.REVIEW, asked=asked, session=session))
    page.show_failure("Why?", 9.0, playable=True)
    assert not page.press(Qt.Key.Key_F)


def test_a_kept_answer_without_a_report_can_be_analysed_again(
    page: RehearsePage, qtbot: QtBot, asked: Asked, session: Session
) -> None:
    page.show_state(Rehearsal(Phase.REVIEW, asked=asked, session=session))
    page.show_failure("Why?", 9.0, playable=True)
    assert "kept" in page.feedback.sentence
    again = page.findChild(QPushButton, "reanalyse")
    assert again is not None
    with qtbot.waitSignal(page.wished) as wished:
        again.click()
    assert wished.args == [Wish.REANALYSE]


def test_a_very_long_question_fits_the_smallest_window(
    window: MainWindow, page: RehearsePage, qtbot: QtBot
) -> None:
    window.resize(window.minimumSize())
    page.show_state(Rehearsal(Phase.LISTENING, asked=Asked(None, LONG, "why-pm")))
    qtbot.waitUntil(lambda: window.size() == window.minimumSize())
    assert page.room.question.text() == LONG
    assert page.room.widget().width() <= page.room.viewport().width()


def test_progress_of_the_transcription_is_shown_and_can_be_left(
    page: RehearsePage, qtbot: QtBot, asked: Asked
) -> None:
    show(page, asked, Phase.ANALYSING)
    page.show_progress(0.5)
    leave = page.findChild(QPushButton, "leave")
    assert leave is not None
    with qtbot.waitSignal(page.wished) as wished:
        leave.click()
    assert wished.args == [Wish.LEAVE]
    page.show_progress(1.0)
    assert text(page, "phase") == "Holding it against the checklist."


@pytest.mark.parametrize("phase", [Phase.ASKING, Phase.READING])
def test_a_question_can_be_left_without_an_answer(
    page: RehearsePage, qtbot: QtBot, asked: Asked, phase: Phase
) -> None:
    show(page, asked, phase)
    back = page.findChild(QPushButton, "back-to-start")
    assert back is not None
    assert back.isVisible()
    with qtbot.waitSignal(page.wished) as wished:
        back.click()
    assert wished.args == [Wish.LEAVE]


@pytest.mark.parametrize("phase", [Phase.IDLE, Phase.ASKING, Phase.READING, Phase.LISTENING])
@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_what_there_is_to_do_stays_in_sight_in_a_low_window(
    window: MainWindow, page: RehearsePage, qtbot: QtBot, phase: Phase
) -> None:
    window.fit_into(QSize(960, 500))
    page.show_state(Rehearsal(phase, asked=Asked(None, LONG[:180], "why-pm")))
    window.notice.say("Your microphone sends nothing but silence. " * 3)
    made = page.findChild(QPushButton, PRIMARY[phase])
    assert made is not None
    qtbot.waitUntil(lambda: made.visibleRegion().boundingRect() == made.rect())


def test_without_a_voice_the_room_does_not_promise_one(page: RehearsePage, asked: Asked) -> None:
    show(page, asked, Phase.IDLE)
    assert "hear" not in text(page, "phase")


def test_the_interviewer_goes_on_breathing_after_another_page_was_looked_at(look: Look, qtbot: QtBot) -> None:
    look.wear("light", reduce_motion=False)
    presence = Presence(look)
    qtbot.addWidget(presence)
    breath = presence.findChild(QVariantAnimation)
    assert isinstance(breath, QVariantAnimation)
    presence.show()
    presence.speak(True)
    presence.hide()
    assert breath.state() is QVariantAnimation.State.Stopped
    presence.show()
    assert breath.state() is QVariantAnimation.State.Running
