"""The mark of a checklist item: filled disc, half disc or ring, so that colour is never alone."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from whypm.domain.feedback import Level
from whypm.feedback.wording.titles import LEVEL_WORDS
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role

STATE_ROLES = {Level.EVIDENCE: Role.SHOWN, Level.MENTION: Role.MENTIONED, Level.MISSING: Role.MISSING}
_SIDE = 16
_LINE = 2.0
_LEFT_HALF = (90 * 16, 180 * 16)
"""Qt counts angles in sixteenths of a degree, from three o'clock and against the clock."""


class Mark(QWidget):
    """Shows one level; one that is not sure is drawn quiet and dashed. Its name is read out."""

    def __init__(self, level: Level, look: Look, *, is_sure: bool = True) -> None:
        super().__init__()
        self._level = level
        self._is_sure = is_sure
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = LEVEL_WORDS[level]
        self.setAccessibleName(words if is_sure else f"not sure, perhaps {words}")
        look.changed.connect(self._follow)

    @property
    def level(self) -> Level:
        """What is shown."""
        return self._level

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the mark's own size."""
        return QSize(self._look.scaled(_SIDE), self._look.scaled(_SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the disc, the half disc or the ring."""
        draw_mark(QPainter(self), QRectF(self.rect()), self._level, self._look, is_sure=self._is_sure)

    def _follow(self) -> None:
        self.updateGeometry()
        self.update()


def draw_mark(painter: QPainter, place: QRectF, level: Level, look: Look, *, is_sure: bool = True) -> None:
    """Draw the mark of this level so that it fills ``place``; one that is not sure claims no level."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = look.colour(STATE_ROLES[level] if is_sure else Role.TEXT_QUIET)
    inset = _LINE / 2 + 0.5
    disc = place.adjusted(inset, inset, -inset, -inset)
    painter.setPen(QPen(colour, _LINE, Qt.PenStyle.SolidLine if is_sure else Qt.PenStyle.DotLine))
    painter.setBrush(colour if is_sure and level is Level.EVIDENCE else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    if is_sure and level is Level.MENTION:
        painter.setBrush(colour)
        painter.drawPie(disc, *_LEFT_HALF)
