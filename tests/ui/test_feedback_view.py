"""The feedback: every item with its words, every figure with its target, every word with its sound."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from whypm.domain.content import Pack
from whypm.domain.feedback import Level, Report
from whypm.domain.pitch import PitchTrack, VoicePitch
from whypm.domain.transcript import Sentence, Transcript
from whypm.ui.report.checklist_section import ChecklistRow
from whypm.ui.report.feedback_content import Feedback, read_report
from whypm.ui.report.feedback_view import FeedbackView, Stretch
from whypm.ui.style.look import Look
from whypm.ui.style.theme import READING_WIDTH
from whypm.ui.widgets.mark import Mark
from whypm.ui.widgets.play_button import PlayButton

SECOND_SENTENCE = Stretch(2.5, 5.5)


@pytest.fixture
def view(qtbot: QtBot, look: Look, feedback: Feedback) -> FeedbackView:
    view = FeedbackView(look)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    view.show_feedback(feedback, 9.0, playable=True)
    return view


def row(view: FeedbackView, item: str) -> QWidget:
    found = view.findChild(QWidget, f"item-{item}")
    assert isinstance(found, QWidget)
    return found


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def test_all_ten_items_are_shown_with_their_state_in_form_and_word(view: FeedbackView, pack: Pack) -> None:
    assert len(pack.checklist) == 10
    for item in pack.checklist:
        assert item.title in texts(row(view, item.id))
    for item, level, word in (
        ("experience", Level.EVIDENCE, "shown"),
        ("change", Level.MENTION, "mentioned"),
        ("company", Level.MISSING, "missing"),
    ):
        mark = row(view, item).findChild(Mark)
        assert mark is not None
        assert mark.level is level
        assert word in texts(row(view, item))


def test_a_doubtful_verdict_says_that_it_is_not_sure(view: FeedbackView) -> None:
    assert "not sure" in texts(row(view, "skills"))
    assert "mentioned" not in texts(row(view, "skills"))


def test_an_item_shows_the_words_that_carry_it_without_the_um(view: FeedbackView) -> None:
    assert "“returns fell by a third”" in texts(row(view, "experience"))


def test_the_button_beside_a_quote_plays_exactly_that_sentence(view: FeedbackView, qtbot: QtBot) -> None:
    play = row(view, "experience").findChild(PlayButton)
    assert play is not None
    with qtbot.waitSignal(view.play) as asked:
        play.click()
    assert asked.args == [SECOND_SENTENCE]


def test_a_missing_item_has_nothing_to_play(view: FeedbackView) -> None:
    assert row(view, "company").findChild(PlayButton) is None


def test_the_button_of_the_sentence_that_is_heard_stops_it(view: FeedbackView, qtbot: QtBot) -> None:
    view.show_playback(SECOND_SENTENCE, 3.0)
    play = row(view, "experience").findChild(PlayButton)
    other = row(view, "change").findChild(PlayButton)
    assert play is not None
    assert other is not None
    assert play.playing
    assert not other.playing
    with qtbot.waitSignal(view.stop):
        play.click()


def test_words_light_up_as_they_are_heard(view: FeedbackView) -> None:
    lit = []
    for seconds in (0.1, 2.6, 3.1, 8.6):
        view.show_playback(Stretch(0.0), seconds)
        lit.append(view.recording.words.transcript.lit_word)
    assert lit == ["I", "Um", "returns", "build."]
    view.show_playback(None, None)
    assert view.recording.words.transcript.lit_word is None


def test_a_click_on_a_word_plays_from_there(view: FeedbackView, qtbot: QtBot) -> None:
    transcript = view.recording.words.transcript
    cursor = transcript.document().find("third")
    cursor.setPosition(cursor.selectionStart() + 2)
    place = transcript.cursorRect(cursor).center()
    with qtbot.waitSignal(view.play) as asked:
        qtbot.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [Stretch(5.0)]


def test_enter_plays_from_the_word_at_the_cursor(view: FeedbackView, qtbot: QtBot) -> None:
    transcript = view.recording.words.transcript
    cursor = transcript.document().find("small")
    cursor.setPosition(cursor.selectionStart() + 1)
    transcript.setTextCursor(cursor)
    with qtbot.waitSignal(view.play) as asked:
        qtbot.keyClick(transcript, Qt.Key.Key_Return)
    assert asked.args == [Stretch(1.5)]


def test_a_place_in_the_waveform_can_be_chosen_with_mouse_and_keys(view: FeedbackView, qtbot: QtBot) -> None:
    waveform = view.recording.waveform
    with qtbot.waitSignal(view.play) as asked:
        qtbot.mouseClick(waveform, Qt.MouseButton.LeftButton, pos=waveform.rect().center())
    assert asked.args[0].start == pytest.approx(4.5, abs=0.1)
    view.show_playback(Stretch(0.0), 3.0)
    with qtbot.waitSignal(view.play) as asked:
        qtbot.keyClick(waveform, Qt.Key.Key_Right)
    assert asked.args == [Stretch(8.0)]


def test_every_figure_stands_with_its_target_and_its_source(view: FeedbackView, pack: Pack) -> None:
    for band in pack.bands:
        line = view.findChild(QWidget, f"figure-{band.figure}")
        assert isinstance(line, QWidget), band.figure
        shown = texts(line)
        assert band.title in shown
        assert any(text.startswith("target ") for text in shown)
        source = line.findChild(QLabel, "source")
        more = line.findChild(QPushButton, "more")
        assert source is not None
        assert more is not None
        assert source.isHidden()
        more.click()
        assert not source.isHidden()
        assert source.text() == " ".join(band.source.split())


def test_the_pitch_is_described_with_its_source_and_no_target(
    view: FeedbackView, report: Report, pack: Pack
) -> None:
    assert view.findChild(QWidget, "figure-pitch") is None
    pitch = VoicePitch(PitchTrack(0.1, (118.0, 122.0)), 118.0, 2.34, ())
    view.show_feedback(read_report(replace(report, pitch=pitch), pack), 9.0, playable=True)
    line = view.findChild(QWidget, "figure-pitch")
    assert isinstance(line, QWidget)
    assert texts(line) == [
        "Pitch",
        "moved 2.3 semitones (standard deviation) round 118 Hz",
        "no agreed target",
    ]
    source, more = line.findChild(QLabel, "source"), line.findChild(QPushButton, "more")
    assert source is not None
    assert more is not None
    assert more.accessibleName() == "Source of the figure for pitch"
    more.click()
    assert not source.isHidden()
    assert "Hincks" in source.text()


def test_a_drill_is_not_about_the_pitch(report: Report, pack: Pack) -> None:
    pitch = VoicePitch(PitchTrack(0.1, (118.0, 122.0)), 118.0, 2.34, ())
    drilled = replace(report, pitch=pitch, drill=report.drills[0])
    assert read_report(drilled, pack).described == ()


def test_advice_is_numbered_and_praise_has_its_quote(view: FeedbackView) -> None:
    shown = texts(view)
    assert "Say what you chose." in shown
    assert "1" in shown
    assert "2" in shown
    assert "You told what you did." in shown


def test_nothing_of_an_earlier_report_stays_on_the_page(
    view: FeedbackView, qtbot: QtBot, feedback: Feedback
) -> None:
    qtbot.waitUntil(lambda: "120 to 160" in " ".join(texts(view)))
    once = sorted(texts(view))
    view.show_feedback(feedback, 9.0, playable=True)
    qtbot.waitUntil(lambda: sorted(texts(view)) == once)


def test_what_an_item_means_opens_beside_it(view: FeedbackView, pack: Pack) -> None:
    company = pack.item("company")
    about = row(view, "company").findChild(QAbstractButton, "about")
    assert company is not None
    assert about is not None
    assert company.meaning.strip() not in texts(row(view, "company"))
    about.click()
    assert company.meaning.strip() in texts(row(view, "company"))


def test_a_verdict_that_is_wrong_can_be_put_right_by_the_speaker(view: FeedbackView, qtbot: QtBot) -> None:
    about = row(view, "company").findChild(QAbstractButton, "about")
    assert about is not None
    about.click()
    mentioned = row(view, "company").findChild(QPushButton, "correct-mentioned")
    assert mentioned is not None
    with qtbot.waitSignal(view.correct) as corrected:
        mentioned.click()
    assert corrected.args == ["company", Level.MENTION]


def test_the_speakers_own_verdict_is_shown_and_can_be_taken_back(
    view: FeedbackView, qtbot: QtBot, report: Report, pack: Pack
) -> None:
    own = tuple(
        replace(verdict, corrected=Level.EVIDENCE) if verdict.id == "company" else verdict
        for verdict in report.checklist
    )
    view.show_feedback(read_report(replace(report, checklist=own), pack), 9.0, playable=True)
    company = row(view, "company")
    assert "shown" in texts(company)
    about = company.findChild(QAbstractButton, "about")
    assert about is not None
    about.click()
    back = company.findChild(QPushButton, "correct-as-judged")
    assert back is not None
    with qtbot.waitSignal(view.correct) as corrected:
        back.click()
    assert corrected.args == ["company", None]


def test_the_page_keeps_its_place_when_the_same_take_is_shown_again(
    view: FeedbackView, qtbot: QtBot, feedback: Feedback
) -> None:
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    bar.setValue(300)
    view.keep_place()
    view.show_feedback(feedback, 9.0, playable=True)
    qtbot.wait(20)
    assert bar.value() == 300
    view.show_feedback(feedback, 9.0, playable=True)
    qtbot.waitUntil(lambda: bar.value() == 0)


def test_a_typed_answer_has_no_timing_and_nothing_to_play(
    view: FeedbackView, report: Report, pack: Pack
) -> None:
    sentences = tuple(Sentence(sentence.text) for sentence in report.transcript.sentences)
    typed = replace(
        report, transcript=Transcript(report.transcript.text, None, sentences), timing=None, follow_up=None
    )
    view.show_feedback(read_report(typed, pack), 0.0, playable=False)
    assert not view.recording.playable
    assert view.recording.words.transcript.spoken_text == report.transcript.text
    assert view.findChild(QWidget, "figure-pace") is None or "figure-pace" not in visible(view)


def test_silence_is_told_as_silence(view: FeedbackView, report: Report, pack: Pack) -> None:
    nothing = replace(report, transcript=Transcript("", "base", ()), timing=None, advice=(), follow_up=None)
    empty = tuple(replace(verdict, level=Level.MISSING, evidence=()) for verdict in report.checklist)
    view.show_feedback(read_report(replace(nothing, checklist=empty), pack), 5.0, playable=True)
    assert view.sentence == "Nothing was said yet."
    assert "No words were heard." in texts(view.recording)
    assert not view.findChildren(ChecklistRow)


def test_the_column_is_never_wider_than_is_good_to_read(view: FeedbackView, qtbot: QtBot) -> None:
    column = view.findChild(QWidget, "column")
    assert column is not None
    for width in (500, 900, 1800):
        view.resize(width, 700)
        qtbot.waitUntil(lambda width=width: view.width() == width)
        assert column.width() <= READING_WIDTH
        assert view.widget().width() <= view.viewport().width()


def visible(view: FeedbackView) -> set[str]:
    return {widget.objectName() for widget in view.findChildren(QWidget) if widget.isVisible()}


def test_the_mark_of_an_item_that_is_not_sure_claims_no_level(view: FeedbackView) -> None:
    mark = row(view, "skills").findChild(Mark)
    assert mark is not None
    assert mark.accessibleName() == "not sure, perhaps mentioned"


def test_what_is_not_sure_can_be_confirmed(view: FeedbackView, qtbot: QtBot) -> None:
    doubtful = row(view, "skills")
    about = doubtful.findChild(QPushButton, "about")
    assert about is not None
    about.click()
    asked = doubtful.findChild(QLabel, "say-yourself")
    assert asked is not None
    assert asked.text() == "Perhaps mentioned. Say it yourself:"
    confirm = doubtful.findChild(QPushButton, "correct-mentioned")
    assert confirm is not None
    with qtbot.waitSignal(view.correct) as told:
        confirm.click()
    assert told.args == ["skills", Level.MENTION]


def reached(view: FeedbackView) -> list[QWidget]:
    """Return what Tab reaches from the page on, in its order."""
    reached: list[QWidget] = []
    widget = view.nextInFocusChain()
    while widget is not view:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            reached.append(widget)
        widget = widget.nextInFocusChain()
    return reached


def test_tab_goes_down_the_page(view: FeedbackView, qtbot: QtBot) -> None:
    about = row(view, "change").findChild(QPushButton, "about")
    assert about is not None
    about.click()
    names = [widget.objectName() for widget in reached(view)]
    assert {"about", "correct-shown", "correct-words", "play-all"} <= set(names)

    def down_the_page() -> bool:  # what stands in one line may differ by the height of a button
        heights = [widget.mapTo(view.page, QPoint()).y() for widget in reached(view)]
        return all(above <= below + 40 for above, below in pairwise(heights))

    qtbot.waitUntil(down_the_page)


def test_the_focus_stays_with_the_item_whose_verdict_was_put_right(
    view: FeedbackView, qtbot: QtBot, feedback: Feedback
) -> None:
    about = row(view, "change").findChild(QPushButton, "about")
    assert about is not None
    about.click()
    shown = row(view, "change").findChild(QPushButton, "correct-shown")
    assert shown is not None
    shown.setFocus()
    view.keep_place()
    view.show_feedback(feedback, 9.0, playable=True)
    again = row(view, "change").findChild(QPushButton, "about")
    assert again is not None
    qtbot.waitUntil(again.hasFocus)


def test_a_long_answer_is_laid_out_once_and_not_for_every_word(
    view: FeedbackView, report: Report, pack: Pack
) -> None:
    transcript = report.transcript
    rounds = 100
    words = tuple(
        replace(word, start=word.start + 9 * number, end=word.end + 9 * number)
        for number in range(rounds)
        for word in transcript.words
    )
    long = replace(report, transcript=replace(transcript, words=words, text=transcript.text * rounds))
    text = view.recording.words.transcript
    changes: list[int] = []
    text.document().contentsChange.connect(lambda *_: changes.append(1))
    view.show_feedback(read_report(long, pack), 900.0, playable=True)
    assert len(text.spoken_text.split()) == rounds * len(transcript.words)
    assert len(changes) < 10
