"""A delivery figure on its band: the good range, what is near it, and where this answer lies."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from whypm.domain.content import Band, Place
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role

PLACE_ROLES = {
    Place.GOOD: Role.SHOWN,
    Place.NEAR: Role.MENTIONED,
    Place.LOW: Role.WARNING,
    Place.HIGH: Role.WARNING,
}
_HEIGHT = 18
_TRACK = 6.0
_MARGIN = 0.35
"""Of the near range's width, shown on each side of it."""


def band_scale(band: Band) -> tuple[float, float]:
    """Return the lowest and highest value that the strip shows, in the band's unit."""
    high = next((edge for edge in (band.near_high, band.good_high) if edge is not None), None)
    low = next((edge for edge in (band.near_low, band.good_low) if edge is not None), None)
    if high is None:
        return 0.0, 2 * (low or 1.0)
    width = high - (low or 0.0)
    return max(0.0, (low - _MARGIN * width) if low is not None else 0.0), high + _MARGIN * width


class BandStrip(QWidget):
    """Shows ``value`` on ``band``; a value beyond the strip stands at its end."""

    def __init__(self, band: Band, value: float, look: Look) -> None:
        super().__init__()
        self._band = band
        self._value = value
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the strip's own size."""
        return QSize(200, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the track, the near and the good range on it, and the marker."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        band = self._band
        self._draw_range(painter, Role.LINE, 1.0, None, None)
        self._draw_range(painter, Role.MENTIONED, 0.35, band.near_low, band.near_high)
        self._draw_range(painter, Role.SHOWN, 0.8, band.good_low, band.good_high)
        radius = 6.5
        centre = QPointF(
            min(max(self._at(self._value), radius + 1), self.width() - radius - 1), self.height() / 2
        )
        painter.setOpacity(1.0)
        painter.setBrush(self._look.colour(Role.SURFACE_RAISED))
        painter.drawEllipse(centre, radius + 1.5, radius + 1.5)
        painter.setBrush(self._look.colour(PLACE_ROLES[band.place(self._value)]))
        painter.drawEllipse(centre, radius, radius)

    def _draw_range(
        self, painter: QPainter, role: Role, opacity: float, low: float | None, high: float | None
    ) -> None:
        left = 0.0 if low is None else self._at(low)
        right = float(self.width()) if high is None else self._at(high)
        top = (self.height() - _TRACK) / 2
        if role is not Role.LINE:
            # The ranges cover each other: an earlier, wider one must not shine through.
            painter.setOpacity(1.0)
            painter.setBrush(self._look.colour(Role.SURFACE_RAISED))
            painter.drawRect(QRectF(left, top, right - left, _TRACK))
        painter.setOpacity(opacity)
        painter.setBrush(self._look.colour(role))
        painter.drawRoundedRect(QRectF(left, top, right - left, _TRACK), _TRACK / 2, _TRACK / 2)

    def _at(self, value: float) -> float:
        low, high = band_scale(self._band)
        return min(1.0, max(0.0, (value - low) / (high - low))) * self.width()
