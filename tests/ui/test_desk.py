"""The desk: a real studio behind a real window, with a recording in the place of a microphone."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

import whypm.studio
from desk_stage import (
    NO_MODEL,
    SPEED,
    WAIT_MILLISECONDS,
    OpenDesk,
    all_kept,
    answer,
    listen,
    press_space,
    wait_for,
    words,
)
from whypm.audio.file_card import FileCard
from whypm.audio.sound_card import SoundStream
from whypm.domain.sound import Ending
from whypm.places import find_places
from whypm.sessions.engine import Phase
from whypm.sessions.interviewer import Interviewer
from whypm.sessions.store import SessionStore
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place


def test_a_new_user_is_shown_the_plain_question(open_desk: OpenDesk, window: MainWindow) -> None:
    open_desk()
    assert words(window, "question") == "Why product management?"


def test_an_answer_is_recorded_and_kept_though_it_cannot_be_analysed(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path
) -> None:
    open_desk()
    answer(window, qtbot)
    wait_for(qtbot, window, Phase.REVIEW)
    qtbot.waitUntil(window.rehearse.feedback.isVisible, timeout=WAIT_MILLISECONDS)
    assert "kept" in window.rehearse.feedback.sentence
    assert NO_MODEL in window.notice.text
    with_sound = SessionStore(data / "sessions.db", data / "recordings")
    (kept,) = with_sound.recent()
    with_sound.close()
    assert kept.duration_seconds >= 2
    assert kept.audio is not None
    assert kept.audio.stat().st_size > 2 * 2 * 16_000


def test_what_is_wrong_at_the_start_is_told_together(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path
) -> None:
    for name in ("first", "second"):
        folder = data / "packs" / name
        folder.mkdir(parents=True)
        (folder / "pack.toml").write_text("id = 3\n")
    open_desk()
    qtbot.waitUntil(lambda: NO_MODEL in window.notice.text, timeout=WAIT_MILLISECONDS)
    for name in ("first", "second"):
        assert str(Path(name, "pack.toml")) in window.notice.text


def test_an_open_microphone_is_told_on_every_page(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot
) -> None:
    open_desk()
    qtbot.waitUntil(lambda: words(window, "state") == "No transcription yet", timeout=WAIT_MILLISECONDS)
    listen(window, qtbot)
    window.go(Place.SETTINGS)
    assert words(window, "state") == "Recording"
    window.go(Place.REHEARSE)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.REVIEW)
    assert words(window, "state") == "No transcription yet"


def test_closing_in_mid_answer_keeps_the_take(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path
) -> None:
    desk = open_desk()
    listen(window, qtbot)
    qtbot.waitUntil(lambda: window.rehearse.room.ring.text >= "0:03", timeout=WAIT_MILLISECONDS)
    desk.close()
    store = SessionStore(data / "sessions.db", data / "recordings")
    (kept,) = store.recent()
    store.close()
    assert kept.duration_seconds >= 3


def test_closing_while_everything_is_still_being_opened_leaves_nothing_running(open_desk: OpenDesk) -> None:
    open_desk(ready=False).close()


def test_another_question_takes_the_place_of_the_first(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot
) -> None:
    open_desk()  # as a new user: nothing was asked yet
    for _ in range(3):
        before = words(window, "question")
        qtbot.keyClick(window, Qt.Key.Key_N)
        qtbot.waitUntil(lambda before=before: words(window, "question") != before, timeout=WAIT_MILLISECONDS)
    assert window.rehearse.phase is Phase.IDLE


def test_an_unknown_question_is_told_and_another_stands_ready(
    open_desk: OpenDesk, window: MainWindow
) -> None:
    open_desk(question_id="no-such-question")
    assert "no-such-question" in window.notice.text or NO_MODEL in window.notice.text
    assert words(window, "question") == "Why product management?"


def test_a_data_folder_that_cannot_be_written_is_told_and_can_be_tried_again(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    desk = open_desk(ready=False, folder=blocked)
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MILLISECONDS)
    assert str(blocked) in window.notice.text
    assert "Traceback" not in window.notice.text
    blocked.unlink()
    window.rehearse.room.retry.click()
    qtbot.waitUntil(lambda: desk.ready, timeout=WAIT_MILLISECONDS)


def test_a_missing_model_is_told_before_anybody_speaks(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot
) -> None:
    open_desk()
    qtbot.waitUntil(lambda: words(window, "state") == "No transcription yet", timeout=WAIT_MILLISECONDS)
    assert NO_MODEL in window.notice.text


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there a display may be out of reach")
def test_a_display_that_cannot_be_reached_is_told_on_standard_error(data: Path) -> None:
    environment = {**os.environ, "DISPLAY": ":60999", "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-P", "-m", "whypm", "--data-dir", data]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "no Qt platform plugin could be initialized" in done.stderr


def test_the_window_itself_loads_nothing_slow() -> None:
    """Else the first picture would wait for it."""
    slow = {"email", "numpy", "soundfile", "sounddevice", "sqlite3", "tomllib", "whypm.studio"}
    code = f"import sys, whypm.cli.main, whypm.ui.app; print(sorted({slow} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_trying_again_twice_opens_one_studio(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    desk = open_desk(ready=False, folder=blocked)
    retry = window.rehearse.room.retry
    qtbot.waitUntil(retry.isVisible, timeout=WAIT_MILLISECONDS)
    blocked.unlink()
    retry.click()
    assert not retry.isVisible()
    assert words(window, "phase") == "Getting ready."
    qtbot.waitUntil(lambda: desk.ready, timeout=WAIT_MILLISECONDS)


@pytest.mark.parametrize(("speed", "is_kept"), [(0.001, False), (1000.0, True)])
def test_closing_while_the_microphone_is_being_opened_lets_it_go_and_keeps_no_empty_take(
    open_desk: OpenDesk,
    window: MainWindow,
    qtbot: QtBot,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    speed: float,
    is_kept: bool,
) -> None:
    desk = open_desk()
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.READING)
    closing, opens, hush = threading.Event(), FileCard.open_input, Interviewer.hush
    heard = threading.Event()
    card_of_that_speed = FileCard(find_places().assets / "demo" / "reply.opus", heard.set, speed)

    def open_late(_card: FileCard, *wanted: Any) -> SoundStream:  # noqa: ANN401 - whatever it takes
        closing.wait(WAIT_MILLISECONDS / 1000)
        return opens(card_of_that_speed, *wanted)

    def hushed(interviewer: Interviewer) -> None:
        if is_kept and closing.is_set():
            assert heard.wait(WAIT_MILLISECONDS / 1000)  # something was said before the take is closed
        closing.set()  # the runner has begun to end: this is the first that it does
        hush(interviewer)

    monkeypatch.setattr(FileCard, "open_input", open_late)
    monkeypatch.setattr(Interviewer, "hush", hushed)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.OPENING)
    desk.close()
    assert [kept.ending for kept in all_kept(data)] == [Ending.STOPPED] * is_kept
    assert len(list((data / "recordings").iterdir())) == is_kept


def test_that_there_is_no_voice_is_not_told_to_a_user_who_chose_so(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot
) -> None:
    open_desk()
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MILLISECONDS)
    window.notice.clear()
    answer(window, qtbot)
    qtbot.waitUntil(
        lambda: window.rehearse.phase is not Phase.LISTENING or "spoken" in window.notice.text,
        timeout=WAIT_MILLISECONDS,
    )
    assert "spoken" not in window.notice.text
    wait_for(qtbot, window, Phase.REVIEW)


def test_a_silent_microphone_is_told_until_it_is_heard(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate, late = 16_000, tmp_path / "late.wav"
    tone = np.sin(np.arange(4 * rate) / 20) / 4
    soundfile.write(late, np.concatenate((np.zeros(2 * rate), tone)), rate)
    monkeypatch.setattr(whypm.studio, "SoundCard", lambda: FileCard(late, lambda: None, SPEED))
    open_desk()
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MILLISECONDS)  # that there is no model
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.READING)
    assert "nothing but silence" in window.notice.text
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.LISTENING)
    qtbot.waitUntil(lambda: window.rehearse.room.ring.text >= "0:03", timeout=WAIT_MILLISECONDS)
    assert window.notice.text == ""
    window.findChild(QPushButton, "start-over").click()
    wait_for(qtbot, window, Phase.IDLE)
    assert window.notice.text == ""


def test_a_question_that_is_left_leaves_nothing_behind(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path
) -> None:
    open_desk()
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MILLISECONDS)
    window.notice.clear()
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.READING)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    wait_for(qtbot, window, Phase.IDLE)
    assert window.notice.text == ""
    assert all_kept(data) == ()
