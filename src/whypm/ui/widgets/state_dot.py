"""How things stand, as a dot: filled when ready, half when under way, a ring when something is wrong."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role

_SIDE = 12
_LEFT_HALF = (90 * 16, 180 * 16)


class Standing(StrEnum):
    """How things stand."""

    READY = "ready"
    UNDER_WAY = "under way"
    WRONG = "wrong"


_ROLES = {Standing.READY: Role.SHOWN, Standing.UNDER_WAY: Role.TEXT_QUIET, Standing.WRONG: Role.WARNING}


class StateDot(QWidget):
    """Shows one standing; the words beside it say the same."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._standing = Standing.UNDER_WAY
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._follow)

    def show_standing(self, standing: Standing) -> None:
        """Show another standing."""
        self._standing = standing
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the dot's own size."""
        return QSize(self._look.scaled(_SIDE), self._look.scaled(_SIDE))

    def _follow(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._look.colour(_ROLES[self._standing])
        disc = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if self._standing is Standing.READY else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        if self._standing is Standing.UNDER_WAY:
            painter.setBrush(colour)
            painter.drawPie(disc, *_LEFT_HALF)
