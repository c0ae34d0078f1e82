"""The small round button that plays a sentence, and stops it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton

from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role
from whypm.ui.widgets.button import pressed_by_enter


class PlayButton(QAbstractButton):
    """Shows a triangle, or a square while its own sound is heard."""

    def __init__(self, words: str, look: Look, name: str = "play", side: int = 28) -> None:
        super().__init__()
        self._look = look
        self._side = side
        self._words = words
        self._playing = False
        self.setObjectName(name)
        self.setFixedSize(side, side)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self.update)
        self._describe()

    @property
    def playing(self) -> bool:
        """Whether a press stops the sound."""
        return self._playing

    def show_playing(self, playing: bool) -> None:
        """Show what a press would do."""
        if playing is not self._playing:
            self._playing = playing
            self._describe()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the button's own size."""
        return QSize(self._side, self._side)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter press it, as it plays from the chart and from the words."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the circle and the sign in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.isEnabled()
        colour = self._look.colour(Role.ACCENT if active else Role.LINE)
        disc = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        filled = active and (self._playing or self.isDown())
        painter.setPen(
            QPen(self._look.colour(Role.TEXT) if self.hasFocus() else colour, 2 if self.hasFocus() else 1.2)
        )
        if filled:
            painter.setBrush(colour)
        elif active and self.underMouse():
            painter.setBrush(self._look.tint(Role.ACCENT))
        painter.drawEllipse(disc)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(Role.ON_ACCENT) if filled else colour)
        self._draw_sign(painter, disc.center(), self._side / 28)

    def _draw_sign(self, painter: QPainter, centre: QPointF, scale: float) -> None:
        if self._playing:
            half = 4.0 * scale
            painter.drawRoundedRect(QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half), 1, 1)
            return
        corners = ((-3.2, -5.0), (5.2, 0.0), (-3.2, 5.0))
        painter.drawPolygon(QPolygonF([centre + QPointF(x * scale, y * scale) for x, y in corners]))

    def _describe(self) -> None:
        words = "Stop" if self._playing else self._words
        self.setAccessibleName(words)
        self.setToolTip(words)
