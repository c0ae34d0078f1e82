"""Settings for microphone and speaker, and the microphone's test."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from whypm.domain.sound import Device, MicrophoneCheck, MicrophoneState, SoundLevel
from whypm.settings import DeviceChoice
from whypm.ui.style.look import Look
from whypm.ui.widgets.announcement import announce
from whypm.ui.widgets.button import button
from whypm.ui.widgets.choice import Choice
from whypm.ui.widgets.form import Form, beside
from whypm.ui.widgets.meter import LevelMeter
from whypm.ui.widgets.text import set_tone, text_label

_TONES = {MicrophoneState.FINE: "shown", MicrophoneState.QUIET: "mentioned"}


class SoundSection(Form):
    """``changed`` tells a setting's name and its new value."""

    changed = Signal(str, object)
    refresh = Signal()
    test = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__("Sound")
        self.microphone = Choice("microphone", "Microphone", look)
        self.speaker = Choice("speaker", "Speaker", look)
        refresh = button("Look again", "refresh", tip="Look for devices that were plugged in or pulled out")
        self._test = button(
            "Test the microphone", "test-microphone", tip="Say a sentence while the meter moves"
        )
        self._meter = LevelMeter(look, "test-level")
        self._verdict = text_label("", name="verdict")
        self._verdict.hide()
        self._note = text_label("", tone="quiet", name="devices-note")
        self._note.hide()
        self.add("Microphone", beside(self.microphone, refresh, grows=0))
        self.add("Speaker", self.speaker)
        self.add("", beside(self._test, self._meter))
        self.add("", self._verdict)
        self.add("", self._note)
        refresh.clicked.connect(self.refresh)
        self._test.clicked.connect(self.test)
        for name, choice in (("microphone", self.microphone), ("speaker", self.speaker)):
            choice.activated.connect(
                lambda index, name=name, choice=choice: self.changed.emit(name, choice.itemData(index))
            )

    def show_devices(self, microphones: Sequence[Device], speakers: Sequence[Device]) -> None:
        """Show what there is; what is chosen stays chosen, even while it is not plugged in."""
        self._note.hide()
        for choice, devices in ((self.microphone, microphones), (self.speaker, speakers)):
            chosen = choice.currentData()
            choice.clear()
            default = next((device.name for device in devices if device.default), "none found")
            choice.addItem(f"The system’s own ({default})", None)
            for device in devices:
                choice.addItem(f"{device.name}  ({device.host})", DeviceChoice(device.name, device.host))
            self._choose(choice, chosen)

    def show_choice(self, microphone: DeviceChoice | None, speaker: DeviceChoice | None) -> None:
        """Show which devices are chosen."""
        self._choose(self.microphone, microphone)
        self._choose(self.speaker, speaker)

    def show_note(self, words: str) -> None:
        """Say why the devices are not known."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def show_testing(self) -> None:
        """Show that the test listens now."""
        self._test.setEnabled(False)
        self._say("Say a sentence as you would in an interview.", "quiet")

    def show_level(self, level: SoundLevel) -> None:
        """Show what the test hears."""
        self._meter.show_level(level)

    def show_verdict(self, check: MicrophoneCheck | None, fault: str = "") -> None:
        """Show what the test found, or why it could not listen."""
        self._test.setEnabled(True)
        self._meter.show_level(None)
        if check is None:
            self._say(fault, "warning")
        else:
            self._say(check.advice, _TONES.get(check.state, "warning"))

    def _say(self, words: str, tone: str) -> None:
        self._verdict.setText(words)
        set_tone(self._verdict, tone)
        self._verdict.setVisible(bool(words))
        if self.isVisible():
            announce(self, words)

    @staticmethod
    def _choose(choice: Choice, chosen: DeviceChoice | None) -> None:
        index = choice.findData(chosen) if chosen is not None else 0
        if index < 0 and chosen is not None:
            choice.addItem(f"{chosen.name}  (not plugged in)", chosen)
            index = choice.count() - 1
        choice.setCurrentIndex(max(0, index))
