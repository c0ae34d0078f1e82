"""How the answer ran: a sentence, the chart, and all of it in words for whoever would rather read it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from whypm.ui.report.course import Course, Moment, MomentKind
from whypm.ui.report.course_chart import CourseChart
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.column import Card
from whypm.ui.widgets.text import text_label

_DOTS = "Filled dots are on target."
_PAUSES = "Filled pauses lie inside a sentence, open ones between two."
_PITCH = "Pitch is drawn up to 7 semitones above and below your middle."
_HOW = "Point to read, click to hear; or use the arrow keys and Enter."
_HOW_SILENT = "Point to read, or use the arrow keys."


class CourseSection(QWidget):
    """One card; hidden where there is no course. ``play_from`` asks for the recording from a second on.

    ``opened`` tells the words of the chart, once they are wanted.
    """

    play_from = Signal(float)
    opened = Signal(QWidget)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.chart = CourseChart(look)
        self._how = ""
        self._sentence = text_label("", Size.SMALL, tone="quiet", name="course-sentence")
        self._told = text_label("", Size.SMALL, tone="quiet", name="course-moment")
        self._key = text_label("", Size.SMALL, tone="quiet", name="course-key")
        self._words = text_label("", Size.SMALL, name="course-words")
        self._words.hide()
        more = button("In words", "course-in-words", Weight.QUIET, tip="All of the chart as a list")
        more.setAccessibleName("The course of the answer in words")
        more.setCheckable(True)
        head = QHBoxLayout()
        self._title = text_label("", Size.LEAD, strong=True, name="course-title")
        head.addWidget(self._title, 1)
        head.addWidget(more)
        card = Card(Space.SMALL)
        card.content.addLayout(head)
        for widget in (self._sentence, self.chart, self._told, self._key, self._words):
            card.content.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        more.toggled.connect(self._words.setVisible)
        more.toggled.connect(lambda on: self.opened.emit(self._words) if on else None)
        self.chart.sought.connect(self.play_from)
        self.chart.pointed.connect(self._tell)

    def show_course(self, course: Course | None, seconds: float, *, playable: bool) -> None:
        """Show how an answer ran whose recording has this length."""
        self.setVisible(course is not None)
        if course is None:
            return
        self._how = _HOW if playable else _HOW_SILENT
        has_pauses = bool(course.of(MomentKind.PAUSE_INSIDE, MomentKind.PAUSE_BETWEEN))
        key = [
            _DOTS if course.band is not None else "",
            _PAUSES if has_pauses else "",
            _PITCH if course.pitch is not None else "",
        ]
        self._key.setText(" ".join(filter(None, key)))
        self._key.setVisible(any(key))
        self._title.setText(course.title)
        self._sentence.setText(course.sentence)
        self._words.setText("\n".join(moment.words for moment in course.moments))
        self.chart.show_course(course, seconds, playable=playable)
        self._tell(None)

    def show_place(self, seconds: float | None) -> None:
        """Show which second is heard; None where it is silent."""
        self.chart.show_place(seconds)

    def _tell(self, moment: Moment | None) -> None:
        self._told.setText(moment.words if moment is not None else self._how)
