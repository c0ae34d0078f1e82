"""A list to choose from, drawn in the app's own colours."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from whypm.ui.style.look import Look
from whypm.ui.style.theme import CORNER, Role, Space

_ROOM = 18
"""Above and below the words, together."""
_SIGN_WIDTH = 32


class Choice(QComboBox):
    """As a combo box; the wheel scrolls the page and never changes what is chosen."""

    def __init__(self, name: str, words: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName(name)
        self.setAccessibleName(words)
        # A device's name may be very long; the list must not widen the page.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the words with some room."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + _ROOM)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same height."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the box, what is chosen, and the sign that there is more."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(self._look.colour(Role.ACCENT if focused else Role.CONTROL), 2 if focused else 1))
        painter.setBrush(self._look.colour(Role.SURFACE_RAISED))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), CORNER, CORNER)
        quiet = not self.isEnabled() or self.currentIndex() < 0
        painter.setPen(self._look.colour(Role.TEXT_QUIET if quiet else Role.TEXT))
        room = self.rect().adjusted(Space.MEDIUM, 0, -_SIGN_WIDTH, 0)
        text = self.currentText() or self.placeholderText()
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setPen(QPen(self._look.colour(Role.TEXT_QUIET), 1.6))
        centre = QPointF(self.width() - _SIGN_WIDTH / 2, self.height() / 2)
        painter.drawPolyline(
            QPolygonF([centre + QPointF(-4, -2), centre + QPointF(0, 2), centre + QPointF(4, -2)])
        )
