"""The desk: a real studio behind a real window, with a recording in the place of a microphone."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import whypm.studio
import whypm.ui.desk
import whypm.ui.models_desk
import whypm.ui.review
import whypm.ui.sessions_desk
import whypm.ui.settings_desk
from whypm.audio.file_card import FileCard
from whypm.audio.recording_file import RecordingFile
from whypm.audio.sound_card import SoundStream
from whypm.domain.errors import ModelError, TranscriptionError, WhypmError
from whypm.domain.feedback import Correction, Level, Report
from whypm.domain.session import DrillOf, Session, SessionState
from whypm.domain.sound import Ending
from whypm.places import find_places
from whypm.sessions.analyst import Analyst
from whypm.sessions.engine import Phase
from whypm.sessions.interviewer import Interviewer
from whypm.sessions.store import SessionStore
from whypm.settings import Settings, load_settings
from whypm.transcription.download import DownloadProgress
from whypm.transcription.models import ModelShelf
from whypm.ui.desk import Desk
from whypm.ui.look import Look
from whypm.ui.main_window import MainWindow
from whypm.ui.model_section import ModelEntry
from whypm.ui.navigation import Place
from whypm.ui.opening import Wanted
from whypm.ui.playback import Playback
from whypm.ui.widgets.switch import Switch
from whypm.voice.speaker import Speaker

WAIT_MILLISECONDS = 30_000
SPEED = 20.0
NO_MODEL = "not-a-model"
"""So that nothing is transcribed here: that takes long, and has tests of its own."""

OpenDesk = Callable[..., Desk]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "settings.json").write_text(json.dumps({"speak_questions": False}), encoding="utf-8")
    return folder


@pytest.fixture
def open_desk(
    window: MainWindow, look: Look, data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenDesk]:
    reply = find_places().assets / "demo" / "reply.opus"
    monkeypatch.setattr(whypm.studio, "SoundCard", lambda: FileCard(reply, lambda: None, SPEED))
    desks: list[Desk] = []

    def open_(*, ready: bool = True, folder: Path = data, question_id: str | None = None) -> Desk:
        desk = Desk(window, look, Wanted(folder, NO_MODEL, question_id))
        desks.append(desk)
        desk.open()
        if ready:
            qtbot.waitUntil(lambda: desk.ready, timeout=WAIT_MILLISECONDS)
        return desk

    yield open_
    for desk in desks:
        desk.close()


def wait_for(qtbot: QtBot, window: MainWindow, phase: Phase) -> None:
    qtbot.waitUntil(lambda: window.rehearse.phase is phase, timeout=WAIT_MILLISECONDS)


def press_space(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Space)


def words(window: QWidget, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def test_a_new_user_is_shown_the_plain_question(open_desk: OpenDesk, window: MainWindow) -> None:
    open_desk()
    assert words(window, "question") == "Why product management?"


def test_an_answer_is_recorded_and_kept_though_it_cannot_be_analysed(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path
) -> None:
    open_desk()
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.READING)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.LISTENING)
    qtbot.waitUntil(lambda: window.rehearse.room.ring.text >= "0:02", timeout=WAIT_MILLISECONDS)
    press_space(qtbot, window)
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


def test_a_kept_answer_can_be_heard_and_then_deleted(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot
) -> None:
    open_desk()
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.READING)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.LISTENING)
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


def test_closing_in_mid_answer_keeps_the_take(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path
) -> None:
    desk = open_desk()
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.READING)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.LISTENING)
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


def test_a_changed_setting_is_kept_and_followed_at_once(
    open_desk: OpenDesk, window: MainWindow, look: Look, qtbot: QtBot, data: Path
) -> None:
    open_desk()
    light = look.colours
    window.settings.changed.emit("theme", "dark")
    window.settings.changed.emit("company", "Acme")
    assert look.colours is not light
    qtbot.waitUntil(lambda: stored(data).company == "Acme", timeout=WAIT_MILLISECONDS)
    assert stored(data).theme == "dark"


def test_a_pack_of_the_user_s_own_can_be_chosen(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path
) -> None:
    own = data / "packs" / "mine"
    shutil.copytree(find_places().content / "why-pm", own)
    file = own / "pack.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"why-pm"', '"mine"'), encoding="utf-8")
    open_desk()
    choice = window.settings.pack
    assert [choice.itemData(index) for index in range(choice.count())] == ["why-pm", "mine"]
    choice.activated.emit(1)
    qtbot.waitUntil(lambda: stored(data).pack == "mine", timeout=WAIT_MILLISECONDS)


def test_live_text_once_asked_for_stays(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path
) -> None:
    open_desk()
    live = window.rehearse.room.live
    assert live.text == ""
    switch = window.findChild(Switch, "live-text")
    assert isinstance(switch, Switch)
    switch.click()
    qtbot.waitUntil(lambda: stored(data).live_text, timeout=WAIT_MILLISECONDS)
    live.show_choice(on=False)
    open_desk()
    assert live.text


class Browser(QObject):
    """Takes the addresses that would be opened in a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        QDesktopServices.setUrlHandler("https", self, "open")

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.opened.append(address.toString())

    def close(self) -> None:
        QDesktopServices.unsetUrlHandler("https")


