"""The settings, a card for each matter."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit

from whypm.settings import TEXT_PERCENTS, Settings
from whypm.ui.settings.model_section import ModelSection
from whypm.ui.settings.sound_section import SoundSection
from whypm.ui.settings.voice_section import VoiceSection
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size
from whypm.ui.widgets.button import button
from whypm.ui.widgets.choice import Choice
from whypm.ui.widgets.column import Column
from whypm.ui.widgets.form import Form, beside
from whypm.ui.widgets.switch import Switch
from whypm.ui.widgets.text import text_label

_THEMES = (("As the system has it", "system"), ("Light", "light"), ("Dark", "dark"))
_PRIVACY = (
    "Your voice never leaves this machine. Questions are spoken, answers are recorded, transcribed and "
    "checked here, without a network. Only installing another model asks the internet for its files, and "
    "only when you press Install. Recordings and reports can be read by you alone; deleting a session "
    "deletes all of it."
)

_ABOUT = "WhyPM never looks for a newer version by itself."


class SettingsPage(Column):
    """``changed`` tells a setting's name and its new value; the sections tell the rest."""

    changed = Signal(str, object)
    open_folder = Signal()
    look_for_updates = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("settings-page")
        self.sound = SoundSection(look)
        self.voice = VoiceSection(look)
        self.models = ModelSection()
        self.company = QLineEdit()
        self.pack = Choice("pack", "Questions", look)
        self.theme = Choice("theme", "Colours", look)
        self.letters = Choice("text-size", "Size of text", look)
        self.still = Switch("Keep movement to a minimum", "reduce-motion", look)
        self._folder = text_label("", tone="quiet", name="data-folder", copies=True)
        self._version = text_label("", name="version", copies=True)
        self._updates = button(
            "Check for updates", "check-for-updates", tip="Opens the page with all versions in your browser"
        )
        self.content.addWidget(text_label("Settings", Size.TITLE, strong=True))
        for section in (
            self.sound,
            self.voice,
            self._interview(),
            self.models,
            self._appearance(),
            self._privacy(),
            self._about(),
        ):
            self.content.addWidget(section)
        self.content.addStretch(1)
        self.sound.changed.connect(self.changed)
        self.voice.changed.connect(self.changed)

    def show_settings(self, settings: Settings) -> None:
        """Show the choices in force."""
        self.sound.show_choice(settings.microphone, settings.speaker)
        self.voice.show_choice(
            settings.voice, settings.speech_words_per_minute, speaks=settings.speak_questions
        )
        with QSignalBlocker(self.still):
            self.still.setChecked(settings.reduce_motion)
        self.theme.setCurrentIndex(max(0, self.theme.findData(settings.theme)))
        self.letters.setCurrentIndex(max(0, self.letters.findData(settings.text_percent)))
        if not self.company.hasFocus():
            self.company.setText(settings.company or "")
            self.company.setCursorPosition(0)  # a long name is known by its beginning

    def show_packs(self, packs: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer the question packs, as (id, title)."""
        self.pack.clear()
        for pack_id, title in packs:
            self.pack.addItem(title, pack_id)
        self.pack.setCurrentIndex(max(0, self.pack.findData(chosen)))

    def show_folder(self, folder: Path) -> None:
        """Show where everything is kept."""
        self._folder.setText(str(folder))

    def show_release(self, version: str, *, has_page: bool) -> None:
        """Show which version this is, and the link to others where there is a page with them."""
        self._version.setText(f"WhyPM {version}")
        self._updates.setVisible(has_page)

    def _interview(self) -> Form:
        form = Form("The interview")
        self.company.setObjectName("company")
        self.company.setAccessibleName("Company")
        self.company.setPlaceholderText("The employer that you practise for (may be empty)")
        self.company.editingFinished.connect(
            lambda: self.changed.emit("company", self.company.text().strip() or None)
        )
        self.pack.activated.connect(lambda index: self.changed.emit("pack", self.pack.itemData(index)))
        form.add("Company", self.company)
        form.add("Questions", self.pack)
        return form

    def _appearance(self) -> Form:
        form = Form("Appearance")
        for words, value in _THEMES:
            self.theme.addItem(words, value)
        self.theme.activated.connect(lambda index: self.changed.emit("theme", self.theme.itemData(index)))
        self.letters.addItem(_THEMES[0][0], None)
        for percent in TEXT_PERCENTS:
            self.letters.addItem(f"{percent} %", percent)
        self.letters.activated.connect(
            lambda index: self.changed.emit("text_percent", self.letters.itemData(index))
        )
        self.still.toggled.connect(lambda on: self.changed.emit("reduce_motion", on))
        form.add("Colours", self.theme)
        form.add("Size of text", self.letters)
        form.add("", self.still)
        return form

    def _privacy(self) -> Form:
        form = Form("Privacy")
        form.add_wide(text_label(_PRIVACY))
        open_folder = button("Open the folder", "open-folder", tip="Show where everything is kept")
        open_folder.clicked.connect(self.open_folder)
        form.add_wide(beside(self._folder, open_folder, grows=0))
        return form

    def _about(self) -> Form:
        form = Form("About")
        self._updates.clicked.connect(self.look_for_updates)
        form.add_wide(text_label(_ABOUT))
        form.add_wide(beside(self._version, self._updates, grows=0))
        return form
