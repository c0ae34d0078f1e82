"""The interviewer's presence: a disc that breathes while a voice speaks, and stands still otherwise."""

from PySide6.QtCore import QEasingCurve, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role
from whypm.ui.widgets.ring import STAGE_SHARE

_SIDE = 184
_BREATH_MILLISECONDS = 1600
_CORE = 40.0
_REACH = 34.0


class Presence(QWidget):
    """``speak(True)`` while the question is said."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._swell = 0.0
        self._speaking = False
        self.setObjectName("presence")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._breath = QVariantAnimation(self)
        self._breath.setDuration(_BREATH_MILLISECONDS)
        self._breath.setStartValue(0.0)
        self._breath.setKeyValueAt(0.5, 1.0)
        self._breath.setEndValue(0.0)
        self._breath.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._breath.setLoopCount(-1)
        self._breath.valueChanged.connect(self._breathe)
        look.changed.connect(self._dress)

    def speak(self, speaking: bool) -> None:
        """Show whether the voice is heard now."""
        self._speaking = speaking
        self.setAccessibleName("The interviewer is speaking" if speaking else "The interviewer is silent")
        self._follow()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the disc's own size with the room that it breathes in."""
        side = self._look.scaled(_SIDE, STAGE_SHARE)
        return QSize(side, side)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Go on breathing after another page was looked at."""
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while nobody looks."""
        self._breath.stop()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the core and two rings of breath around it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        centre = QRectF(self.rect()).center()
        painter.setBrush(self._look.colour(Role.ACCENT if self._speaking else Role.LINE))
        swell = self._swell if self._look.motion else 0.5
        for share, opacity in ((1.0, 0.14), (0.5, 0.22), (0.0, 1.0)):
            if share and not self._speaking:
                continue
            radius = (_CORE + share * _REACH * (0.35 + 0.65 * swell)) * self.width() / _SIDE
            painter.setOpacity(opacity)
            painter.drawEllipse(centre, radius, radius)

    def _dress(self) -> None:
        self.updateGeometry()
        self._follow()

    def _follow(self) -> None:
        moves = self._speaking and self._look.motion
        if moves and self._breath.state() != QVariantAnimation.State.Running:
            self._breath.start()
        elif not moves:
            self._breath.stop()
        self.update()

    def _breathe(self, swell: object) -> None:
        self._swell = float(str(swell))
        self.update()
