"""How an answer is built: its parts in the order said, what can be checked, what was mended or lost."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from whypm.domain.content import Pack
from whypm.domain.feedback import Report
from whypm.domain.remarks import (
    AnswerShape,
    Headline,
    Part,
    PartShare,
    Repair,
    RepairKind,
    Specific,
    SpecificKind,
    Specifics,
)
from whypm.domain.sound_quality import Loudness, SoundFault, SoundFaultKind, SoundQuality
from whypm.domain.transcript import Span
from whypm.ui.report.feedback_content import read_report
from whypm.ui.report.feedback_view import FeedbackView
from whypm.ui.report.part_strip import PartStrip
from whypm.ui.style.look import Look
from whypm.ui.transcript.legend import TranscriptLegend

SHAPE = AnswerShape(
    parts=(PartShare(Part.STORY, (0, 2), 6.0), PartShare(Part.REASONS, (1,), 3.0)),
    headline=Headline.LATE,
    headline_sentence=1,
    closed=False,
    remarks=("The answer stops without a close.",),
)
TWICE = Repair(RepairKind.REPEAT, "I", 0.0, 0.5, 0, 0)
ANEW = Repair(RepairKind.RESTART, "small", 1.5, 2.0, 3, 3)


@pytest.fixture
def view(qtbot: QtBot, look: Look) -> FeedbackView:
    view = FeedbackView(look)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    return view


def show(view: FeedbackView, report: Report, pack: Pack) -> None:
    view.show_feedback(read_report(report, pack), 9.0, playable=True)
    QApplication.processEvents()  # a new child is shown a moment later


def line(view: FeedbackView, name: str) -> str:
    label = view.findChild(QLabel, name)
    return label.text() if isinstance(label, QLabel) and label.isVisible() else ""


def legend(view: FeedbackView) -> str:
    shown = view.findChild(TranscriptLegend)
    assert shown is not None
    return shown.toPlainText()


def form_of(view: FeedbackView, word: str) -> QTextCharFormat:
    return view.recording.words.transcript.document().find(word).charFormat()


def test_the_strip_shows_the_parts_in_the_order_said(view: FeedbackView, report: Report, pack: Pack) -> None:
    show(view, replace(report, shape=SHAPE), pack)
    strip = view.findChild(PartStrip)
    assert strip is not None
    names = [strip.words_at(place * strip.width()).split(":")[0] for place in (0.1, 0.5, 0.9)]
    assert names == ["Story", "Reasons", "Story"]


def test_each_part_stands_with_its_seconds_and_what_to_change(
    view: FeedbackView, report: Report, pack: Pack
) -> None:
    show(view, replace(report, shape=SHAPE), pack)
    texts = [label.text() for label in view.findChildren(QLabel)]
    assert texts[texts.index("Story") + 1] == "6 s"
    assert texts[texts.index("Reasons") + 1] == "3 s"
    assert line(view, "shape-remark") == "The answer stops without a close."


def test_what_can_be_checked_is_told_in_one_line(view: FeedbackView, report: Report, pack: Pack) -> None:
    details = (
        Specific(SpecificKind.OUTCOME, "fell by a third", 1),
        Specific(SpecificKind.NUMBER, "a third", 1),
        Specific(SpecificKind.NAME, "Dale", 2),
    )
    show(view, replace(report, specifics=Specifics(details, ())), pack)
    told = "You named 2 things that can be checked: “fell by a third”, “Dale”."
    assert line(view, "specifics") == told
    show(view, replace(report, specifics=Specifics((), (0,))), pack)
    assert line(view, "specifics").startswith("Nothing can be checked yet")


def test_mended_words_are_struck_through_and_counted(view: FeedbackView, report: Report, pack: Pack) -> None:
    show(view, replace(report, repairs=(TWICE, ANEW)), pack)
    assert form_of(view, "small").fontStrikeOut()
    assert form_of(view, "small").toolTip() == "Begun anew"
    assert not form_of(view, "table").fontStrikeOut()
    assert line(view, "repairs") == "You mended your words 2 times: 1 said twice, 1 begun anew."
    assert "Struck through: said twice, begun anew or cut off." in legend(view)


def test_an_answer_without_repairs_says_nothing_of_them(
    view: FeedbackView, report: Report, pack: Pack
) -> None:
    show(view, report, pack)
    assert line(view, "repairs") == ""
    assert "Struck" not in legend(view)


def test_a_stretch_that_was_not_understood_stands_at_its_place_and_can_be_heard(
    view: FeedbackView, report: Report, pack: Pack
) -> None:
    unclear = replace(report.transcript, unclear=(Span(2.3, 2.45),))
    show(view, replace(report, transcript=unclear), pack)
    transcript = view.recording.words.transcript
    assert "table. (not understood) Um returns" in transcript.spoken_text
    assert "(not understood): a voice was heard, and no words." in legend(view)
    assert "not understood here" in form_of(view, "understood").toolTip()
    assert "0.2 seconds of speech" in line(view, "unclear")


def test_the_strip_says_its_parts_to_a_screen_reader(view: FeedbackView, report: Report, pack: Pack) -> None:
    show(view, replace(report, shape=SHAPE), pack)
    strip = view.findChild(PartStrip)
    assert strip is not None
    assert strip.accessibleDescription().startswith("Story: ")


def test_without_a_shape_the_card_is_not_there(view: FeedbackView, report: Report, pack: Pack) -> None:
    show(view, replace(report, shape=None), pack)
    assert "How it is built" not in [label.text() for label in view.findChildren(QLabel) if label.isVisible()]


def test_a_word_that_may_be_misheard_is_dashed(view: FeedbackView, report: Report, pack: Pack) -> None:
    words = tuple(
        replace(word, probability=0.2) if word.text == " third." else word for word in report.transcript.words
    )
    show(view, replace(report, transcript=replace(report.transcript, words=words)), pack)
    assert form_of(view, "third").underlineStyle() is QTextCharFormat.UnderlineStyle.DashUnderline
    assert form_of(view, "third").toolTip() == "Perhaps misheard"
    assert "Dashed: may be misheard." in legend(view)
    show(view, report, pack)
    assert "Dashed" not in legend(view)


def test_a_fault_of_the_sound_is_told_beside_the_recording(
    view: FeedbackView, report: Report, pack: Pack
) -> None:
    hum = SoundFault(SoundFaultKind.HUM, "The mains hum in your recording.")
    show(view, replace(report, sound=SoundQuality(Loudness(0.1, ()), (hum,))), pack)
    assert line(view, "sound-faults") == hum.text
    show(view, report, pack)
    assert line(view, "sound-faults") == ""


def test_five_parts_fit_the_narrowest_page(
    view: FeedbackView, qtbot: QtBot, report: Report, pack: Pack
) -> None:
    parts = tuple(PartShare(part, (0,), 100.0) for part in Part)
    show(view, replace(report, shape=replace(SHAPE, parts=parts)), pack)
    view.resize(500, 500)
    qtbot.waitUntil(lambda: view.width() == 500)
    assert view.widget().width() <= view.viewport().width()


def test_advice_and_remarks_together_are_at_most_three(report: Report, pack: Pack) -> None:
    shape = replace(SHAPE, remarks=("Move it to the front.", "End on where you want to go."))
    build = read_report(replace(report, shape=shape), pack).build
    assert build is not None
    assert len(report.advice) + len(build.remarks) == 3