def test_the_page_of_the_releases_is_opened_when_it_is_asked_for_and_not_before(
    open_desk: OpenDesk, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = tmp_path / "whypm-1.2.3.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text(
        "Metadata-Version: 2.4\nName: whypm\nVersion: 1.2.3\nProject-URL: Releases, https://host.org/r\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    browser = Browser()
    try:
        open_desk()
        window.go(Place.SETTINGS)
        assert words(window, "version") == "WhyPM 1.2.3"
        assert browser.opened == []
        link = window.findChild(QPushButton, "check-for-updates")
        assert isinstance(link, QPushButton)
        link.click()
        assert browser.opened == ["https://host.org/r"]
    finally:
        browser.close()


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


def stored(data: Path) -> Settings:
    return load_settings(data / "settings.json")


def listen(window: MainWindow, qtbot: QtBot) -> None:
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.READING)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.LISTENING)


def test_another_company_counts_for_the_next_question(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_kept = threading.Event()
    keep = whypm.studio.Studio.change_settings

    def noted(studio: whypm.studio.Studio, settings: Settings) -> None:
        keep(studio, settings)
        is_kept.set()

    monkeypatch.setattr(whypm.studio.Studio, "change_settings", noted)
    (data / "settings.json").write_text(
        json.dumps({"speak_questions": False, "company": "Oldco"}), encoding="utf-8"
    )
    open_desk()
    window.settings.changed.emit("company", "Newco")
    qtbot.waitUntil(is_kept.is_set, timeout=WAIT_MILLISECONDS)
    assert stored(data).company == "Newco"
    before = words(window, "question")
    qtbot.keyClick(window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: words(window, "question") != before, timeout=WAIT_MILLISECONDS)
    listen(window, qtbot)
    with_sound = SessionStore(data / "sessions.db", data / "recordings")
    (kept,) = with_sound.recent()
    with_sound.close()
    assert kept.company == "Newco"


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
    read, show = whypm.ui.review.read_take, whypm.ui.sessions_desk.SessionsDesk._show_opened

    def slowly(studio: whypm.studio.Studio, take: Session) -> object:
        if take.id == "long":
            may_end.wait(WAIT_MILLISECONDS / 1000)
        return read(studio, take)

    def noted(desk: whypm.ui.sessions_desk.SessionsDesk, review: whypm.ui.review.Review) -> None:
        show(desk, review)
        arrived.append(review.session.id)

    monkeypatch.setattr(whypm.ui.sessions_desk, "read_take", slowly)
    monkeypatch.setattr(whypm.ui.sessions_desk.SessionsDesk, "_show_opened", noted)
    open_desk()
    page = window.sessions
    page.opened.emit("long")
    page.opened.emit("short")
    qtbot.waitUntil(lambda: arrived == ["short"], timeout=WAIT_MILLISECONDS)
    may_end.set()
    qtbot.waitUntil(lambda: arrived == ["short", "long"], timeout=WAIT_MILLISECONDS)
    assert page.session is not None
    assert page.session.id == "short"


def test_the_model_that_was_missing_is_loaded_as_soon_as_it_is_installed(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = threading.Event()

    def warm_up(*_: object) -> str:
        if not here.is_set():
            raise ModelError("The model is not there.", "Install it.")
        return NO_MODEL

    monkeypatch.setattr(whypm.ui.desk, "warm_up", warm_up)
    monkeypatch.setattr(ModelShelf, "install", lambda *_: here.set())
    entry = ModelEntry(NO_MODEL, "Missing", 100, here=False, in_use=True)
    monkeypatch.setattr(whypm.ui.models_desk, "read_models", lambda *_: (entry,))
    open_desk()
    qtbot.waitUntil(lambda: words(window, "state") == "No transcription yet", timeout=WAIT_MILLISECONDS)
    window.go(Place.SETTINGS)
    qtbot.waitUntil(lambda: NO_MODEL in window.settings.models.rows, timeout=WAIT_MILLISECONDS)
    install = window.settings.models.rows[NO_MODEL].findChild(QPushButton, "install")
    assert install is not None
    install.click()
    qtbot.waitUntil(lambda: words(window, "state") == "Ready", timeout=WAIT_MILLISECONDS)
    assert not window.notice.isVisible()


def answer(window: MainWindow, qtbot: QtBot) -> None:
    """Give an answer of two seconds and press Stop."""
    listen(window, qtbot)
    qtbot.waitUntil(lambda: window.rehearse.room.ring.text >= "0:02", timeout=WAIT_MILLISECONDS)
    press_space(qtbot, window)


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    made = page.findChild(QPushButton, name)
    assert isinstance(made, QPushButton)
    qtbot.waitUntil(made.isVisible, timeout=WAIT_MILLISECONDS)
    made.click()


def open_take(window: MainWindow, qtbot: QtBot, session_id: str) -> None:
    window.go(Place.SESSIONS)
    window.sessions.opened.emit(session_id)
    qtbot.waitUntil(lambda: window.sessions.session is not None, timeout=WAIT_MILLISECONDS)


def all_kept(data: Path) -> tuple[Session, ...]:
    store = SessionStore(data / "sessions.db", data / "recordings")
    kept = store.recent()
    store.close()
    return kept


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
    assert "no report" in window.sessions.feedback.sentence
    reports.may_end[0].set()
    rows = window.sessions.table.rows
    qtbot.waitUntil(lambda: rows.data(rows.index(0, 3)) == "analysed", timeout=WAIT_MILLISECONDS)
    qtbot.waitUntil(lambda: "no report" not in window.sessions.feedback.sentence, timeout=WAIT_MILLISECONDS)


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


def test_closing_while_the_microphone_is_being_opened_lets_it_go_and_keeps_the_take(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk()
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.READING)
    closing, opens, hush = threading.Event(), FileCard.open_input, Interviewer.hush

    def open_late(card: FileCard, *wanted: Any) -> SoundStream:  # noqa: ANN401 - whatever it takes
        closing.wait(WAIT_MILLISECONDS / 1000)
        return opens(card, *wanted)

    def hushed(interviewer: Interviewer) -> None:
        closing.set()  # the runner has begun to end: this is the first that it does
        hush(interviewer)

    monkeypatch.setattr(FileCard, "open_input", open_late)
    monkeypatch.setattr(Interviewer, "hush", hushed)
    press_space(qtbot, window)
    wait_for(qtbot, window, Phase.OPENING)
    desk.close()
    (kept,) = all_kept(data)
    assert kept.ending is Ending.STOPPED


def test_the_microphone_s_test_ends_when_its_page_is_left(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whypm.ui.settings_desk, "_TEST_SECONDS", 3600.0)
    desk = open_desk()
    window.go(Place.SETTINGS)
    press(qtbot, window.settings, "test-microphone")
    test = window.settings.findChild(QPushButton, "test-microphone")
    assert isinstance(test, QPushButton)
    assert not test.isEnabled()
    window.go(Place.REHEARSE)
    qtbot.waitUntil(test.isEnabled, timeout=WAIT_MILLISECONDS)
    assert words(window.settings, "verdict") == "The test was stopped before its end."
    window.go(Place.SETTINGS)
    test.click()
    desk.close()  # which would wait for the hour of the second test


def test_a_sample_of_the_voice_that_comes_late_is_not_played_into_an_answer(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_come = threading.Event()
    played: list[object] = []

    def render(*_: object, **__: object) -> Path:
        may_come.wait(WAIT_MILLISECONDS / 1000)
        return find_places().assets / "demo" / "reply.opus"

    monkeypatch.setattr(Speaker, "render", render)
    monkeypatch.setattr(Playback, "play", lambda _, *wanted: played.append(wanted))
    open_desk()
    window.go(Place.SETTINGS)
    hear = window.settings.findChild(QPushButton, "hear")
    assert isinstance(hear, QPushButton)
    hear.click()
    window.go(Place.REHEARSE)
    listen(window, qtbot)
    may_come.set()
    qtbot.waitUntil(hear.isEnabled, timeout=WAIT_MILLISECONDS)
    assert played == []


def test_a_take_is_opened_while_every_model_is_on_its_way(
    open_desk: OpenDesk,
    window: MainWindow,
    qtbot: QtBot,
    data: Path,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    may_end = threading.Event()
    monkeypatch.setattr(ModelShelf, "install", lambda *_: may_end.wait(WAIT_MILLISECONDS / 1000))
    open_desk()
    store = SessionStore(data / "sessions.db", data / "recordings")
    store.keep(session)
    store.close()
    window.go(Place.SETTINGS)
    qtbot.waitUntil(lambda: len(window.settings.models.rows) > 1, timeout=WAIT_MILLISECONDS)
    for install in window.settings.findChildren(QPushButton, "install"):
        install.click()
    try:
        open_take(window, qtbot, session.id)
    finally:
        may_end.set()


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
    monkeypatch.setattr(whypm.ui.sessions_desk, "_LOOK_AGAIN_MILLISECONDS", 20)
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


def test_a_model_that_has_come_can_be_used_while_another_is_on_its_way(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = {"first": threading.Event(), "second": threading.Event()}
    here: set[str] = set()

    def install(_: ModelShelf, name: str, told: Callable[[DownloadProgress], None], __: object) -> None:
        told(DownloadProgress(30_000_000, 100_000_000))
        may_end[name].wait(WAIT_MILLISECONDS / 1000)
        here.add(name)

    def read(*_: object) -> tuple[ModelEntry, ...]:
        return tuple(ModelEntry(name, name, 100, here=name in here, in_use=False) for name in may_end)

    monkeypatch.setattr(ModelShelf, "install", install)
    monkeypatch.setattr(whypm.ui.models_desk, "read_models", read)
    open_desk()
    window.go(Place.SETTINGS)
    qtbot.waitUntil(lambda: "second" in window.settings.models.rows, timeout=WAIT_MILLISECONDS)
    for name in may_end:
        press(qtbot, window.settings.models.rows[name], "install")
    may_end["first"].set()
    qtbot.waitUntil(
        lambda: window.settings.models.rows["first"].findChild(QPushButton, "use") is not None,
        timeout=WAIT_MILLISECONDS,
    )
    second = window.settings.models.rows["second"]
    cancel = second.findChild(QPushButton, "cancel")
    assert cancel is not None
    assert not cancel.isHidden()
    assert words(second, "model-note") == "30 of 100 MB"
    may_end["second"].set()
    qtbot.waitUntil(lambda: here == set(may_end), timeout=WAIT_MILLISECONDS)
