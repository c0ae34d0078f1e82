"""A switch: a check box that looks like what it does."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from whypm.ui.style.look import Look
from whypm.ui.style.theme import CORNER, Role, Size, Space
from whypm.ui.widgets.text import set_letters

_WIDTH = 36
_HEIGHT = 20


class Switch(QCheckBox):
    """As a check box with its words on the right; ``spare`` pixels are left above and below, together."""

    def __init__(
        self, words: str, name: str, look: Look, size: Size = Size.BODY, spare: int = Space.MEDIUM
    ) -> None:
        super().__init__(words)
        self._look = look
        self._spare = spare
        self.setObjectName(name)
        set_letters(self, size)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for the switch and its words."""
        width = _WIDTH + Space.MEDIUM + self.fontMetrics().horizontalAdvance(self.text()) + Space.SMALL
        return QSize(width, max(_HEIGHT, self.fontMetrics().height()) + self._spare)

    def hitButton(self, place: QPoint) -> bool:  # noqa: N802 - Qt's name
        """Let a click on the words count too."""
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the groove, the knob and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        groove = QRectF(1.5, (self.height() - _HEIGHT) / 2 + 0.5, _WIDTH - 1, _HEIGHT - 1)
        painter.setPen(QPen(self._look.colour(Role.ACCENT if on else Role.CONTROL), 1))
        painter.setBrush(self._look.colour(Role.ACCENT if on else Role.SURFACE_RAISED))
        painter.drawRoundedRect(groove, groove.height() / 2, groove.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(Role.ON_ACCENT if on else Role.CONTROL))
        knob = groove.right() - groove.height() / 2 if on else groove.left() + groove.height() / 2
        painter.drawEllipse(QPointF(knob, groove.center().y()), 6.0, 6.0)
        painter.setPen(self._look.colour(Role.TEXT if self.isEnabled() else Role.TEXT_QUIET))
        words = QRect(_WIDTH + Space.MEDIUM, 0, self.width() - _WIDTH - Space.MEDIUM, self.height())
        if self.hasFocus():
            self._draw_ring(painter, QRectF(words))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _draw_ring(self, painter: QPainter, words: QRectF) -> None:
        """Round the words: on the groove it could hardly be told from the groove's own colour."""
        painter.save()
        painter.setPen(QPen(self._look.colour(Role.ACCENT), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(words.adjusted(-Space.SMALL + 1, 1, -1, -1), CORNER, CORNER)
        painter.restore()
