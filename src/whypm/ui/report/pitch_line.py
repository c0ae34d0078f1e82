"""The line of a pitch over time, for the course chart."""

from collections.abc import Callable
from itertools import pairwise
from statistics import median

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from whypm.domain.pitch import VoicePitch, semitones_between

RANGE_SEMITONES = 7.0
"""From the middle to an edge, in every answer, so that a flat voice looks flat. In ordinary talk nine tenths
of the voice lie well within it (four semitones of standard deviation were the most in Hincks 2004)."""
_CLOSEST_POINTS = 1.5
"""Pixels: what stands closer becomes one point, or a long answer would be a smudge."""


def pitch_line(pitch: VoicePitch, row: QRectF, x: Callable[[float], float]) -> QPainterPath:
    """Return the line within ``row``, broken where there is no pitch; ``x`` tells where a second stands."""
    track = pitch.track
    size = 1
    while x(size * track.step_seconds) - x(0.0) < _CLOSEST_POINTS and size < len(track.hertz):
        size += 1
    heights: list[float | None] = []
    for begin in range(0, len(track.hertz), size):
        inside = [hertz for hertz in track.hertz[begin : begin + size] if hertz is not None]
        heights.append(_height(pitch.hertz, median(inside), row) if inside else None)
    path = QPainterPath()
    for number, (before, height) in enumerate(pairwise((None, *heights))):
        if height is None:
            continue
        left, right = (x((number + end) * size * track.step_seconds) for end in (0, 1))
        if before is None:
            path.moveTo(QPointF(left, height))
        path.lineTo(QPointF((left + right) / 2, height))
        if number + 1 == len(heights) or heights[number + 1] is None:
            path.lineTo(QPointF(right, height))
    return path


def _height(middle: float, hertz: float, row: QRectF) -> float:
    share = semitones_between(middle, hertz) / RANGE_SEMITONES
    return row.center().y() - max(-1.0, min(1.0, share)) * row.height() / 2
