"""Answers to a follow-up question: held against what it asked, not against the whole "why"."""

from collections.abc import Callable

import pytest

from whypm.domain.content import Pack, Place
from whypm.domain.feedback import AskedQuestion, Correction, Level, Report
from whypm.domain.transcript import Recognition
from whypm.feedback.coaching.drill import drill_on
from whypm.feedback.coaching.reply import held_against, probed_item
from whypm.feedback.coaching.summary import summarise
from whypm.feedback.delivery.figures import describe_figures
from whypm.feedback.reports.report import build_report, correct_report

SAID = (
    "I sat with Rui, our developer, for two weeks until we agreed on one warning.",
    "Calls from the wards went from thirty to nine a night.",
    "That was worth every minute of it.",
)
SHOWN = {"0": {"collaboration": "evidence", "experience": "evidence", "strategy": "evidence"}}


@pytest.fixture
def question(pack: Pack) -> AskedQuestion:
    """The second question on working with others, as it came back from the store."""
    item = pack.item("collaboration")
    assert item is not None
    return AskedQuestion(None, item.follow_ups[1])


@pytest.fixture
def reply(pack: Pack, judge_by: type, question: AskedQuestion) -> Callable[..., Report]:
    def made(labels: dict[str, dict[str, str]], text: str = " ".join(SAID)) -> Report:
        return build_report(question, pack, judge_by(labels), text=text)

    return made


def test_a_follow_up_question_is_known_by_its_words(pack: Pack, question: AskedQuestion) -> None:
    item = probed_item(question, pack)
    assert item is not None
    assert item.id == "collaboration"
    assert probed_item(AskedQuestion("plain-1", question.text), pack) is None
    assert probed_item(AskedQuestion(None, "Why product management?"), pack) is None
    assert probed_item(AskedQuestion(), pack) is None


def test_who_answers_what_was_asked_hears_of_nothing_else(pack: Pack, reply: Callable[..., Report]) -> None:
    report = reply(SHOWN)
    assert (report.advice, report.drills, report.shape) == ((), (), None)
    assert report.follow_up is not None
    assert summarise(report, pack) == (
        "You showed how you work with others and told what you did: a good answer, ready to be told again."
    )


def test_who_answers_something_else_hears_what_was_asked(pack: Pack, reply: Callable[..., Report]) -> None:
    report = reply({"1": {"aspiration": "evidence"}})
    assert [advice.about for advice in report.advice] == ["collaboration"]
    assert summarise(report, pack).startswith("You said where you want to go; say next what you did together")


@pytest.mark.parametrize("text", ["I don't know, honestly.", " ".join(SAID)])
def test_who_says_nothing_of_it_has_not_come_to_the_point(
    pack: Pack, reply: Callable[..., Report], text: str
) -> None:
    report = reply({}, text)
    assert [advice.about for advice in report.advice] == ["collaboration"]
    assert summarise(report, pack).startswith("You have not come to the point yet; say next what you did")


def test_a_reply_on_a_reason_is_asked_for_that_reason(pack: Pack, judge_by: type) -> None:
    skills = pack.item("skills")
    assert skills is not None
    asked = AskedQuestion(None, skills.follow_ups[0])
    report = build_report(asked, pack, judge_by({}), text=" ".join(SAID))
    assert "which of your skills meet in this job" in summarise(report, pack)


def test_a_reply_that_is_not_surely_on_the_point_is_not_praised(
    pack: Pack, judge_by: type, question: AskedQuestion
) -> None:
    report = build_report(question, pack, judge_by({"0": {"collaboration": "evidence"}}, 0.4), text=SAID[0])
    corrected = correct_report(report, [Correction("experience", Level.EVIDENCE)], pack)
    assert summarise(corrected, pack) == "You told what you did."


def test_a_correction_keeps_to_what_was_asked(pack: Pack, reply: Callable[..., Report]) -> None:
    corrected = correct_report(reply(SHOWN), [Correction("collaboration", Level.MISSING)], pack)
    assert [advice.about for advice in corrected.advice] == ["collaboration"]


def test_a_reply_may_be_short_and_not_too_long(
    pack: Pack, judge_by: type, question: AskedQuestion, speak: Callable[..., Recognition]
) -> None:
    short = build_report(question, pack, judge_by(SHOWN), recognition=speak(SAID))
    held = held_against(pack, None, question)
    assert short.timing is not None
    assert short.timing.speaking_seconds < 20
    length = next(figure for figure in describe_figures(short.timing, held) if figure.name == "length")
    assert (length.place, length.target) == (Place.GOOD, "at most 90 seconds")
    assert short.advice == ()
    long = build_report(question, pack, judge_by(SHOWN), recognition=speak(SAID * 12))
    assert [advice.about for advice in long.advice] == ["length"]


def test_what_an_answer_is_held_against_is_the_same_twice(pack: Pack, question: AskedQuestion) -> None:
    held = held_against(pack, None, question)
    assert held_against(held, None, question) == held
    assert held.checklist == pack.checklist
    drill = drill_on("path", pack)
    assert [item.id for item in held_against(pack, drill, question).checklist] == ["path"]
    assert held_against(pack, None, AskedQuestion("plain-1", "Why product management?")) == pack
