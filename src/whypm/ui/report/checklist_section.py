"""The checklist: each item's state in form, colour and word, the words that carry it, and their sound."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from whypm.domain.feedback import Level
from whypm.domain.transcript import Span
from whypm.feedback.wording.titles import GROUP_TITLES, LEVEL_WORDS
from whypm.ui.report.feedback_content import Feedback, ItemRow
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.column import Card, clear, order_focus, rule
from whypm.ui.widgets.flow import Flow
from whypm.ui.widgets.mark import STATE_ROLES, Mark
from whypm.ui.widgets.play_button import PlayButton
from whypm.ui.widgets.text import text_label

_MARK_WIDTH = 16
_TOP = Qt.AlignmentFlag.AlignTop


class ChecklistRow(QWidget):
    """One item; "?" opens what it means, why it counts, how to do it, and the user's say in the matter.

    ``correct`` tells the item and the user's own level, or None for the judge's.
    """

    play = Signal(Span)
    correct = Signal(str, object)
    opened = Signal(QWidget)

    def __init__(self, row: ItemRow, look: Look, *, playable: bool) -> None:
        super().__init__()
        self.setObjectName(f"item-{row.id}")
        self.play_button: PlayButton | None = None
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text_label(row.title))
        if row.quote:
            words.addWidget(text_label(row.quote, Size.SMALL, tone="quiet", name="quote", copies=True))
        words.addStretch(1)
        self._row = row
        self._more = QWidget()
        self._more.hide()
        line = QHBoxLayout()
        line.setSpacing(Space.MEDIUM)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(Mark(row.level, look, is_sure=row.is_sure), 0, _TOP)
        line.addLayout(mark)
        line.addLayout(words, 1)
        line.addWidget(self._state(row), 0, _TOP)
        self.about_button = self._about()
        line.addWidget(self.about_button, 0, _TOP)
        line.addWidget(self._sound(row, look, playable=playable), 0, _TOP)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        whole.setSpacing(0)
        whole.addLayout(line)
        whole.addWidget(self._more)  # below all of it: beside the state there is no room for its buttons

    def _state(self, row: ItemRow) -> QWidget:
        words = LEVEL_WORDS[row.level] if row.is_sure else "not sure"
        tone = STATE_ROLES[row.level].value if row.is_sure else "quiet"
        label = text_label(words, Size.SMALL, tone=tone, wraps=False, name="level")
        label.setAlignment(Qt.AlignmentFlag.AlignRight)
        label.setContentsMargins(0, 2, 0, 0)
        doubts = [] if row.is_sure else [f"Perhaps {LEVEL_WORDS[row.level]}: no advice is built on it."]
        doubts += ["Judged by your pack’s examples, the weaker method."] if row.by_examples else []
        doubts += ["Your own verdict."] if row.corrected else []
        label.setToolTip(" ".join(doubts))
        return label

    def _about(self) -> QPushButton:
        about = button("?", "about", Weight.QUIET, tip=f"What “{self._row.title}” means")
        about.setAccessibleName(f"About {self._row.title}")
        about.setCheckable(True)
        about.toggled.connect(self._tell)
        return about

    def _sound(self, row: ItemRow, look: Look, *, playable: bool) -> QWidget:
        if row.span is None or not playable:
            room = QWidget()
            room.setFixedSize(28, 1)
            room.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            return room
        span = row.span
        self.play_button = PlayButton(f"Hear {row.quote}", look)
        self.play_button.clicked.connect(lambda: self.play.emit(span))
        return self.play_button

    def _tell(self, wanted: bool) -> None:
        if self._more.layout() is None:
            told = QVBoxLayout(self._more)
            told.setContentsMargins(_MARK_WIDTH + Space.MEDIUM, Space.SMALL, 0, Space.SMALL)
            told.setSpacing(Space.HAIR)
            row = self._row
            for head, text in (("", row.meaning), ("Why it counts. ", row.why), ("How. ", row.how)):
                told.addWidget(text_label(head + text, Size.SMALL))
            told.addWidget(text_label(self._say(), Size.SMALL, tone="quiet", name="say-yourself"))
            told.addLayout(self._corrections())
            order_focus(self.about_button, self._more)
        self._more.setVisible(wanted)
        if wanted:
            self.opened.emit(self)

    def _say(self) -> str:
        if self._row.corrected:
            return "Your own verdict counts."
        if self._row.is_sure:
            return "Not so? Say it yourself:"
        return f"Perhaps {LEVEL_WORDS[self._row.level]}. Say it yourself:"

    def _corrections(self) -> Flow:
        row = Flow(spacing=Space.HAIR)
        choices: list[tuple[str, Level | None]] = [
            (LEVEL_WORDS[level], level)
            for level in Level
            if level is not self._row.level or not self._row.is_sure  # what is not sure may be confirmed
        ]
        if self._row.corrected:
            choices.append(("as judged", None))
        for text, level in choices:
            made = button(text, f"correct-{text.replace(' ', '-')}", Weight.QUIET)
            made.setAccessibleName(f"{self._row.title}: {text}")
            made.clicked.connect(lambda _checked=False, level=level: self.correct.emit(self._row.id, level))
            row.addWidget(made)
        return row


class ChecklistSection(QWidget):
    """The three groups, a card each. ``play`` asks for a stretch of the recording; ``correct`` as a row's.

    ``opened`` tells the row that shows more of itself now.
    """

    play = Signal(Span)
    correct = Signal(str, object)
    opened = Signal(QWidget)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.buttons: list[tuple[Span, PlayButton]] = []
        self._rows: dict[str, ChecklistRow] = {}
        self._groups = QVBoxLayout(self)
        self._groups.setContentsMargins(0, 0, 0, 0)
        self._groups.setSpacing(Space.LARGE)

    def show_feedback(self, feedback: Feedback, *, playable: bool) -> None:
        """Show the items of each group, all of them anew: the focus that is in one is lost."""
        clear(self._groups)
        self.buttons = []
        self._rows = {}
        for group, rows in feedback.groups.items():
            if not rows:
                continue
            card = Card(0)
            card.content.addWidget(text_label(GROUP_TITLES[group], Size.LEAD, strong=True))
            card.content.addSpacing(Space.HAIR)
            for number, row in enumerate(rows):
                if number:
                    card.content.addWidget(rule())
                made = ChecklistRow(row, self._look, playable=playable)
                made.play.connect(self.play)
                made.correct.connect(self.correct)
                made.opened.connect(self.opened)
                if made.play_button is not None and row.span is not None:
                    self.buttons.append((row.span, made.play_button))
                card.content.addWidget(made)
                self._rows[row.id] = made
            self._groups.addWidget(card)

    @property
    def focused_item(self) -> str | None:
        """The item that has the focus."""
        focus = QApplication.focusWidget()
        return next((item for item, row in self._rows.items() if focus and row.isAncestorOf(focus)), None)

    def focus_item(self, item: str) -> None:
        """Give the focus to an item, where it is shown."""
        if item in self._rows:
            self._rows[item].about_button.setFocus()
