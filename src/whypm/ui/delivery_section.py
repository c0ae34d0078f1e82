"""Timing: figures, each on its band with its target and where that comes from, and what has no target."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from whypm.domain.content import Place
from whypm.domain.remarks import Described
from whypm.ui.feedback_content import Feedback, FigureRow
from whypm.ui.look import Look
from whypm.ui.theme import Size, Space
from whypm.ui.widgets.band_strip import PLACE_ROLES, BandStrip
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.column import Card, clear, rule
from whypm.ui.widgets.text import text_label

_PLACE_WORDS = {Place.GOOD: "on target", Place.NEAR: "close", Place.LOW: "below", Place.HIGH: "above"}
_STRIP_WIDTH = 236


class DeliverySection(QWidget):
    """One card; hidden where nobody spoke or the answer was typed.

    ``opened`` tells the line that shows its source now.
    """

    opened = Signal(QWidget)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._card = Card(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)

    def show_feedback(self, feedback: Feedback) -> None:
        """Show the figures."""
        clear(self._card.content)
        self.setVisible(bool(feedback.figures))
        self._card.content.addWidget(text_label("Timing", Size.LEAD, strong=True))
        self._card.content.addSpacing(Space.HAIR)
        lines: list[FigureLine | DescribedLine] = [FigureLine(row, self._look) for row in feedback.figures]
        lines += [DescribedLine(told) for told in feedback.described]
        for number, line in enumerate(lines):
            if number:
                self._card.content.addWidget(rule())
            line.opened.connect(self.opened)
            self._card.content.addWidget(line)


class FigureLine(QWidget):
    """One figure; a press on "Source" opens the whole source."""

    opened = Signal(QWidget)

    def __init__(self, row: FigureRow, look: Look) -> None:
        super().__init__()
        self.setObjectName(f"figure-{row.figure.name}")
        figure = row.figure
        grid = QGridLayout(self)
        grid.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(text_label(figure.title), 0, 0)
        grid.addWidget(text_label(figure.value, Size.SMALL, tone="quiet", name="value"), 1, 0)
        strip = BandStrip(row.band, row.value, look)
        strip.setFixedWidth(_STRIP_WIDTH)
        strip.setAccessibleName(f"{figure.title}: {figure.value}, {_PLACE_WORDS[figure.place]}")
        grid.addWidget(strip, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        below = QHBoxLayout()
        below.setSpacing(Space.HAIR)
        target = f"target {figure.target}" if figure.target else ""
        below.addWidget(text_label(target, Size.SMALL, tone="quiet", wraps=False))
        below.addStretch(1)
        tone = PLACE_ROLES[figure.place].value
        below.addWidget(
            text_label(_PLACE_WORDS[figure.place], Size.SMALL, tone=tone, wraps=False, name="place")
        )
        grid.addLayout(below, 1, 1)
        more = _add_source(grid, figure.source, f"Source of the target for {figure.title.lower()}")
        more.toggled.connect(lambda on: self.opened.emit(self) if on else None)


class DescribedLine(QWidget):
    """One figure that has no target, and says so; a press on "Source" opens what is known about it."""

    opened = Signal(QWidget)

    def __init__(self, told: Described) -> None:
        super().__init__()
        self.setObjectName(f"figure-{told.name}")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(text_label(told.title), 0, 0)
        grid.addWidget(text_label(told.value, Size.SMALL, tone="quiet", name="value"), 1, 0)
        untargeted = text_label("no agreed target", Size.SMALL, tone="quiet", wraps=False)
        untargeted.setFixedWidth(_STRIP_WIDTH)
        grid.addWidget(untargeted, 1, 1)
        more = _add_source(grid, told.source, f"Source of the figure for {told.title.lower()}")
        more.toggled.connect(lambda on: self.opened.emit(self) if on else None)


def _add_source(grid: QGridLayout, words: str, name: str) -> QPushButton:
    """Put the button on the right of a line, and what it opens below it; return the button."""
    words = " ".join(words.split())
    source = text_label(words, Size.SMALL, tone="quiet", name="source")
    source.hide()
    more = button("Source", "more", Weight.QUIET, tip=words)
    more.setAccessibleName(name)
    more.setCheckable(True)
    more.toggled.connect(source.setVisible)
    grid.addWidget(more, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(source, 2, 0, 1, 3)
    return more
