"""The help sheet: every key and what it does."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.text import text_label

_DOES_CHARACTERS = 37


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """A key and what it does, for the help sheet."""

    key: str
    does: str


KEY_HELP = (
    KeyHelp("Space", "Start; start your answer; stop"),
    KeyHelp("Esc", "Stop the voice; close a session"),
    KeyHelp("R", "Hear the question again, or try again"),
    KeyHelp("N", "Next question"),
    KeyHelp("F", "Answer the follow-up question"),
    KeyHelp("P", "Hear your answer; stop it"),
    KeyHelp("E", "Correct what was misheard; F2 for one word"),
    KeyHelp("Ctrl+1, 2, 3", "Rehearse, Sessions, Settings"),
    KeyHelp("Delete", "Delete the chosen session"),
    KeyHelp("F1", "This help"),
    KeyHelp("Ctrl+Q", "Close WhyPM; an answer under way is kept"),
)


class KeySheet(QDialog):
    """Opened with F1, closed with Esc or Enter."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.SECTION, Space.SECTION, Space.SECTION, Space.SECTION)
        column.setSpacing(Space.LARGE)
        column.addWidget(text_label("Keys", Size.TITLE, strong=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.SECTION)
        grid.setVerticalSpacing(Space.SMALL)  # all of it stands on a low screen too
        grid.setColumnMinimumWidth(1, _DOES_CHARACTERS * self.fontMetrics().averageCharWidth())
        grid.setColumnStretch(1, 1)
        for row, help_ in enumerate(KEY_HELP):
            grid.addWidget(text_label(help_.key, strong=True, wraps=False), row, 0)
            does = text_label(help_.does)
            grid.addWidget(does, row, 1)
        keys = QWidget()
        keys.setObjectName("page")
        keys.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        # A low screen with large letters has not the room for all of them at once.
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(keys)
        scroll.setMinimumWidth(keys.sizeHint().width())
        column.addWidget(scroll)
        close = button("Close", "close", Weight.PRIMARY)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        close.setFocus()  # and not what can be scrolled
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(self.sizeHint().boundedTo(parent.size()))
