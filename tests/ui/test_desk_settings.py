"""The desk and what is chosen: settings, models, packs, voice and microphone."""

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

import whypm.studio
import whypm.ui.desks.desk
import whypm.ui.desks.models_desk
import whypm.ui.desks.review
import whypm.ui.desks.sessions_desk
import whypm.ui.desks.settings_desk
from desk_stage import NO_MODEL, WAIT_MILLISECONDS, OpenDesk, keep, listen, open_take, press, stored, words
from whypm.domain.errors import ModelError
from whypm.domain.session import Session
from whypm.places import find_places
from whypm.sessions.store import SessionStore
from whypm.settings import Settings
from whypm.transcription.models.download import DownloadProgress
from whypm.transcription.models.shelf import ModelShelf
from whypm.ui.desks.playback import Playback
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.settings.model_section import ModelEntry
from whypm.ui.style.look import Look
from whypm.ui.widgets.switch import Switch
from whypm.voice.speaker import Speaker


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


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_larger_text_is_shown_at_once_and_kept(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, data: Path, look: Look
) -> None:
    open_desk()
    head = window.rehearse.room.question
    before = head.font().pixelSize()
    window.settings.changed.emit("text_percent", 150)
    assert head.font().pixelSize() == before * 1.5
    assert look.scale == 1.5
    qtbot.waitUntil(lambda: stored(data).text_percent == 150, timeout=WAIT_MILLISECONDS)


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


def test_the_model_that_was_missing_is_loaded_as_soon_as_it_is_installed(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = threading.Event()

    def warm_up(*_: object) -> str:
        if not here.is_set():
            raise ModelError("The model is not there.", "Install it.")
        return NO_MODEL

    monkeypatch.setattr(whypm.ui.desks.desk, "warm_up", warm_up)
    monkeypatch.setattr(ModelShelf, "install", lambda *_: here.set())
    entry = ModelEntry(NO_MODEL, "Missing", 100, here=False, in_use=True)
    monkeypatch.setattr(whypm.ui.desks.models_desk, "read_models", lambda *_: (entry,))
    open_desk()
    qtbot.waitUntil(lambda: words(window, "state") == "No transcription yet", timeout=WAIT_MILLISECONDS)
    window.go(Place.SETTINGS)
    qtbot.waitUntil(lambda: NO_MODEL in window.settings.models.rows, timeout=WAIT_MILLISECONDS)
    install = window.settings.models.rows[NO_MODEL].findChild(QPushButton, "install")
    assert install is not None
    install.click()
    qtbot.waitUntil(lambda: words(window, "state") == "Ready", timeout=WAIT_MILLISECONDS)
    assert not window.notice.isVisible()


def test_the_microphone_s_test_ends_when_its_page_is_left(
    open_desk: OpenDesk, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whypm.ui.desks.settings_desk, "_TEST_SECONDS", 3600.0)
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
    keep(data, session)
    window.go(Place.SETTINGS)
    qtbot.waitUntil(lambda: len(window.settings.models.rows) > 1, timeout=WAIT_MILLISECONDS)
    for install in window.settings.findChildren(QPushButton, "install"):
        install.click()
    try:
        open_take(window, qtbot, session.id)
    finally:
        may_end.set()


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
    monkeypatch.setattr(whypm.ui.desks.models_desk, "read_models", read)
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
