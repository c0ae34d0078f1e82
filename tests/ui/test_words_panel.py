"""The words of an answer put right: one where it stands, or all at once, and nothing typed is lost."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from whypm.domain.content import Pack
from whypm.domain.feedback import Level, Report
from whypm.domain.transcript import Span
from whypm.ui.report.feedback_content import Feedback, read_report
from whypm.ui.report.feedback_view import FeedbackView
from whypm.ui.style.look import Look
from whypm.ui.transcript.legend import TranscriptLegend
from whypm.ui.transcript.pieces import Piece
from whypm.ui.transcript.view import TranscriptView
from whypm.ui.transcript.words_panel import WordsPanel

SAID = "I drew one small table. Um returns fell by a third. I want to choose what we build."
PUT_RIGHT = SAID.replace("third", "quarter")


@pytest.fixture
def view(qtbot: QtBot, look: Look, feedback: Feedback) -> FeedbackView:
    view = FeedbackView(look)
    qtbot.addWidget(view)
    view.resize(900, 700)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    view.show_feedback(feedback, 9.0, playable=True)
    return view


@pytest.fixture
def panel(view: FeedbackView) -> WordsPanel:
    return view.recording.words


@pytest.fixture
def transcript(panel: WordsPanel) -> TranscriptView:
    return panel.transcript


@pytest.fixture
def edited(panel: WordsPanel) -> Iterator[list[str | None]]:
    texts: list[str | None] = []
    panel.edited.connect(texts.append)
    yield texts
    panel.edited.disconnect(texts.append)


def go_to(transcript: TranscriptView, word: str) -> QPoint:
    """Put the cursor into a word and return where that is."""
    cursor = transcript.document().find(word)
    cursor.setPosition(cursor.selectionStart() + 1)
    transcript.setTextCursor(cursor)
    return transcript.cursorRect(cursor).center()


def press(view: FeedbackView, name: str) -> None:
    found = view.findChild(QPushButton, name)
    assert found is not None
    assert found.isVisible()
    found.click()


def can_keep(view: FeedbackView) -> bool:
    found = view.findChild(QPushButton, "keep-words")
    assert found is not None
    return found.isEnabled()


def told(view: FeedbackView, name: str) -> str:
    label = view.findChild(QLabel, name)
    assert label is not None
    return label.text() if label.isVisible() else ""


def test_f2_puts_the_word_at_the_cursor_right(
    transcript: TranscriptView, qtbot: QtBot, edited: list[str | None]
) -> None:
    go_to(transcript, "third")
    qtbot.keyClick(transcript, Qt.Key.Key_F2)
    field = transcript.field
    assert field.isVisible()
    assert (field.text(), field.selectedText()) == ("third.", "third")
    qtbot.keyClicks(field, "quarter")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert edited == [PUT_RIGHT]


def test_a_double_click_opens_the_field_over_the_word(transcript: TranscriptView, qtbot: QtBot) -> None:
    place = go_to(transcript, "small")
    qtbot.mouseDClick(transcript.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert transcript.field.text() == "small"
    assert transcript.field.geometry().contains(place)


def test_several_words_are_put_right_together(
    transcript: TranscriptView, qtbot: QtBot, edited: list[str | None]
) -> None:
    cursor = transcript.document().find("small table")
    transcript.setTextCursor(cursor)
    qtbot.keyClick(transcript, Qt.Key.Key_F2)
    assert transcript.field.text() == "small table."
    transcript.field.setText("large  chair.")
    qtbot.keyClick(transcript.field, Qt.Key.Key_Return)
    assert edited == [SAID.replace("small table", "large chair")]


def test_esc_and_an_unchanged_word_leave_all_as_it_was(
    transcript: TranscriptView, qtbot: QtBot, edited: list[str | None]
) -> None:
    go_to(transcript, "third")
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        qtbot.keyClick(transcript, Qt.Key.Key_F2)
        qtbot.keyClick(transcript.field, key)
        assert not transcript.field.isVisible()
        assert transcript.hasFocus()
    assert edited == []


def test_the_field_says_its_keys_and_can_play_the_word(
    view: FeedbackView, transcript: TranscriptView, qtbot: QtBot
) -> None:
    go_to(transcript, "third")
    qtbot.keyClick(transcript, Qt.Key.Key_F2)
    assert told(view, "transcript-how").startswith("Enter keeps it")
    with qtbot.waitSignal(view.play) as asked:
        qtbot.keyClick(transcript.field, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert asked.args[0].start == 5.0
    qtbot.keyClick(transcript.field, Qt.Key.Key_Escape)
    assert "press F2" in told(view, "transcript-how")


def test_the_menu_of_a_word_offers_to_hear_and_to_correct_it(
    transcript: TranscriptView, qtbot: QtBot
) -> None:
    go_to(transcript, "third")
    menu = transcript.menu()
    hear, correct = menu.actions()
    assert correct.text().startswith("Correct “third.”")
    with qtbot.waitSignal(transcript.chosen) as chosen:
        hear.trigger()
    assert chosen.args == [5.0]
    correct.trigger()
    assert transcript.field.isVisible()


def test_the_whole_text_is_put_right_in_an_editor(
    view: FeedbackView, panel: WordsPanel, qtbot: QtBot, edited: list[str | None]
) -> None:
    press(view, "correct-words")
    assert panel.editor.toPlainText() == SAID
    assert not panel.transcript.isVisible()
    assert not can_keep(view)
    panel.editor.selectAll()
    qtbot.keyClicks(panel.editor, "  ")
    assert not can_keep(view)
    panel.editor.setPlainText(PUT_RIGHT)
    press(view, "keep-words")
    assert edited == [PUT_RIGHT]


def test_the_editor_is_worked_with_the_keyboard_alone(
    view: FeedbackView, panel: WordsPanel, qtbot: QtBot, edited: list[str | None]
) -> None:
    view.edit_words()
    qtbot.waitUntil(panel.editor.hasFocus)
    qtbot.keyClick(panel.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(panel.editor, " Really")
    qtbot.keyClick(panel.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert edited == [f"{SAID} Really"]
    qtbot.keyClick(panel.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panel.editor.toPlainText() == SAID
    qtbot.keyClick(panel.editor, Qt.Key.Key_Escape)
    assert panel.transcript.hasFocus()


def test_esc_does_not_throw_typing_away(view: FeedbackView, panel: WordsPanel, qtbot: QtBot) -> None:
    view.edit_words()
    qtbot.keyClicks(panel.editor, "Well ")
    qtbot.keyClick(panel.editor, Qt.Key.Key_Escape)
    assert panel.editing
    press(view, "cancel-edit")
    assert not panel.editing
    assert panel.transcript.spoken_text == SAID


def test_the_editor_plays_from_the_word_at_its_cursor(
    view: FeedbackView, panel: WordsPanel, qtbot: QtBot
) -> None:
    view.edit_words()
    cursor = panel.editor.document().find("third")
    panel.editor.setTextCursor(cursor)
    with qtbot.waitSignal(view.play) as asked:
        qtbot.keyClick(panel.editor, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert asked.args[0].start == 5.0


def test_the_editor_comes_into_sight_and_is_as_high_as_its_text(
    view: FeedbackView, panel: WordsPanel, qtbot: QtBot
) -> None:
    view.edit_words()
    keep = view.findChild(QPushButton, "keep-words")
    assert keep is not None
    qtbot.waitUntil(lambda: panel.editor.visibleRegion().boundingRect() == panel.editor.rect())
    qtbot.waitUntil(lambda: not keep.visibleRegion().isEmpty())
    before = panel.editor.height()
    qtbot.keyClicks(panel.editor, "many words more " * 30)
    qtbot.waitUntil(lambda: panel.editor.height() > before)
    assert panel.editor.verticalScrollBar().maximum() == 0


def test_the_page_follows_the_cursor_through_a_long_text(
    view: FeedbackView, panel: WordsPanel, qtbot: QtBot
) -> None:
    view.edit_words()
    qtbot.waitUntil(panel.editor.hasFocus)
    panel.editor.setPlainText("many words more " * 600)
    qtbot.waitUntil(lambda: view.page.height() > 2 * view.viewport().height())
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(panel.editor, key, Qt.KeyboardModifier.ControlModifier)
        place = panel.editor.cursorRect().center()
        qtbot.waitUntil(lambda place=place: panel.editor.visibleRegion().contains(place))


def test_a_verdict_put_right_meanwhile_does_not_close_the_editor(
    view: FeedbackView, panel: WordsPanel, qtbot: QtBot, feedback: Feedback
) -> None:
    view.edit_words()
    qtbot.keyClicks(panel.editor, "Well ")
    view.keep_place()
    view.show_feedback(feedback, 9.0, playable=True)
    assert panel.editing
    assert panel.editor.toPlainText().startswith("Well ")


def test_while_words_are_checked_it_says_so_and_takes_no_more(
    view: FeedbackView, panel: WordsPanel, qtbot: QtBot, edited: list[str | None]
) -> None:
    view.edit_words()
    qtbot.keyClicks(panel.editor, "Well ")
    panel.show_checking(True)
    assert "against the checklist again" in told(view, "whose-words")
    progress = view.findChild(QProgressBar, "checking")
    assert progress is not None
    assert progress.isVisible()
    assert not can_keep(view)
    qtbot.keyClicks(panel.editor, "no ")
    qtbot.keyClick(panel.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert edited == []
    panel.show_checking(False)
    assert panel.editor.toPlainText() == f"Well {SAID}"
    assert can_keep(view)


def test_a_word_that_could_not_be_kept_is_still_in_its_field(
    panel: WordsPanel, transcript: TranscriptView, qtbot: QtBot
) -> None:
    go_to(transcript, "third")
    qtbot.keyClick(transcript, Qt.Key.Key_F2)
    qtbot.keyClicks(transcript.field, "quarter")
    qtbot.keyClick(transcript.field, Qt.Key.Key_Return)
    panel.show_checking(True)
    assert not transcript.field.isEnabled()
    panel.show_checking(False)
    assert transcript.field.isEnabled()
    assert transcript.field.text() == "quarter."


def test_the_users_own_words_stand_beside_what_was_recognised(
    view: FeedbackView, report: Report, pack: Pack, edited: list[str | None]
) -> None:
    assert told(view, "whose-words") == ""
    view.show_feedback(read_report(report, pack, recognised="I drew a purse."), 9.0, playable=True)
    assert told(view, "whose-words").startswith("You put these words right")
    assert told(view, "recognised-text") == ""
    press(view, "show-recognised")
    assert told(view, "recognised-text") == "I drew a purse."
    press(view, "restore-words")
    assert edited == [None]


def test_undo_is_offered_where_there_is_something_to_undo(
    view: FeedbackView, panel: WordsPanel, transcript: TranscriptView, qtbot: QtBot
) -> None:
    panel.note.show_history(undo=True, redo=True)
    for name, signal in (("undo-edit", panel.undo), ("redo-edit", panel.redo)):
        with qtbot.waitSignal(signal):
            press(view, name)
    with qtbot.waitSignal(panel.undo):
        qtbot.keyClick(transcript, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    panel.note.show_history(undo=False, redo=False)
    assert told(view, "whose-words") == ""


def test_words_can_be_written_where_none_were_heard(
    view: FeedbackView, panel: WordsPanel, report: Report, pack: Pack, edited: list[str | None]
) -> None:
    silent = replace(
        report, transcript=replace(report.transcript, text="", sentences=(), words=()), shape=None
    )
    unheard = tuple(replace(verdict, level=Level.MISSING, evidence=()) for verdict in report.checklist)
    view.show_feedback(read_report(replace(silent, checklist=unheard), pack), 9.0, playable=True)
    press(view, "correct-words")
    panel.editor.setPlainText("I drew.")
    press(view, "keep-words")
    assert edited == ["I drew."]


def test_a_take_without_a_report_has_no_words_to_put_right(view: FeedbackView, panel: WordsPanel) -> None:
    view.show_take("Why?", "There is no report.", 9.0, playable=True)
    assert not panel.correct_button.isVisible()
    view.edit_words()
    assert not panel.editing


def test_each_level_has_a_mark_of_its_own_before_its_sentences(transcript: TranscriptView) -> None:
    assert transcript.marks == (Level.EVIDENCE, Level.MENTION)


def test_the_legend_names_every_mark_in_words_and_wears_it(view: FeedbackView) -> None:
    legend = view.findChild(TranscriptLegend)
    assert legend is not None
    assert " ".join(legend.toPlainText().split()) == (
        "Filled disc: a sentence that shows an item. Half disc: a sentence that mentions an item. "
        "Dotted: a filler."
    )
    assert legend.marks == (Level.EVIDENCE, Level.MENTION)


def test_copied_words_have_no_marks_among_them(transcript: TranscriptView) -> None:
    transcript.selectAll()
    transcript.copy()
    assert QGuiApplication.clipboard().text() == SAID


def test_the_field_stays_within_a_narrow_page(
    view: FeedbackView, transcript: TranscriptView, qtbot: QtBot
) -> None:
    view.resize(420, 700)
    qtbot.waitUntil(lambda: transcript.width() < 400)
    for word in ("drew", "build"):
        go_to(transcript, word)
        qtbot.keyClick(transcript, Qt.Key.Key_F2)
        assert transcript.viewport().rect().contains(transcript.field.geometry())
        assert isinstance(transcript.field, QLineEdit)
        qtbot.keyClick(transcript.field, Qt.Key.Key_Escape)


def test_whoever_reads_the_words_keeps_their_place_when_the_colours_change(
    transcript: TranscriptView, look: Look
) -> None:
    go_to(transcript, "third")
    place = transcript.textCursor().position()
    assert place > 0
    look.wear("dark", reduce_motion=True)
    assert transcript.textCursor().position() == place


def test_an_emoji_before_a_word_moves_neither_its_light_nor_its_field(
    transcript: TranscriptView, panel: WordsPanel, qtbot: QtBot
) -> None:
    """Qt counts in UTF-16 and an emoji as two; Python counts it as one."""
    said = ("Launched\U0001f680 ", "it ", "twice")
    transcript.show_pieces([Piece(word, Span(n, n + 0.9), None) for n, word in enumerate(said)])
    transcript.show_place(0.5)
    selections = transcript.extraSelections()
    assert [one.cursor.selectedText() for one in selections] == ["Launched\U0001f680"]
    panel.editor.setPlainText(f"\U0001f680\U0001f680\U0001f680\U0001f680 {SAID}")
    panel.editor.show()
    panel.editor.setTextCursor(panel.editor.document().find("third"))
    with qtbot.waitSignal(panel.editor.heard) as asked:
        qtbot.keyClick(panel.editor, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert panel.editor.toPlainText()[: asked.args[0]].endswith("third")
