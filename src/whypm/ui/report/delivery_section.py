"""Timing: figures, each on its band with its target and where that comes from, and what has no target."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from whypm.domain.content import Place
from whypm.domain.remarks import Described
from whypm.ui.report.feedback_content import Feedback, FigureRow
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.band_strip import PLACE_ROLES, BandStrip
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.column import Card, clear, rule
from whypm.ui.widgets.flow import Flow, Gather
from whypm.ui.widgets.text import text_label

_PLACE_WORDS = {Place.GOOD: "on target", Place.NEAR: "close", Place.LOW: "below", Place.HIGH: "above"}
_SIDE_BY_SIDE = 480
"""The narrowest width, in pixels at 100 %, for a figure with its band beside it."""
_BAND_WIDTH = 236
_BELOW = 2
"""The first row below title and value."""
_CLOSE = 2
"""Pixels between two lines that belong together."""


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
        lines += [DescribedLine(told, self._look) for told in feedback.described]
        for number, line in enumerate(lines):
            if number:
                self._card.content.addWidget(rule())
            line.opened.connect(self.opened)
            self._card.content.addWidget(line)


class _Line(QWidget):
    """One figure and what stands beside it; a press on "Source" opens the whole source below.

    ``source`` is its text and the name of its button. Where there is no room beside, ``told`` stands below.
    """

    opened = Signal(QWidget)

    def __init__(
        self, title: str, value: str, told: tuple[QWidget, ...], source: tuple[str, str], look: Look
    ) -> None:
        super().__init__()
        self._told = QWidget()  # what is told stays together, however many lines the figure takes
        column = QVBoxLayout(self._told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_CLOSE)
        for widget in told:
            column.addWidget(widget)
        self._look = look
        self._narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        self._grid.setHorizontalSpacing(Space.LARGE)
        self._grid.setVerticalSpacing(_CLOSE)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(text_label(title), 0, 0)
        self._grid.addWidget(text_label(value, Size.SMALL, tone="quiet", name="value"), 1, 0)
        self._arrange(narrow=False)
        self._add_source(*source)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put what is told beside the figure, or below it."""
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < self._look.scaled(_SIDE_BY_SIDE))

    def _arrange(self, *, narrow: bool) -> None:
        self._grid.setColumnMinimumWidth(1, 0 if narrow else self._look.scaled(_BAND_WIDTH))
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self._grid.removeWidget(self._told)
        if narrow:
            self._grid.addWidget(self._told, _BELOW, 0, 1, 3)
        else:
            self._grid.addWidget(self._told, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def _add_source(self, words: str, name: str) -> None:
        words = " ".join(words.split())
        source = text_label(words, Size.SMALL, tone="quiet", name="source")
        source.hide()
        more = button("Source", "more", Weight.QUIET, tip=words)
        more.setAccessibleName(name)
        more.setCheckable(True)
        more.toggled.connect(source.setVisible)
        more.toggled.connect(lambda on: self.opened.emit(self) if on else None)
        self._grid.addWidget(more, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(source, _BELOW + 1, 0, 1, 3)


class FigureLine(_Line):
    """One figure on its band, with its target."""

    def __init__(self, row: FigureRow, look: Look) -> None:
        figure = row.figure
        strip = BandStrip(row.band, row.value, look)
        strip.setAccessibleName(f"{figure.title} on its scale")
        target = f"target {figure.target}" if figure.target else ""
        told = filter(None, (figure.value, _PLACE_WORDS[figure.place], target))
        strip.setAccessibleDescription(", ".join(told))
        below = QWidget()
        line = Flow(below, Gather.APART, Space.HAIR)
        line.addWidget(text_label(target, Size.SMALL, tone="quiet", wraps=False))
        place = text_label(
            _PLACE_WORDS[figure.place],
            Size.SMALL,
            tone=PLACE_ROLES[figure.place].value,
            wraps=False,
            name="place",
        )
        line.addWidget(place)
        source = (figure.source, f"Source of the target for {figure.title.lower()}")
        super().__init__(figure.title, figure.value, (strip, below), source, look)
        self.setObjectName(f"figure-{figure.name}")


class DescribedLine(_Line):
    """One figure that has no target, and says so."""

    def __init__(self, told: Described, look: Look) -> None:
        none = text_label("no agreed target", Size.SMALL, tone="quiet", wraps=False, name="untargeted")
        source = (told.source, f"Source of the figure for {told.title.lower()}")
        super().__init__(told.title, told.value, (none,), source, look)
        self.setObjectName(f"figure-{told.name}")
