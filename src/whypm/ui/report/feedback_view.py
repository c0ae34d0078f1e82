"""The feedback on one answer, from one sentence in words down to every word that was said."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from whypm.domain.transcript import Span
from whypm.ui.report.advice_section import AdviceSection
from whypm.ui.report.build_section import BuildSection
from whypm.ui.report.checklist_section import ChecklistSection
from whypm.ui.report.course_section import CourseSection
from whypm.ui.report.delivery_section import DeliverySection
from whypm.ui.report.feedback_content import Feedback
from whypm.ui.report.recording_section import RecordingSection
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.column import Column, order_focus
from whypm.ui.widgets.play_button import PlayButton
from whypm.ui.widgets.text import text_label


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the recording to hear, in seconds; ``end`` is None for all the rest."""

    start: float
    end: float | None = None


class FeedbackView(Column):
    """Shows a ``Feedback``. ``play`` asks for a stretch of the recording, ``stop`` for silence.

    ``correct`` tells an item and the user's own level for it, or None for the judge's; ``practise`` what a
    drill is wanted on.
    """

    play = Signal(Stretch)
    correct = Signal(str, object)
    practise = Signal(str)
    stop = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("report")
        self.setAccessibleName("Feedback on your answer")
        # The room for it is always taken, so that the column stays in line with the actions below it.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # for the arrow keys
        self._heard: Stretch | None = None
        self._place: int | None = None
        """Where to stay on the page, where the same take is to be shown again."""
        self._item: str | None = None
        """The item that then has the focus again."""
        self._about = text_label("", Size.SMALL, tone="quiet", name="about-take")
        self._question = text_label("", tone="quiet", name="asked", copies=True)
        self._sentence = text_label("", Size.TITLE, strong=True, name="sentence", copies=True)
        self._advice = AdviceSection(look)
        self._checklist = ChecklistSection(look)
        self._build = BuildSection(look)
        self._delivery = DeliverySection(look)
        self.course = CourseSection(look)
        self.recording = RecordingSection(look)
        self._reported = (self._advice, self._checklist, self._build, self._delivery, self.course)
        for widget in (self._about, self._question, self._sentence):
            self.content.addWidget(widget)
        self.content.addSpacing(Space.SMALL)
        for section in (*self._reported, self.recording):
            self.content.addWidget(section)
        self.content.addStretch(1)
        self._advice.play.connect(self._toggle)
        self._advice.practise.connect(self.practise)
        self._checklist.play.connect(self._toggle)
        self._checklist.correct.connect(self.correct)
        for section in (self.course, self.recording):
            section.play_from.connect(lambda seconds: self.play.emit(Stretch(seconds)))
        self.recording.toggled.connect(self.toggle_all)
        words = self.recording.words
        words.opened.connect(lambda: self._opened(words))
        for opening in (self._checklist, self._delivery, self.course):
            opening.opened.connect(self._opened)
        # Much text put in at once makes the page longer only later.
        self.verticalScrollBar().rangeChanged.connect(lambda: self._follow_cursor(words.editor))
        for text in (words.editor, words.transcript):
            text.cursorPositionChanged.connect(
                lambda text=text: QTimer.singleShot(0, self, lambda: self._follow_cursor(text))
            )

    @property
    def sentence(self) -> str:
        """The sentence at the top."""
        return self._sentence.text()

    @property
    def is_heard(self) -> bool:
        """Whether some of the recording is heard now."""
        return self._heard is not None

    @property
    def keeps_place(self) -> bool:
        """Whether the take that is shown next is the one that is shown now."""
        return self._place is not None

    def show_feedback(self, feedback: Feedback, seconds: float, *, playable: bool, about: str = "") -> None:
        """Show the feedback on a recording of this length; ``about`` says which, where that is not plain."""
        self._head(feedback.question, feedback.sentence, about)
        self._advice.setVisible(bool(feedback.kept or feedback.changes))
        self._advice.show_feedback(feedback, playable=playable)
        self._checklist.setVisible(any(feedback.groups.values()))
        self._checklist.show_feedback(feedback, playable=playable)
        self._build.show_build(feedback.build)
        self._delivery.show_feedback(feedback)
        self.course.show_course(feedback.course, seconds, playable=playable)
        self.recording.show_feedback(feedback, seconds, playable=playable, keep_open=self.keeps_place)
        self._start()

    def show_take(
        self, question: str, sentence: str, seconds: float, *, playable: bool, about: str = ""
    ) -> None:
        """Show a take that has no report; ``sentence`` says why."""
        self._head(question, sentence, about)
        for section in self._reported:
            section.hide()
        self.recording.show_feedback(None, seconds, playable=playable)
        self._start()

    def show_playback(self, heard: Stretch | None, seconds: float | None) -> None:
        """Show which stretch is under way and which second of it is heard; None when it is silent."""
        self._heard = heard
        for span, play in self._play_buttons():
            play.show_playing(heard is not None and heard == Stretch(span.start, span.end))
        self.course.show_place(seconds if heard is not None else None)
        self.recording.show_place(
            seconds if heard is not None else None, whole=heard is not None and heard.end is None
        )

    def edit_words(self) -> None:
        """Open the words to be put right, where there are any."""
        if self.recording.words.isVisible():
            self.recording.words.edit()

    def keep_place(self) -> None:
        """Stay at this place of the page when the same take is shown again, with the focus where it is."""
        self._place = self.verticalScrollBar().value()
        self._item = self._checklist.focused_item

    def toggle_all(self) -> None:
        """Ask for the whole recording, or for silence while it is heard."""
        if self._heard is not None and self._heard.end is None:
            self.stop.emit()
        elif self.recording.playable:
            self.play.emit(Stretch(0.0))

    def _head(self, question: str, sentence: str, about: str) -> None:
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self._question.setText(question)
        self._question.setVisible(bool(question))
        self._sentence.setText(sentence)
        self.setAccessibleDescription(sentence)

    def _start(self) -> None:
        self.show_playback(None, None)
        order_focus(self, *self._reported, self.recording)
        place, self._place = self._place or 0, None
        item, self._item = self._item, None

        def settle() -> None:
            self.verticalScrollBar().setValue(place)
            if item is not None:
                self._checklist.focus_item(item)

        # Once the new content has found its height: until then the bar may be too short.
        QTimer.singleShot(0, self, settle)

    def _opened(self, widget: QWidget) -> None:
        """Show what was opened, unless another report takes its place at once."""
        # Once all has found its place on the page: until then there is nowhere to go.
        QTimer.singleShot(0, widget, lambda: self._bring_into_sight(widget))

    def _bring_into_sight(self, widget: QWidget) -> None:
        """Show all of it, or its beginning where there is no room for all."""
        if not self.page.isAncestorOf(widget):
            return
        top = widget.mapTo(self.page, QPoint()).y()
        bar = self.verticalScrollBar()
        lowest = top + widget.height() + Space.LARGE - self.viewport().height()
        bar.setValue(min(top - Space.LARGE, max(bar.value(), lowest)))

    def _follow_cursor(self, text: QTextEdit | QPlainTextEdit) -> None:
        """Keep the line in sight that is typed in or read: the text is as high as it is long."""
        if text.hasFocus():
            place = text.viewport().mapTo(self.page, text.cursorRect().center())
            self.ensureVisible(place.x(), place.y(), 0, Space.PAGE)

    def _play_buttons(self) -> list[tuple[Span, PlayButton]]:
        return [*self._advice.buttons, *self._checklist.buttons]

    def _toggle(self, span: Span) -> None:
        wanted = Stretch(span.start, span.end)
        if self._heard == wanted:
            self.stop.emit()
        else:
            self.play.emit(wanted)
