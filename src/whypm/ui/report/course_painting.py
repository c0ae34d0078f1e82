"""Draws the course of an answer: the curve on its target; pitch, pauses, fillers and loudness below it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from whypm.domain.pitch import VoicePitch
from whypm.domain.sound_quality import Loudness
from whypm.ui.report.course import Course, Moment, MomentKind
from whypm.ui.report.course_layout import CourseLayout, Row
from whypm.ui.report.pitch_line import pitch_line
from whypm.ui.style.clock_time import clock_time
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role, Size

_DOT = 4.0
_FILLER = 4.5
_PAUSE_HEIGHT = 9.0
_SHORTEST_PAUSE = 4.0
_TARGET_SHARE = 0.2
_MEANT_SHARE = 0.12
_LOUDNESS_SHARE = 0.45
_CLOSEST_VALUES = 40.0
_LOUDNESS_RANGE_DECIBELS = 40.0
"""From the loudest step down: what lies below it in a room is not the voice."""
_NAME_GAP = 10.0


class CoursePainting:
    """One picture: ``draw`` it, with the moment that is meant and the second that is heard standing out."""

    def __init__(self, painter: QPainter, course: Course, layout: CourseLayout, look: Look) -> None:
        self._painter = painter
        self._course = course
        self._layout = layout
        self._look = look
        self._stretches = course.of(MomentKind.STRETCH)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(Size.SMALL, figures=True))

    def draw(self, meant: Moment | None, place: float | None) -> None:
        """Draw from the ground up."""
        self._draw_target()
        if meant is not None and meant.kind is MomentKind.STRETCH:
            self._draw_ground(meant)
        self._draw_axis()
        self._draw_curve(meant)
        self._draw_marks(meant)
        if self._course.pitch is not None:
            self._draw_pitch(self._course.pitch)
        if self._course.loudness is not None and Row.LOUDNESS in self._layout.rows:
            self._draw_loudness(self._course.loudness)
        self._draw_names()
        if place is not None:
            self._painter.setPen(QPen(self._look.colour(Role.ACCENT), 1.5))
            x = self._layout.x(place)
            self._painter.drawLine(QPointF(x, 0.0), QPointF(x, self._layout.bottom))

    def _draw_target(self) -> None:
        band, row = self._course.band, self._layout.rows[Row.PACE]
        if band is None:
            return
        low, high = band.good_low, band.good_high
        top = row.top() if high is None else self._layout.y(high)
        bottom = row.bottom() if low is None else self._layout.y(low)
        self._fill(Role.SHOWN, _TARGET_SHARE)
        self._painter.drawRect(QRectF(row.left(), top, row.width(), bottom - top))
        self._painter.setOpacity(1.0)
        for edge in (low, high):
            if edge is not None:
                y = self._layout.y(edge)
                self._painter.setPen(QPen(self._look.colour(Role.SHOWN), 1))  # the pale ground is hard to see
                self._painter.drawLine(QPointF(row.left(), y), QPointF(row.right(), y))
                self._write_left(f"{edge:g}", y)

    def _draw_ground(self, stretch: Moment) -> None:
        left, right = self._layout.x(stretch.start), self._layout.x(stretch.end)
        self._fill(Role.ACCENT, _MEANT_SHARE)
        for row in (Row.PACE, Row.PITCH):
            if row in self._layout.rows:
                place = self._layout.rows[row]
                self._painter.drawRect(QRectF(left, place.top(), right - left, place.height()))
        self._painter.setOpacity(1.0)

    def _draw_axis(self) -> None:
        row, bottom = self._layout.rows[Row.PACE], self._layout.bottom
        painter = self._painter
        for second in self._layout.ticks():
            x = self._layout.x(second)
            painter.setPen(QPen(self._look.colour(Role.LINE), 1))
            painter.drawLine(QPointF(x, row.top()), QPointF(x, bottom))
            painter.setPen(self._look.colour(Role.TEXT_QUIET))
            words = clock_time(second)
            half = painter.fontMetrics().horizontalAdvance(words) / 2
            left = min(x - half, row.right() - 2 * half)
            painter.drawText(QPointF(left, self._layout.height - 5), words)

    def _draw_curve(self, meant: Moment | None) -> None:
        points = [self._layout.point(stretch) for stretch in self._stretches]
        ends = (self._stretches[0].start, self._stretches[-1].end)
        first, last = (self._layout.x(second) for second in ends)
        path = QPainterPath(QPointF(first, points[0].y()))
        for point in (*points, QPointF(last, points[-1].y())):
            path.lineTo(point)
        accent = self._look.colour(Role.ACCENT)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(accent, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        self._painter.drawPath(path)
        room = points[1].x() - points[0].x()
        for stretch, point in zip(self._stretches, points, strict=True):
            radius = _DOT + 2 if stretch == meant else _DOT
            self._painter.setPen(QPen(accent, 2))
            self._painter.setBrush(accent if stretch.on_target else self._look.colour(Role.SURFACE_RAISED))
            self._painter.drawEllipse(point, radius, radius)
            if room >= _CLOSEST_VALUES * self._look.scale or stretch == meant:
                self._write_value(f"{stretch.pace:.0f}", point - QPointF(0.0, radius))

    def _write_value(self, words: str, point: QPointF) -> None:
        """Write above this point."""
        left = point.x() - self._painter.fontMetrics().horizontalAdvance(words) / 2
        self._painter.setPen(self._look.colour(Role.TEXT))
        self._painter.drawText(QPointF(left, point.y() - 6), words)

    def _draw_marks(self, meant: Moment | None) -> None:
        for moment in self._course.moments:
            if moment.kind is not MomentKind.STRETCH:
                self._draw_mark(moment, stands_out=moment == meant)

    def _draw_mark(self, moment: Moment, *, stands_out: bool) -> None:
        """A pause is as long as it lasted, and filled inside a sentence; a filler is a diamond."""
        painter, middle = self._painter, self._layout.point(moment)
        role = Role.WARNING if moment.kind is MomentKind.FILLER else Role.TEXT_QUIET
        colour = self._look.colour(Role.ACCENT if stands_out else role)
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(colour)
        if moment.kind is MomentKind.FILLER:
            side = _FILLER + 2 if stands_out else _FILLER
            corners = ((-side, 0.0), (0.0, -side), (side, 0.0), (0.0, side))
            painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in corners]))
            return
        if moment.kind is MomentKind.PAUSE_BETWEEN and not stands_out:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        width = max(_SHORTEST_PAUSE, self._layout.x(moment.end) - self._layout.x(moment.start))
        height = _PAUSE_HEIGHT + 4 if stands_out else _PAUSE_HEIGHT
        bar = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        painter.drawRoundedRect(bar, 2, 2)

    def _draw_pitch(self, pitch: VoicePitch) -> None:
        """The speaker's middle as a thin line, and the voice moving round it."""
        row, painter = self._layout.rows[Row.PITCH], self._painter
        painter.setPen(QPen(self._look.colour(Role.LINE), 1))
        painter.drawLine(QPointF(row.left(), row.center().y()), QPointF(row.right(), row.center().y()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.colour(Role.CONTROL), 1.4))
        painter.drawPath(pitch_line(pitch, row, self._layout.x))

    def _draw_loudness(self, loudness: Loudness) -> None:
        row, levels = self._layout.rows[Row.LOUDNESS], loudness.decibels
        loudest = max(levels)
        outline = [QPointF(row.left(), row.bottom())]
        for number, level in enumerate(levels):
            x = min(self._layout.x((number + 0.5) * loudness.step_seconds), row.right())
            share = max(0.0, 1 - (loudest - level) / _LOUDNESS_RANGE_DECIBELS)
            outline.append(QPointF(x, row.bottom() - share * row.height()))
        outline.append(QPointF(outline[-1].x(), row.bottom()))
        self._fill(Role.CONTROL, _LOUDNESS_SHARE)
        self._painter.drawPolygon(QPolygonF(outline))
        self._painter.setOpacity(1.0)
        self._painter.setPen(QPen(self._look.colour(Role.CONTROL), 1))
        self._painter.drawPolyline(QPolygonF(outline))

    def _draw_names(self) -> None:
        for row, place in self._layout.rows.items():
            if row is not Row.PACE:
                self._write_left(row.value, place.center().y())

    def _write_left(self, words: str, y: float) -> None:
        metrics = self._painter.fontMetrics()
        left = self._layout.rows[Row.PACE].left() - _NAME_GAP - metrics.horizontalAdvance(words)
        self._painter.setPen(self._look.colour(Role.TEXT_QUIET))
        self._painter.drawText(QPointF(left, y + (metrics.ascent() - metrics.descent()) / 2), words)

    def _fill(self, role: Role, opacity: float) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._look.colour(role))
        self._painter.setOpacity(opacity)
