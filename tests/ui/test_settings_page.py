"""Settings: what is chosen is shown, what is changed is told, and a missing device stays chosen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from whypm.domain.sound import Device, MicrophoneCheck, MicrophoneState, SoundLevel
from whypm.settings import DeviceChoice, Settings
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.settings.model_section import ModelEntry
from whypm.ui.settings.settings_page import SettingsPage

HEADSET = Device(3, "Headset", "ALSA", 1, 48_000)
BUILT_IN = Device(0, "Built-in", "ALSA", 2, 44_100, default=True)
MODELS = (
    ModelEntry("base", "Base", 148, here=True, in_use=True),
    ModelEntry("tiny.en", "Tiny", 78, here=True, in_use=False),
    ModelEntry("small.en", "Small", 486, here=False, in_use=False),
)


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    window.go(Place.SETTINGS)
    window.settings.sound.show_devices((BUILT_IN, HEADSET), (BUILT_IN,))
    window.settings.show_settings(Settings())
    window.settings.models.show_models(MODELS)
    return window.settings


def press(page: QWidget, name: str) -> None:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    found.click()


def words(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert isinstance(found, QLabel), name
    return found.text() if not found.isHidden() else ""


def test_showing_settings_changes_none(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.changed, wait=10):
        page.show_settings(
            Settings(
                microphone=DeviceChoice("Headset", "ALSA"),
                speech_words_per_minute=120,
                speak_questions=False,
                theme="dark",
                text_percent=150,
                reduce_motion=True,
                company="Acme",
            )
        )
    assert page.sound.microphone.currentText().startswith("Headset")
    assert page.voice.pace.value() == 120
    assert page.company.text() == "Acme"
    assert page.theme.currentText() == "Dark"
    assert page.letters.currentText() == "150 %"


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (
            lambda page: page.sound.microphone.activated.emit(2),
            ["microphone", DeviceChoice("Headset", "ALSA")],
        ),
        (lambda page: page.sound.speaker.activated.emit(0), ["speaker", None]),
        (lambda page: page.voice.speaks.click(), ["speak_questions", False]),
        (lambda page: page.voice.pace.setValue(180), ["speech_words_per_minute", 180]),
        (lambda page: page.theme.activated.emit(2), ["theme", "dark"]),
        (lambda page: page.letters.activated.emit(3), ["text_percent", 150]),
        (lambda page: page.letters.activated.emit(0), ["text_percent", None]),
        (lambda page: page.still.click(), ["reduce_motion", True]),
    ],
)
def test_a_change_is_told_with_the_settings_name_and_its_value(
    page: SettingsPage, qtbot: QtBot, act: Callable[[SettingsPage], None], expected: list[object]
) -> None:
    with qtbot.waitSignal(page.changed) as changed:
        act(page)
    assert changed.args == expected


def test_a_company_of_spaces_is_no_company(page: SettingsPage, qtbot: QtBot) -> None:
    page.company.setText("   ")
    with qtbot.waitSignal(page.changed) as changed:
        qtbot.keyClick(page.company, Qt.Key.Key_Return)
    assert changed.args == ["company", None]


def test_a_device_that_is_not_plugged_in_stays_chosen_and_says_so(page: SettingsPage) -> None:
    page.sound.show_choice(DeviceChoice("Headset", "ALSA"), None)
    page.sound.show_devices((BUILT_IN,), (BUILT_IN,))
    assert page.sound.microphone.currentText() == "Headset  (not plugged in)"


def test_the_microphone_test_shows_its_verdict_in_words(page: SettingsPage) -> None:
    page.sound.show_testing()
    test = page.findChild(QPushButton, "test-microphone")
    assert test is not None
    assert not test.isEnabled()
    page.sound.show_verdict(MicrophoneCheck(MicrophoneState.SILENT, SoundLevel(0, 0), "Nothing but silence."))
    assert words(page, "verdict") == "Nothing but silence."
    assert test.isEnabled()


def test_an_absent_model_can_be_installed_and_its_download_cancelled(
    page: SettingsPage, qtbot: QtBot
) -> None:
    row = page.models.rows["small.en"]
    with qtbot.waitSignal(page.models.install) as wanted:
        press(row, "install")
    assert wanted.args == ["small.en"]
    row.show_progress(243_000_000, 486_000_000)
    assert words(row, "model-note") == "243 of 486 MB"
    with qtbot.waitSignal(page.models.cancel) as cancelled:
        press(row, "cancel")
    assert cancelled.args == ["small.en"]


def test_a_model_that_is_here_can_be_used_and_verified_and_the_one_in_use_only_verified(
    page: SettingsPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.models.use) as used:
        press(page.models.rows["tiny.en"], "use")
    assert used.args == ["tiny.en"]
    base = page.models.rows["base"]
    assert base.findChild(QPushButton, "use") is None
    with qtbot.waitSignal(page.models.verify) as verified:
        press(base, "verify")
    assert verified.args == ["base"]


def test_newer_versions_are_looked_for_in_the_browser_and_only_where_there_is_a_page_with_them(
    page: SettingsPage, qtbot: QtBot
) -> None:
    link = page.findChild(QPushButton, "check-for-updates")
    assert isinstance(link, QPushButton)
    page.show_release("1.2.3", has_page=False)
    assert words(page, "version") == "WhyPM 1.2.3"
    assert not link.isVisible()
    page.show_release("1.2.3", has_page=True)
    assert link.isVisible()
    with qtbot.waitSignal(page.look_for_updates):
        link.click()


def test_everything_on_the_page_can_be_reached_and_has_a_name(page: SettingsPage) -> None:
    unnamed = [
        widget.objectName()
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and not widget.objectName().startswith("qt_")
    ]
    assert unnamed == []


def test_the_wheel_scrolls_the_page_and_leaves_the_pace_alone(page: SettingsPage, qtbot: QtBot) -> None:
    pace = page.voice.pace
    pace.setValue(165)
    place = QPointF(pace.rect().center())
    turn = QWheelEvent(
        place,
        pace.mapToGlobal(place),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.assertNotEmitted(page.changed):
        QApplication.sendEvent(pace, turn)
    assert pace.value() == 165


def test_tab_reaches_the_models_where_they_stand(page: SettingsPage) -> None:
    page.models.show_models((ModelEntry("base", "Default", 100, here=True, in_use=True),))
    page.models.show_models((ModelEntry("base", "Default", 100, here=True, in_use=False),))
    names = []
    widget = page.pack.nextInFocusChain()
    while widget is not page.pack:
        names += [widget.objectName()] if widget.focusPolicy() & Qt.FocusPolicy.TabFocus else []
        widget = widget.nextInFocusChain()
    assert names[: names.index("install-from-file")] == ["verify", "use", "cancel"]


def test_a_long_company_is_shown_from_its_beginning(page: SettingsPage) -> None:
    page.show_settings(Settings(company="Very " * 40))
    assert page.company.cursorPosition() == 0
