"""The shape of a recording, with the place that is heard; a click or an arrow key goes elsewhere."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from whypm.ui.style.clock_time import clock_time
from whypm.ui.style.look import Look
from whypm.ui.style.theme import CORNER, Role

_BAR = 2.0
_GAP = 2.0
_LOWEST = 0.04
_STEP_SECONDS = 5.0


class Waveform(QWidget):
    """Shows peaks (0 to 1, evenly spread over ``seconds``); ``sought`` tells the second that was chosen."""

    sought = Signal(float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._peaks: tuple[float, ...] = ()
        self._seconds = 0.0
        self._place = 0.0
        self.setObjectName("waveform")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Recording; left and right go back and forth by five seconds")
        self.setToolTip("Click to hear it from there (left and right: five seconds)")
        look.changed.connect(self.update)

    @property
    def place_seconds(self) -> float:
        """The place that is shown as heard."""
        return self._place

    def show_sound(self, peaks: Sequence[float], seconds: float) -> None:
        """Show another recording; without peaks a flat line of its length."""
        self._peaks, self._seconds, self._place = tuple(peaks), seconds, 0.0
        self._tell()
        self.update()

    def show_place(self, seconds: float) -> None:
        """Show which second is heard."""
        self._place = seconds
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the waveform's own size."""
        return QSize(240, 48)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the press: its release comes here then."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell which second was pointed at."""
        event.accept()
        if event.button() is Qt.MouseButton.LeftButton and self._seconds:
            self.sought.emit(self._seconds * min(1.0, max(0.0, event.position().x() / self.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go back or forth."""
        steps = {Qt.Key.Key_Left: -_STEP_SECONDS, Qt.Key.Key_Right: _STEP_SECONDS}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.sought.emit(min(max(0.0, self._place + step), self._seconds))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw a bar for every few pixels; what was heard in the accent."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus():
            painter.setPen(self._look.colour(Role.ACCENT))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
            painter.setPen(Qt.PenStyle.NoPen)
        count = int(self.width() / (_BAR + _GAP))
        heard = self._place / self._seconds * count if self._seconds else 0.0
        for bar in range(count):
            role = Role.ACCENT if bar < heard else Role.CONTROL
            painter.setBrush(self._look.colour(role))
            height = max(_LOWEST, self._loudest(bar / count, (bar + 1) / count)) * (self.height() - 8)
            painter.drawRoundedRect(
                QRectF(bar * (_BAR + _GAP), (self.height() - height) / 2, _BAR, height), 1, 1
            )

    def _tell(self) -> None:
        """Say the place in words, once a second."""
        words = f"{clock_time(self._place)} of {clock_time(self._seconds)}"
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def _loudest(self, start: float, end: float) -> float:
        first = int(start * len(self._peaks))
        return max(self._peaks[first : max(first + 1, int(end * len(self._peaks)))], default=0.0)
