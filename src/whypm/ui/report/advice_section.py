"""Keep and change: what the answer did well, and at most three things to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from whypm.domain.transcript import Span
from whypm.ui.report.feedback_content import Change, Feedback, Kept
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.column import Card, clear
from whypm.ui.widgets.play_button import PlayButton
from whypm.ui.widgets.text import text_label

_TOP = Qt.AlignmentFlag.AlignTop
_SIDE_BY_SIDE = 600
"""The narrowest width, in pixels at 100 %, for two columns that read well."""


class AdviceSection(QWidget):
    """Two cards, side by side where there is room.

    ``play`` asks for a stretch of the recording, ``practise`` for the drill on what it names.
    """

    play = Signal(Span)
    practise = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.buttons: list[tuple[Span, PlayButton]] = []
        self._keep, self._change = Card(Space.MEDIUM), Card(Space.MEDIUM)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.LARGE)
        self._row.addWidget(self._keep, 1)
        self._row.addWidget(self._change, 1)

    def show_feedback(self, feedback: Feedback, *, playable: bool) -> None:
        """Show what to keep and what to change; a card without content is left out."""
        self.buttons = []
        clear(self._keep.content)
        clear(self._change.content)
        self._keep.content.addWidget(text_label("Keep", Size.LEAD, strong=True))
        for kept in feedback.kept:
            self._keep.content.addLayout(self._kept(kept, playable=playable))
        self._keep.content.addStretch(1)
        self._change.content.addWidget(text_label("Change", Size.LEAD, strong=True))
        for number, change in enumerate(feedback.changes, start=1):
            self._change.content.addLayout(self._changed(number, change))
        self._change.content.addStretch(1)
        self._keep.setVisible(bool(feedback.kept))
        self._change.setVisible(bool(feedback.changes))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cards side by side, or one below the other."""
        wide = event.size().width() >= self._look.scaled(_SIDE_BY_SIDE)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    def _kept(self, kept: Kept, *, playable: bool) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text_label(kept.text))
        words.addWidget(text_label(kept.quote, Size.SMALL, tone="quiet", name="kept-quote", copies=True))
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addLayout(words, 1)
        span = kept.span
        if span is not None and playable:
            play = PlayButton(f"Hear {kept.quote}", self._look)
            play.clicked.connect(lambda: self.play.emit(span))
            self.buttons.append((span, play))
            row.addWidget(play, 0, _TOP)
        return row

    def _changed(self, number: int, change: Change) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(text_label(change.text, name="advice", copies=True))
        if change.drill is not None:
            about = change.drill.about
            practise = button(
                f"Practise this, {change.drill.seconds:.0f} s",
                f"practise-{about}",
                Weight.INLINE,
                tip=change.drill.prompt,
            )
            practise.clicked.connect(lambda: self.practise.emit(about))
            words.addWidget(practise, 0, Qt.AlignmentFlag.AlignLeft)
        figure = text_label(str(number), figures=True, strong=True, tone="accent", wraps=False)
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(figure, 0, _TOP)
        row.addLayout(words, 1)
        return row
