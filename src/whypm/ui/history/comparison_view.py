"""A person's answers beside each other: what clashes, stays, comes and goes, and sounds memorised."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from whypm.ui.history.compared import Compared, ComparedGroup, ComparedRow, Said
from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.column import Card, Column, clear, order_focus, rule
from whypm.ui.widgets.text import text_label

_BUSY = "Reading your answers."
_TOO_FEW = "Two answers are needed to compare."
_TOO_FEW_MORE = (
    "Drills do not count. Answer another question: what stays, what goes and what clashes will stand here."
)
_ABOUT = "Tell one story however you are asked: the same reasons, in fresh words."


class ComparisonView(Column):
    """``opened`` tells the session that a quote came from."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("comparison")
        self.setAccessibleName("Your answers compared")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # for the arrow keys
        self._sentence = text_label(_BUSY, Size.TITLE, strong=True, name="comparison-sentence")
        self._about = text_label("", tone="quiet", name="comparison-about")
        self._groups = QVBoxLayout()
        self._groups.setSpacing(Space.LARGE)
        self.content.addWidget(self._sentence)
        self.content.addWidget(self._about)
        self.content.addSpacing(Space.SMALL)
        self.content.addLayout(self._groups)
        self.content.addStretch(1)

    @property
    def sentence(self) -> str:
        """The sentence at the top."""
        return self._sentence.text()

    def show_busy(self) -> None:
        """Say that the answers are being read."""
        self._show(_BUSY, "")

    def show_too_few(self) -> None:
        """Say what is needed for a comparison."""
        self._show(_TOO_FEW, _TOO_FEW_MORE)

    def show_comparison(self, compared: Compared) -> None:
        """Show a card for each group that has rows, and below them a line on those that have none."""
        self._show(compared.sentence, _ABOUT)
        for group in compared.groups:
            if group.rows:
                self._groups.addWidget(self._card(group))
        none = " ".join(group.none for group in compared.groups if not group.rows)
        if none:
            self._groups.addWidget(text_label(none, tone="quiet", name="comparison-none"))
        order_focus(self, self.page)

    def _show(self, sentence: str, about: str) -> None:
        clear(self._groups)
        self._sentence.setText(sentence)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self.verticalScrollBar().setValue(0)

    def _card(self, group: ComparedGroup) -> Card:
        card = Card(Space.MEDIUM)
        card.setProperty("group", group.name)
        card.content.addWidget(text_label(group.title, Size.LEAD, strong=True))
        for number, row in enumerate(group.rows):
            if number:
                card.content.addWidget(rule())
            card.content.addWidget(self._row(row))
        return card

    def _row(self, row: ComparedRow) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(text_label(row.title))
        column.addWidget(text_label(row.remark, Size.SMALL, tone="quiet"))
        quotes = QGridLayout()
        quotes.setHorizontalSpacing(Space.MEDIUM)
        quotes.setVerticalSpacing(Space.HAIR)
        quotes.setColumnStretch(1, 1)
        for line, said in enumerate(row.said):
            quotes.addWidget(self._opener(said), line, 0, Qt.AlignmentFlag.AlignTop)
            words = text_label(said.words, Size.SMALL, name="said", copies=True)
            words.setContentsMargins(0, Space.HAIR, 0, 0)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            quotes.addWidget(words, line, 1)
        column.addLayout(quotes)
        return made

    def _opener(self, said: Said) -> QPushButton:
        when = button(said.when, f"open-{said.session_id}", Weight.INLINE, tip="Open this answer")
        when.setAccessibleName(f"Open the answer of {said.when}")
        when.clicked.connect(lambda: self.opened.emit(said.session_id))
        return when
