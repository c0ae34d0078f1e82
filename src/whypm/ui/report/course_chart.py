"""The course of an answer, drawn: pace over time against its target, and under it what the voice did."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from whypm.ui.report.course import Course, Moment, MomentKind
from whypm.ui.report.course_layout import MARKS, CourseLayout, Row
from whypm.ui.report.course_painting import CoursePainting
from whypm.ui.style.look import Look
from whypm.ui.style.theme import CORNER, Role
from whypm.ui.widgets.announcement import announce

_LEAD_SECONDS = 1.0
"""A pause or a filler is heard as one only after the words before it."""
_REACH = 5.0
"""How far from a mark, in pixels, a click still means it."""


class CourseChart(QWidget):
    """Shows a ``Course``; ``sought`` tells the second to play from, ``pointed`` which moment is meant now.

    Left and right go from moment to moment, Enter plays.
    """

    sought = Signal(float)
    pointed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._course: Course | None = None
        self._seconds = 0.0
        self._playable = False
        self._place: float | None = None
        self._chosen: int | None = None
        self._hovered: Moment | None = None
        self.setObjectName("course")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        look.changed.connect(self._follow)

    @property
    def meant(self) -> Moment | None:
        """The moment under the pointer, or else the one chosen with the keys."""
        if self._hovered is not None or self._course is None or self._chosen is None:
            return self._hovered
        return self._course.moments[self._chosen]

    @property
    def place_seconds(self) -> float | None:
        """The place that is shown as heard."""
        return self._place

    def show_course(self, course: Course, seconds: float, *, playable: bool) -> None:
        """Show another answer; its recording has this length."""
        self._course, self._seconds, self._playable = course, seconds, playable
        self._place = self._chosen = self._hovered = None
        self.setCursor(Qt.CursorShape.PointingHandCursor if playable else Qt.CursorShape.ArrowCursor)
        plays = ", Enter plays from there" if playable else ""
        self.setAccessibleName(f"{course.title}; left and right go from moment to moment{plays}")
        self.setAccessibleDescription(course.value)
        self.updateGeometry()
        self.update()

    def show_place(self, seconds: float | None) -> None:
        """Show which second is heard; None where it is silent."""
        self._place = seconds
        self.update()

    def layout_of(self, course: Course) -> CourseLayout:
        """Return where things stand at the present size."""
        return CourseLayout(course, self._seconds, float(self.width()), self._look.scale)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height that the rows take."""
        height = self.layout_of(self._course).height if self._course is not None else 0.0
        return QSize(320, round(height))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell what is under the pointer."""
        self._hover(self._moment_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Forget what was under the pointer."""
        super().leaveEvent(event)
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the press: its release comes here then."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Play a mark with what leads to it, or from the second that was pointed at."""
        event.accept()
        if event.button() is not Qt.MouseButton.LeftButton or self._course is None:
            return
        moment = self._moment_at(event.position())
        if moment is not None and moment.kind is not MomentKind.STRETCH:
            self._play(moment)
        elif self._playable:
            seconds = self.layout_of(self._course).seconds_at(event.position().x())
            self.sought.emit(min(max(0.0, seconds), self._seconds))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from moment to moment, or play the one that was chosen."""
        moments = self._course.moments if self._course is not None else ()
        now = self._chosen
        last = len(moments) - 1
        goals = {
            Qt.Key.Key_Left: 0 if now is None else max(0, now - 1),
            Qt.Key.Key_Right: 0 if now is None else min(last, now + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        goal = goals.get(Qt.Key(event.key()))
        if goal is not None and moments:
            self._choose(goal)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and now is not None:
            self._play(moments[now])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Let the choice go with the focus."""
        super().focusOutEvent(event)
        self._chosen = None
        self.setAccessibleDescription(self._course.value if self._course is not None else "")
        self.pointed.emit(self.meant)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the rows."""
        if self._course is None:
            return
        painter = QPainter(self)
        layout = self.layout_of(self._course)
        CoursePainting(painter, self._course, layout, self._look).draw(self.meant, self._place)
        if self.hasFocus():
            painter.setPen(self._look.colour(Role.ACCENT))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)

    def _follow(self) -> None:
        self.updateGeometry()
        self.update()

    def _choose(self, index: int) -> None:
        self._chosen, self._hovered = index, None
        moment = self.meant
        if moment is not None:
            self.setAccessibleDescription(moment.words)
            announce(self, moment.words)
        self.pointed.emit(moment)
        self.update()

    def _hover(self, moment: Moment | None) -> None:
        if moment != self._hovered:
            self._hovered = moment
            self.pointed.emit(self.meant)
            self.update()

    def _play(self, moment: Moment) -> None:
        if self._playable:
            lead = 0.0 if moment.kind is MomentKind.STRETCH else _LEAD_SECONDS
            self.sought.emit(max(0.0, moment.start - lead))

    def _moment_at(self, place: QPointF) -> Moment | None:
        if self._course is None:
            return None
        layout = self.layout_of(self._course)
        row = layout.row_at(place.y())
        if row in MARKS:
            return self._mark_at(layout, row, place.x())
        seconds = layout.seconds_at(place.x())
        stretches = self._course.of(MomentKind.STRETCH) if row in {Row.PACE, Row.PITCH} else ()
        return next((each for each in stretches if each.start <= seconds <= each.end), None)

    def _mark_at(self, layout: CourseLayout, row: Row, x: float) -> Moment | None:
        moments = self._course.of(*MARKS[row]) if self._course is not None else ()
        away = {
            max(layout.x(each.start) - x, x - layout.x(each.end), 0.0): each for each in reversed(moments)
        }
        nearest = min(away, default=_REACH + 1)
        return away[nearest] if nearest <= _REACH else None
