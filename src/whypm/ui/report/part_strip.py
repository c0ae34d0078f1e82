"""The parts of an answer on one thin strip, in the order said; each part has its own depth of the accent."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from whypm.domain.remarks import Part
from whypm.ui.report.build import PART_TITLES, PartRun
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role

_DEPTHS = {Part.OPENING: 0.15, Part.STORY: 0.35, Part.REASONS: 0.6, Part.COMPANY: 0.8, Part.CLOSING: 1.0}
"""The opacity of the accent: it deepens from the opening to the closing."""
_HEIGHT = 10
_GAP = 2.0
_ROUND = 3.0
_SWATCH = 10


class PartStrip(QWidget):
    """Shows the runs, each as wide as its share; the part under the pointer says its name."""

    def __init__(self, runs: Sequence[PartRun], look: Look) -> None:
        super().__init__()
        self._runs = tuple(runs)
        self._look = look
        self.setObjectName("parts")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Parts of your answer in the order said")
        self.setAccessibleDescription(", ".join(self._words(run) for run in self._runs))
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the strip's own size."""
        return QSize(200, _HEIGHT)

    def words_at(self, place: float) -> str:
        """Return what stands at this distance from the left edge, in pixels."""
        for run, (left, width) in zip(self._runs, self._places(), strict=True):
            if left <= place <= left + width:
                return self._words(run)
        return ""

    def event(self, event: QEvent) -> bool:
        """Say the name of the part under the pointer."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the runs one beside the other."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for run, (left, width) in zip(self._runs, self._places(), strict=True):
            _draw(painter, QRectF(left, 0, width, _HEIGHT), run.part, self._look)

    def _places(self) -> list[tuple[float, float]]:
        """Return left edge and width of each run."""
        room = self.width() - _GAP * (len(self._runs) - 1)
        places, left = [], 0.0
        for run in self._runs:
            width = max(1.0, run.share * room)
            places.append((left, width))
            left += width + _GAP
        return places

    @staticmethod
    def _words(run: PartRun) -> str:
        return f"{PART_TITLES[run.part]}: {run.share:.0%}"


class PartSwatch(QWidget):
    """The colour of one part, beside its name."""

    def __init__(self, part: Part, look: Look) -> None:
        super().__init__()
        self._part = part
        self._look = look
        self.setFixedSize(_SWATCH, _SWATCH)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it as the strip does."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw(painter, QRectF(self.rect()), self._part, self._look)


def _draw(painter: QPainter, place: QRectF, part: Part, look: Look) -> None:
    """Fill with the part's depth; the edge is the whole accent, as the light ones could hardly be seen."""
    colour = look.colour(Role.ACCENT)
    painter.setPen(colour)
    colour.setAlphaF(_DEPTHS[part])
    painter.setBrush(colour)
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
