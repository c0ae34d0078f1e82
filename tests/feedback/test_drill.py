"""Drills: the task, what a drill's answer is held against, and what it brought."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from whypm.domain.content import Pack, Place
from whypm.domain.feedback import AskedQuestion, Correction, ItemVerdict, Level, Method
from whypm.domain.transcript import Recognition
from whypm.feedback.coaching.drill import drill_on, drillable, drills_for, narrowed
from whypm.feedback.coaching.drill_outcome import drill_outcome, outcome_sentence
from whypm.feedback.coaching.summary import summarise
from whypm.feedback.delivery.figures import describe_figures
from whypm.feedback.reports.report import build_report, correct_report
from whypm.feedback.reports.report_format import report_from_json, report_to_json

QUESTION = AskedQuestion("plain-1", "Why product management?")
CLAIM = ("I work well with engineers.", "I love making things.", "That is what I do best.")
PROOF = (
    "Last spring I sat down with our two engineers every morning for a month.",
    "They wanted to rewrite the till and I wanted the refunds, and we agreed to do the refunds first.",
    "The queue at the counter was gone by May.",
)


def test_every_item_and_four_figures_can_be_drilled(pack: Pack) -> None:
    assert drillable(pack) == (
        *(item.id for item in pack.checklist),
        "pace",
        "fillers",
        "pauses",
        "latency",
    )
    for about in drillable(pack):
        drill = drill_on(about, pack)
        assert drill is not None
        assert drill.prompt.endswith(f"Take about {drill.seconds:g} seconds.")
    assert drill_on("length", pack) is None
    assert drill_on("charm", pack) is None


def test_a_pack_without_a_task_asks_for_what_its_item_says(pack: Pack) -> None:
    item = replace(pack.checklist[0], drill="")
    bare = replace(pack, checklist=(item,))
    drill = drill_on(item.id, bare)
    assert drill is not None
    assert item.how in drill.prompt
    assert item.title in drill.prompt


def test_every_piece_of_advice_on_a_labelled_answer_comes_with_its_task(
    pack: Pack, answers: list, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    drilled = set()
    for answer in answers[::5]:
        report = build_report(QUESTION, pack, judge_by(answer.labels), recognition=speak(answer.sentences))
        wanted = [advice.about for advice in report.advice if advice.about != "length"]
        assert [drill.about for drill in report.drills] == wanted
        drilled.update(wanted)
    assert len(drilled) >= 5


def test_a_drill_on_working_with_others_asks_for_one_example_of_it_alone(pack: Pack, judge_by: type) -> None:
    labels = {"0": {"collaboration": "mention"}}
    report = build_report(QUESTION, pack, judge_by(labels), text=" ".join(CLAIM))
    drill = next(drill for drill in report.drills if drill.about == "collaboration")
    assert drill.prompt.startswith("Give one concrete example of working with")
    assert drill.seconds == 20


def test_a_drill_is_judged_on_its_item_alone_and_not_called_short(
    pack: Pack, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    labels = {"0": {"collaboration": "evidence"}, "1": {"strategy": "evidence", "collaboration": "evidence"}}
    drill = drill_on("collaboration", pack)
    report = build_report(QUESTION, pack, judge_by(labels), recognition=speak(PROOF), drill=drill)
    assert [verdict.id for verdict in report.checklist] == ["collaboration"]
    assert report.advice == ()
    assert report.drills == ()
    assert report.follow_up is None
    assert report.shape is None
    assert summarise(report, pack) == (
        "You showed how you work with others: put it into your whole answer now."
    )


def test_a_labelled_proof_said_as_a_drill_gets_no_remark_on_what_else_is_missing(
    pack: Pack, answers: list, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    tried = 0
    for answer in answers[::3]:
        proofs = [
            (int(number), item)
            for number, items in answer.labels.items()
            for item, level in items.items()
            if level == "evidence"
        ]
        for number, item in proofs[:1]:
            said = answer.sentences[number : number + 2]
            judge = judge_by({"0": {item: "evidence"}})
            drill = drill_on(item, pack)
            report = build_report(QUESTION, pack, judge, recognition=speak(said), drill=drill)
            assert [verdict.id for verdict in report.checklist] == [item]
            assert {advice.about for advice in report.advice} <= {"length", "fillers", "pace", "pauses"}
            assert drill_outcome(drill, report, pack).shown
            tried += 1
    assert tried > 50


def test_a_drill_that_only_claims_again_is_told_what_to_add_and_offered_again(
    pack: Pack, judge_by: type
) -> None:
    drill = drill_on("collaboration", pack)
    judge = judge_by({"0": {"collaboration": "mention"}})
    report = build_report(QUESTION, pack, judge, text=" ".join(CLAIM), drill=drill)
    assert [advice.about for advice in report.advice] == ["collaboration"]
    assert "the engineers" in report.advice[0].text
    assert report.drills == (drill,)


def test_a_drill_where_nothing_was_said_says_so(pack: Pack, judge_by: type) -> None:
    silence = Recognition("base", "en", 0.5, 8.0, (), ())
    drill = drill_on("path", pack)
    report = build_report(QUESTION, pack, judge_by({}), recognition=silence, drill=drill)
    assert [advice.about for advice in report.advice] == ["length"]


def test_a_drill_answered_with_something_else_is_no_start(pack: Pack, judge_by: type) -> None:
    drill = drill_on("path", pack)
    assert drill is not None
    report = build_report(AskedQuestion(None, drill.prompt), pack, judge_by({}), text="Yes.", drill=drill)
    assert summarise(report, pack) == (
        "You have not come to the point yet; say next the moment that turned you to product."
    )


@pytest.mark.parametrize(("repeats", "place"), [(1, Place.GOOD), (5, Place.HIGH)])
def test_a_drill_has_a_length_of_its_own(
    pack: Pack, judge_by: type, speak: Callable[..., Recognition], repeats: int, place: Place
) -> None:
    drill = drill_on("collaboration", pack)
    report = build_report(QUESTION, pack, judge_by({}), recognition=speak(PROOF * repeats), drill=drill)
    assert report.timing is not None
    (length,) = (
        figure for figure in describe_figures(report.timing, narrowed(pack, drill)) if figure.name == "length"
    )
    assert length.target == "10 to 30 seconds"
    assert length.place is place


def test_the_outcome_tells_before_and_after(pack: Pack, judge_by: type) -> None:
    drill = drill_on("collaboration", pack)
    before = build_report(QUESTION, pack, judge_by({"0": {"collaboration": "mention"}}), text=" ".join(CLAIM))
    judge = judge_by({"1": {"collaboration": "evidence"}})
    after = build_report(QUESTION, pack, judge, text=" ".join(PROOF), drill=drill)
    outcome = drill_outcome(drill, after, pack, before)
    assert (outcome.before, outcome.after, outcome.shown) == (Level.MENTION, Level.EVIDENCE, True)
    assert outcome_sentence(outcome, pack) == "Working with others: only mentioned before, shown now."


def test_an_outcome_that_the_judge_is_not_sure_of_is_not_called_shown(pack: Pack, judge_by: type) -> None:
    drill = drill_on("collaboration", pack)
    judge = judge_by({"1": {"collaboration": "evidence"}}, confidence=0.4)
    outcome = drill_outcome(
        drill, build_report(QUESTION, pack, judge, text=" ".join(PROOF), drill=drill), pack
    )
    assert not outcome.shown
    assert outcome_sentence(outcome, pack) == "Working with others: shown now (not sure)."


def test_a_drill_judged_by_examples_is_not_told_that_it_only_claims(pack: Pack, judge_by: type) -> None:
    labels = judge_by({"0": {"collaboration": "mention"}})

    class ByExamples:
        """Finds what the labels say, by the weaker method."""

        def judge(self, sentences: Sequence[str], *, company: str | None = None) -> tuple[ItemVerdict, ...]:
            verdicts = labels.judge(sentences, company=company)
            return tuple(replace(verdict, method=Method.EXAMPLES) for verdict in verdicts)

    drill = drill_on("collaboration", pack)
    assert drill is not None
    after = build_report(QUESTION, pack, ByExamples(), text=" ".join(PROOF), drill=drill)
    outcome = drill_outcome(drill, after, pack)
    assert (outcome.after, outcome.sure, outcome.shown, outcome.unproven) == (
        Level.MENTION,
        False,
        False,
        True,
    )
    assert outcome_sentence(outcome, pack) == (
        "Working with others: touched on now; going by examples, a claim and a proof look the same."
    )
    proven = correct_report(after, [Correction("collaboration", Level.EVIDENCE)], pack)
    assert drill_outcome(drill, proven, pack).shown


def test_a_drill_on_pace_compares_the_pace_and_judges_no_item(
    pack: Pack, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    labels = {"0": {"experience": "evidence", "path": "evidence"}, "1": {"strategy": "evidence"}}
    judge = judge_by({**labels, "2": {"change": "mention"}})
    hasty = build_report(QUESTION, pack, judge, recognition=speak(PROOF * 5, word_seconds=0.2))
    drill = drill_on("pace", pack)
    assert drill in hasty.drills
    calm = build_report(QUESTION, pack, judge_by({}), recognition=speak(PROOF), drill=drill)
    assert calm.checklist == ()
    assert calm.advice == ()
    outcome = drill_outcome(drill, calm, pack, hasty)
    assert (outcome.before, outcome.after, outcome.shown) == (Place.HIGH, Place.GOOD, True)
    assert outcome_sentence(outcome, pack) == "Pace: above the target before, on target now."
    assert summarise(calm, pack) == "That was on target: put it into your whole answer now."


def test_narrowing_twice_changes_nothing_more(pack: Pack) -> None:
    drill = drill_on("path", pack)
    once = narrowed(pack, drill)
    assert narrowed(once, drill) == once
    assert narrowed(pack, None) is pack


def test_advice_that_cannot_be_drilled_has_no_task(pack: Pack, judge_by: type) -> None:
    report = build_report(QUESTION, pack, judge_by({}), text="")
    assert [advice.about for advice in report.advice] == ["length"]
    assert drills_for(report.advice, pack) == ()


def test_a_drill_s_report_comes_back_from_json(
    pack: Pack, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    drill = drill_on("latency", pack)
    report = build_report(QUESTION, pack, judge_by({}), recognition=speak(PROOF), drill=drill)
    data = json.loads(json.dumps(report_to_json(report)))
    assert data["drill"]["about"] == "response_latency_s"
    assert report_from_json(data).drill == drill
    assert report_to_json(report_from_json(data)) == data
