"""The level meter: how loud the microphone is, on a scale of decibels."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from whypm.domain.sound import SoundLevel
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role

_BARS = 32
_GAP = 3.0
_FLOOR_DECIBELS = -54.0
"""Of full scale, where the meter begins: a little below the faintest voice that can be used."""
_CLIP_PEAK = 0.98
"""Of full scale, from which the meter warns: the next louder word would be cut off."""
_FALL = 0.82
"""Of the height shown, at each new level: the meter rises at once and falls softly."""


def meter_share(level: SoundLevel) -> float:
    """Return the level's place on the meter, 0 to 1: decibels of full scale, as loudness is heard."""
    if level.rms <= 0:
        return 0.0
    return min(1.0, max(0.0, 1 - 20 * math.log10(level.rms) / _FLOOR_DECIBELS))


class LevelMeter(QWidget):
    """Shows the latest level as bars; silent until it is given one."""

    def __init__(self, look: Look, name: str = "level") -> None:
        super().__init__()
        self._look = look
        self._share = 0.0
        self._clips = False
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_BARS * 9)
        self.setAccessibleName("Microphone level")
        look.changed.connect(self.update)

    @property
    def share(self) -> float:
        """How far the meter reaches now, 0 to 1."""
        return self._share

    def show_level(self, level: SoundLevel | None) -> None:
        """Show another level; None empties the meter."""
        if level is None:
            self._share, self._clips = 0.0, False
        else:
            self._share = max(meter_share(level), self._share * _FALL if self._look.motion else 0.0)
            self._clips = level.peak >= _CLIP_PEAK
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the meter's own size."""
        return QSize(_BARS * 8, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bars up to the level in the accent, the others as a line of dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() + _GAP) / _BARS - _GAP
        reached = round(self._share * _BARS)
        for bar in range(_BARS):
            lit = bar < reached
            role = Role.LINE if not lit else Role.WARNING if self._clips else Role.ACCENT
            painter.setBrush(self._look.colour(role))
            height = 14.0 if lit else 6.0
            left = bar * (width + _GAP)
            painter.drawRoundedRect(
                QRectF(left, (self.height() - height) / 2, width, height), width / 2, width / 2
            )
