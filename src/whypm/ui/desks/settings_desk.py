"""Joins the settings to their page: devices, voices and the choices themselves."""

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from whypm.domain.errors import WhypmError
from whypm.domain.sound import Device, MicrophoneCheck, SoundLevel
from whypm.release import app_version, releases_page
from whypm.settings import Settings
from whypm.ui.desks.bridge import Bridge
from whypm.ui.desks.models_desk import ModelsDesk
from whypm.ui.desks.operation import Operations
from whypm.ui.desks.playback import Playback
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.report.feedback_view import Stretch

if TYPE_CHECKING:
    from pathlib import Path

    from whypm.studio import Studio
    from whypm.voice.worker import Voice

_TEST_SECONDS = 4.0
"""Room for one sentence at the pace of talk."""
_SAMPLE = "Hello. Why do you want to be a product manager?"
_BUSY = "A rehearsal is under way."
_BUSY_REMEDY = "Stop it first, then test your devices."


@dataclass(frozen=True, slots=True)
class _TestLevel:
    level: SoundLevel


@dataclass(frozen=True, slots=True)
class _Devices:
    microphones: tuple[Device, ...]
    speakers: tuple[Device, ...]


class SettingsDesk(QObject):
    """``settings_changed`` carries the new choices; ``model_changed`` that another model is to be loaded."""

    settings_changed = Signal(Settings)
    model_changed = Signal()

    def __init__(
        self, studio: "Studio", window: MainWindow, operations: Operations, bridge: Bridge, playback: Playback
    ) -> None:
        super().__init__()
        self._studio = studio
        self._window = window
        self._page = window.settings
        self._operations = operations
        self._bridge = bridge
        self._playback = playback
        self._settings = studio.settings
        self._writing = threading.Lock()
        self._taking = False
        self._test_given_up = threading.Event()
        self._sample_wanted = False
        self._voices_known = False
        self._models = ModelsDesk(studio, self._page.models, operations, bridge)
        self._models.chosen.connect(lambda name: self.change("model", name))
        self._models.arrived.connect(self.model_changed)
        bridge.receive(_TestLevel, self._level)
        self._page.changed.connect(self.change)
        self._page.open_folder.connect(self._open_folder)
        self._page.sound.refresh.connect(self._look_for_devices)
        self._page.sound.test.connect(self._test)
        self._page.voice.hear.connect(self._hear)
        self._page.show_settings(self._settings)
        self._page.show_folder(studio.places.data)
        self._page.look_for_updates.connect(self._look_for_updates)
        self._page.show_release(app_version(), has_page=releases_page() is not None)
        self._page.show_packs(
            [(pack.id, pack.title) for pack in studio.library.packs], studio.chosen_pack().id
        )

    def refresh(self) -> None:
        """Look again at everything that may have changed since the page was last shown."""
        self._page.show_settings(self._settings)
        self._look_for_devices()
        self._models.refresh(self._settings.model)
        if not self._voices_known:
            self._operations.run(self._studio.speaker.voices, self._show_voices, self._no_voices)

    def show_taking(self, taking: bool) -> None:
        """Know whether microphone and speaker belong to a rehearsal now."""
        self._taking = taking
        if taking:
            self.let_go()

    def let_go(self) -> None:
        """Let microphone and speaker go: the page was left, or a rehearsal takes them."""
        self._test_given_up.set()
        self._sample_wanted = False

    def give_up(self) -> None:
        """Stop downloads, the test and the voice: the window is closing."""
        self.let_go()
        self._models.give_up()
        self._studio.speaker.cancel()

    def change(self, name: str, value: object) -> None:
        """Take over one choice and keep it."""
        choice: dict[str, Any] = {name: value}
        changed = replace(self._settings, **choice)
        if changed == self._settings:
            return
        model_changed = changed.model != self._settings.model
        self._settings = changed
        self.settings_changed.emit(changed)
        self._operations.run(self._keep, lambda _: self.model_changed.emit() if model_changed else None)
        if model_changed:
            self._models.refresh(changed.model)

    def _keep(self) -> None:
        with self._writing:
            # The latest, not the one that this operation was started for: operations may overtake each other.
            self._studio.change_settings(self._settings)

    def _look_for_devices(self) -> None:
        card = self._studio.card

        def look() -> _Devices:
            card.refresh()
            return _Devices(card.microphones(), card.speakers())

        self._operations.run(look, self._show_devices, self._no_devices)

    def _show_devices(self, devices: _Devices) -> None:
        self._page.sound.show_devices(devices.microphones, devices.speakers)
        self._page.sound.show_choice(self._settings.microphone, self._settings.speaker)

    def _no_devices(self, error: WhypmError) -> None:
        self._page.sound.show_note(str(error))

    def _show_voices(self, voices: "tuple[Voice, ...]") -> None:
        self._voices_known = True
        english_first = sorted(voices, key=lambda voice: (not _is_english(voice), voice.name))
        self._page.voice.show_voices([(voice.id, voice.name) for voice in english_first])
        self._page.voice.show_note("")

    def _no_voices(self, error: WhypmError) -> None:
        self._page.voice.show_note(str(error))

    def _test(self) -> None:
        if self._refused():
            return
        studio, bridge = self._studio, self._bridge
        choice = self._settings.microphone
        given_up = self._test_given_up = threading.Event()

        def listen() -> MicrophoneCheck:
            from whypm.audio.microphone_check import listen_and_check

            chosen = studio.card.choose_microphone(*((choice.name, choice.host) if choice else ()))
            return listen_and_check(
                studio.card,
                chosen.device,
                _TEST_SECONDS,
                lambda level: bridge.post(_TestLevel(level)),
                given_up.is_set,
            )

        self._playback.stop()
        self._page.sound.show_testing()
        self._operations.run(
            listen,
            self._page.sound.show_verdict,
            lambda error: self._page.sound.show_verdict(None, str(error)),
        )

    def _level(self, value: object) -> None:
        if isinstance(value, _TestLevel):
            self._page.sound.show_level(value.level)

    def _hear(self) -> None:
        if self._refused():
            return
        settings, speaker = self._settings, self._studio.speaker
        self._sample_wanted = True
        self._page.voice.show_hearing(True)
        self._operations.run(
            lambda: speaker.render(
                _SAMPLE, voice=settings.voice, words_per_minute=settings.speech_words_per_minute
            ),
            self._heard,
            self._not_heard,
        )

    def _heard(self, sample: "Path") -> None:
        self._page.voice.show_hearing(False)
        self._page.voice.show_note("")
        if self._sample_wanted:
            self._playback.play(sample, Stretch(0.0), None)

    def _not_heard(self, error: WhypmError) -> None:
        self._page.voice.show_hearing(False)
        self._page.voice.show_note(str(error))

    def _refused(self) -> bool:
        if self._taking:
            self._window.notice.say(_BUSY, _BUSY_REMEDY)
        return self._taking

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._studio.places.data)))

    @staticmethod
    def _look_for_updates() -> None:
        if (page := releases_page()) is not None:
            QDesktopServices.openUrl(QUrl(page))


def _is_english(voice: "Voice") -> bool:
    return any(language.lower().startswith("en") for language in voice.languages)
