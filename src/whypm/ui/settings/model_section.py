"""The Whisper models: which are here, which is in use, and how to get another."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.announcement import announce
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.column import clear, order_focus, rule
from whypm.ui.widgets.form import Form, beside
from whypm.ui.widgets.text import text_label


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model as it stands on this machine; ``megabytes`` is None for one of the user's own."""

    name: str
    title: str
    megabytes: int | None
    here: bool
    in_use: bool


class ModelRow(QWidget):
    """One model with what can be done about it."""

    use = Signal(str)
    install = Signal(str)
    cancel = Signal(str)
    verify = Signal(str)

    def __init__(self, entry: ModelEntry) -> None:
        super().__init__()
        self.setObjectName(f"model-{entry.name}")
        self._entry = entry
        words = QVBoxLayout()
        words.setSpacing(2)
        head = f"{entry.name}  ·  in use" if entry.in_use else entry.name
        words.addWidget(text_label(head, strong=entry.in_use))
        size = f"{entry.megabytes} MB" if entry.megabytes else ""
        words.addWidget(text_label("  ·  ".join(filter(None, (entry.title, size))), Size.SMALL, tone="quiet"))
        self._note = text_label("", Size.SMALL, tone="quiet", name="model-note")
        self._note.hide()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(f"Installing {entry.name}")
        self._progress.hide()
        words.addWidget(self._note)
        words.addWidget(self._progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        row.setSpacing(Space.SMALL)
        row.addLayout(words, 1)
        self._idle = self._make_buttons()
        self._cancel = self._make("Cancel", "cancel", self.cancel, Weight.PLAIN)
        self._cancel.hide()
        for made in (*self._idle, self._cancel):
            row.addWidget(made)

    def show_progress(self, done_bytes: int, total_bytes: int) -> None:
        """Show how far the download has come."""
        self._busy(True)
        self._progress.setRange(0, 1000 if total_bytes else 0)
        self._progress.setValue(round(1000 * done_bytes / total_bytes) if total_bytes else 0)
        if total_bytes:
            self._note.setText(f"{done_bytes / 1e6:.0f} of {total_bytes / 1e6:.0f} MB")
        else:
            self._note.setText("Asking for the files.")
        self._note.show()

    def show_note(self, words: str) -> None:
        """Say what came of the download or the check."""
        self._busy(False)
        self._note.setText(words)
        self._note.setVisible(bool(words))
        if words and self.isVisible():
            announce(self, f"{self._entry.name}: {words}")

    def show_checking(self) -> None:
        """Show that every byte is being read."""
        self.show_note("Reading every byte.")
        for made in self._idle:
            made.setEnabled(False)

    def take_focus(self) -> None:
        """Put the focus on the first thing that can be done here."""
        next(made for made in (self._cancel, *self._idle) if not made.isHidden()).setFocus()

    def _busy(self, busy: bool) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self._progress.setVisible(busy)
        self._cancel.setVisible(busy)
        for made in self._idle:
            made.setVisible(not busy)
            made.setEnabled(True)
        if had_focus and focus is not None and focus.isHidden():  # else it goes to another model's button
            self.take_focus()

    def _make_buttons(self) -> list[QPushButton]:
        if not self._entry.here:
            return [self._make("Install", "install", self.install, Weight.PLAIN)]
        made = [self._make("Verify", "verify", self.verify, Weight.QUIET)]
        if not self._entry.in_use:
            made.append(self._make("Use", "use", self.use, Weight.PLAIN))
        return made

    def _make(self, text: str, name: str, signal: SignalInstance, weight: Weight) -> QPushButton:
        made = button(text, name, weight)
        made.setAccessibleName(f"{text} {self._entry.name}")
        made.clicked.connect(lambda: signal.emit(self._entry.name))
        return made


class ModelSection(Form):
    """The rows, and the way in for a file from elsewhere."""

    use = Signal(str)
    install = Signal(str)
    cancel = Signal(str)
    verify = Signal(str)
    install_from_file = Signal()

    def __init__(self) -> None:
        super().__init__("Transcription")
        self.rows: dict[str, ModelRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        holder = QWidget()
        holder.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._file = button(
            "Install from a file…", "install-from-file", tip="A folder is fine too, packed as zip or tar"
        )
        self._note = text_label("", tone="quiet", name="models-note")
        self.add_wide(holder)
        self.add_wide(beside(self._file, self._note, grows=1))
        self._file.clicked.connect(self.install_from_file)

    def show_models(self, entries: Sequence[ModelEntry]) -> None:
        """Show the models as they stand."""
        focus = QApplication.focusWidget()
        focused = next((name for name, row in self.rows.items() if focus and row.isAncestorOf(focus)), None)
        clear(self._list)
        self.rows = {}
        for number, entry in enumerate(entries):
            if number:
                self._list.addWidget(rule())
            row = ModelRow(entry)
            for ours, theirs in (
                (self.use, row.use),
                (self.install, row.install),
                (self.cancel, row.cancel),
                (self.verify, row.verify),
            ):
                theirs.connect(ours)
            self.rows[entry.name] = row
            self._list.addWidget(row)
        order_focus(self._above(), *self.rows.values())
        if focused in self.rows:
            self.rows[focused].take_focus()

    def _above(self) -> QWidget:
        """Return what takes the focus before the button below the rows."""
        above = self._file.previousInFocusChain()
        while above not in {None, self._file} and not above.focusPolicy() & Qt.FocusPolicy.TabFocus:
            above = above.previousInFocusChain()
        return above or self._file

    def show_note(self, words: str, *, busy: bool = False) -> None:
        """Say how it stands with the file that was chosen."""
        self._note.setText(words)
        if words and self.isVisible():
            announce(self, words)
        self._file.setEnabled(not busy)
