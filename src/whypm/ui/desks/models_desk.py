"""Joins the Whisper models to their part of the settings."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from whypm.domain.errors import WhypmError
from whypm.ui.desks.bridge import Bridge
from whypm.ui.desks.operation import Operations
from whypm.ui.settings.model_section import ModelEntry, ModelSection

if TYPE_CHECKING:
    from whypm.studio import Studio
    from whypm.transcription.models.shelf import ModelFolder, ModelShelf


@dataclass(frozen=True, slots=True)
class _Installing:
    name: str
    done_bytes: int
    total_bytes: int


def read_models(shelf: "ModelShelf", chosen: str | None) -> tuple[ModelEntry, ...]:
    """Return the catalogue and the user's own models as they stand on this machine."""
    from whypm.transcription.models.catalogue import CATALOGUE, DEFAULT_MODEL

    used = chosen or DEFAULT_MODEL
    here = [model.name for model in shelf.installed()]
    known = {model.name for model in CATALOGUE}
    entries = [
        ModelEntry(model.name, model.title, model.megabytes, model.name in here, model.name == used)
        for model in CATALOGUE
    ]
    own = [name for name in here if name not in known]
    if used not in known and used not in own:
        own.append(used)
    return (*entries, *(ModelEntry(name, "Your own", None, here=True, in_use=name == used) for name in own))


class ModelsDesk(QObject):
    """``chosen`` tells which model is to be used from now on, ``arrived`` that the one in use is here now."""

    chosen = Signal(str)
    arrived = Signal()

    def __init__(
        self, studio: "Studio", section: ModelSection, operations: Operations, bridge: Bridge
    ) -> None:
        super().__init__()
        self._studio = studio
        self._section = section
        self._operations = operations
        self._bridge = bridge
        self._used: str | None = None
        self._cancelled: dict[str, threading.Event] = {}
        self._come: dict[str, _Installing] = {}
        """How far each download under way has come."""
        bridge.receive(_Installing, self._installing)
        section.use.connect(self.chosen)
        section.install.connect(self._install)
        section.cancel.connect(self._cancel)
        section.verify.connect(self._verify)
        section.install_from_file.connect(self._choose_file)

    def refresh(self, used: str | None) -> None:
        """Look again at what is here."""
        self._used = used
        studio = self._studio
        self._operations.run(lambda: read_models(studio.shelf, used), self._show)

    def _show(self, entries: tuple[ModelEntry, ...]) -> None:
        self._section.show_models(entries)
        for come in self._come.values():  # whose rows are new ones now
            self._installing(come)

    def give_up(self) -> None:
        """Cancel every download; what has come so far is kept for the next attempt."""
        for cancelled in self._cancelled.values():
            cancelled.set()

    def _install(self, name: str) -> None:
        cancelled = self._cancelled[name] = threading.Event()
        shelf, bridge = self._studio.shelf, self._bridge
        self._installing(_Installing(name, 0, 0))
        self._operations.run(
            lambda: shelf.install(
                name,
                lambda progress: bridge.post(_Installing(name, progress.done_bytes, progress.total_bytes)),
                cancelled.is_set,
            ),
            lambda _: self._ended(name, ""),
            lambda error: self._not_installed(name, error),
        )

    def _cancel(self, name: str) -> None:
        if name in self._cancelled:
            self._cancelled[name].set()

    def _installing(self, value: object) -> None:
        if isinstance(value, _Installing) and value.name in self._cancelled:
            self._come[value.name] = value
            self._section.rows[value.name].show_progress(value.done_bytes, value.total_bytes)

    def _not_installed(self, name: str, error: WhypmError) -> None:
        cancelled = self._cancelled[name].is_set()
        self._ended(name, "Stopped; the next attempt goes on from here." if cancelled else str(error))

    def _ended(self, name: str, words: str) -> None:
        del self._cancelled[name], self._come[name]
        self._section.rows[name].show_note(words)
        if not words:
            self._came(name)

    def _verify(self, name: str) -> None:
        row = self._section.rows[name]
        shelf = self._studio.shelf
        row.show_checking()
        self._operations.run(
            lambda: shelf.verify(name),
            lambda model: self._note(
                name, f"Whole: every byte is as published. SHA-256 {model.sha256[:16]}…"
            ),
            lambda error: self._note(name, str(error)),
        )

    def _note(self, name: str, words: str) -> None:
        if name in self._section.rows:
            self._section.rows[name].show_note(words)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._section, "Install a model", "", "Packed model (*.zip *.tar *.tar.gz *.tgz);;All files (*)"
        )
        if chosen:
            shelf = self._studio.shelf
            self._section.show_note("Unpacking and checking.", busy=True)
            self._operations.run(lambda: shelf.install_from_file(Path(chosen)), self._taken, self._not_taken)

    def _taken(self, model: "ModelFolder") -> None:
        self._section.show_note(f"{model.name} is installed.")
        self._came(model.name)

    def _came(self, name: str) -> None:
        from whypm.transcription.models.catalogue import DEFAULT_MODEL

        self.refresh(self._used)
        if name == (self._used or DEFAULT_MODEL):
            self.arrived.emit()

    def _not_taken(self, error: WhypmError) -> None:
        self._section.show_note(str(error))
