"""The timer: time spoken, on a ring that shows the length to aim at."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from whypm.ui.style.clock_time import clock_time
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role, Size

_SIDE = 184
STAGE_SHARE = 0.6
"""Of the text's growth: the question above and the button below are to stay in sight."""
_LINE = 6.0
_TARGET_LINE = 3.0
"""Thinner, and in its full colour: a pale one could hardly be seen."""
_TWELVE = 90 * 16
_WHOLE = 360 * 16
_BEYOND = 1.25
"""The whole ring is this much longer than the target's end, so that the end can be seen to be passed."""


class TimerRing(QWidget):
    """Shows the time against a target from ``low`` to ``high`` seconds; without one, the time alone."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._seconds = 0.0
        self._low: float | None = None
        self._high: float | None = None
        self.setObjectName("timer")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Time spoken")
        self._tell()
        look.changed.connect(self._follow)

    @property
    def text(self) -> str:
        """The time as it is shown."""
        return clock_time(self._seconds)

    @property
    def target_words(self) -> str:
        """The length to aim at, as it is shown."""
        return "" if self._high is None else f"aim for {self._low or 0:.0f}–{self._high:.0f} s"

    def show_target(self, low: float | None, high: float | None) -> None:
        """Show another target, in seconds."""
        self._low, self._high = low, high
        self._tell()
        self.update()

    def show_time(self, seconds: float) -> None:
        """Show another time."""
        self._seconds = seconds
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the ring's own size."""
        side = self._look.scaled(_SIDE, STAGE_SHARE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ring, the target on it, the time spoken over both, and the figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(_LINE, _LINE, -_LINE, -_LINE)
        painter.setPen(QPen(self._look.colour(Role.LINE), _LINE))
        painter.drawEllipse(ring)
        if self._high is not None:
            self._draw_arcs(painter, ring, self._high)
        painter.setPen(self._look.colour(Role.TEXT))
        painter.setFont(self._look.font(Size.DISPLAY, strong=True, figures=True))
        middle = ring.translated(0, -self._look.scaled(8, STAGE_SHARE))
        painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, self.text)
        painter.setPen(self._look.colour(Role.TEXT_QUIET))
        painter.setFont(self._look.font(Size.SMALL))
        below = ring.translated(0, self._look.scaled(42, STAGE_SHARE))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.target_words)

    def _tell(self) -> None:
        """Say in words what the ring shows, once a second."""
        words = ", ".join(filter(None, (self.text, self.target_words)))
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def _follow(self) -> None:
        self.updateGeometry()
        self.update()

    def _draw_arcs(self, painter: QPainter, ring: QRectF, high: float) -> None:
        whole = high * _BEYOND
        low = self._low or 0.0
        pen = QPen(self._look.colour(Role.SHOWN), _TARGET_LINE)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(ring, _TWELVE - round(low / whole * _WHOLE), -round((high - low) / whole * _WHOLE))
        spoken = min(self._seconds, whole)
        if spoken <= 0:
            return
        over = self._seconds > high
        inside = low <= self._seconds <= high
        role = Role.WARNING if over else Role.SHOWN if inside else Role.ACCENT
        pen = QPen(self._look.colour(role), _LINE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(ring, _TWELVE, -round(spoken / whole * _WHOLE))
