"""Where the parts of the course chart stand, in pixels."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF

from whypm.ui.report.course import Course, Moment, MomentKind
from whypm.ui.widgets.band_strip import band_scale

_LEFT, _RIGHT, _TOP = 76.0, 12.0, 20.0
"""Room for the names on the left, and for the highest value above its dot."""
_GAP = 6.0
_AXIS = 20.0
_TICK_STEPS = (10, 20, 30, 60, 120, 300)
_CLOSEST_TICKS = 56.0
_SPARE = 12.0
"""Words a minute beyond the fastest and the slowest stretch, so that no dot touches an edge."""
_ALONE = (80.0, 220.0)
"""Words a minute that are shown where there is no target."""


class Row(StrEnum):
    """One line of the chart; its value is its name on the left."""

    PACE = "pace"
    PITCH = "pitch"
    PAUSES = "pauses"
    FILLERS = "fillers"
    LOUDNESS = "loudness"


MARKS = {
    Row.PAUSES: (MomentKind.PAUSE_INSIDE, MomentKind.PAUSE_BETWEEN),
    Row.FILLERS: (MomentKind.FILLER,),
}
_HEIGHTS = {Row.PACE: 116.0, Row.PITCH: 44.0, Row.PAUSES: 20.0, Row.FILLERS: 20.0, Row.LOUDNESS: 28.0}


class CourseLayout:
    """Of a recording of ``seconds`` on a chart of ``width``; rows without content are left out.

    ``scale`` is how much larger than at 100 % its text is.
    """

    def __init__(self, course: Course, seconds: float, width: float, scale: float = 1.0) -> None:
        self._scale = scale
        self._seconds = max(seconds, *(moment.end for moment in course.moments))
        self.rows: dict[Row, QRectF] = {}
        left, right = _LEFT * scale, _RIGHT * scale
        top = _TOP * scale
        for row, height in _HEIGHTS.items():
            if _is_filled(row, course):
                self.rows[row] = QRectF(left, top, max(1.0, width - left - right), height * scale)
                top += height * scale + _GAP
        self.bottom = top - _GAP
        self.height = self.bottom + _AXIS * scale
        self._low, self._high = _paces(course)

    def x(self, seconds: float) -> float:
        """Return where this second stands."""
        pace = self.rows[Row.PACE]
        return pace.left() + seconds / self._seconds * pace.width()

    def seconds_at(self, x: float) -> float:
        """Return the second that stands here, within the recording."""
        pace = self.rows[Row.PACE]
        return min(1.0, max(0.0, (x - pace.left()) / pace.width())) * self._seconds

    def y(self, pace: float) -> float:
        """Return where this many words a minute stand."""
        row = self.rows[Row.PACE]
        return row.bottom() - (pace - self._low) / (self._high - self._low) * row.height()

    def point(self, moment: Moment) -> QPointF:
        """Return the middle of a moment: of a stretch on the curve, of a mark in its row."""
        x = self.x((moment.start + moment.end) / 2)
        if moment.pace is not None:
            return QPointF(x, self.y(moment.pace))
        row = next(row for row, kinds in MARKS.items() if moment.kind in kinds)
        return QPointF(x, self.rows[row].center().y())

    def row_at(self, y: float) -> Row:
        """Return the row at this height; what is none of the others' counts as the pace's."""
        return next((row for row, place in self.rows.items() if place.top() <= y <= place.bottom()), Row.PACE)

    def ticks(self) -> list[float]:
        """Return the seconds to be named under the chart, none too close to the next."""
        width = self.rows[Row.PACE].width()
        step = next(
            (step for step in _TICK_STEPS if step / self._seconds * width >= _CLOSEST_TICKS * self._scale),
            _TICK_STEPS[-1],
        )
        return [float(second) for second in range(0, int(self._seconds) + 1, step)]


def _is_filled(row: Row, course: Course) -> bool:
    if row is Row.PITCH:
        return course.pitch is not None
    if row is Row.LOUDNESS:
        return course.loudness is not None and bool(course.loudness.decibels)
    return row is Row.PACE or bool(course.of(*MARKS[row]))


def _paces(course: Course) -> tuple[float, float]:
    """Return the lowest and highest pace on the scale."""
    low, high = band_scale(course.band) if course.band is not None else _ALONE
    paces = [moment.pace for moment in course.moments if moment.pace is not None]
    return max(0.0, min(low, min(paces) - _SPARE)), max(high, max(paces) + _SPARE)
