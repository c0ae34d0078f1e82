"""The user's own verdict beside the judge's, and what follows from it."""

from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator

from whypm.domain.content import Pack
from whypm.domain.feedback import (
    AskedQuestion,
    Correction,
    EvidenceSentence,
    ItemVerdict,
    Level,
    Report,
)
from whypm.domain.transcript import Recognition
from whypm.feedback.coaching.summary import summarise
from whypm.feedback.reports.report import build_report, correct_report
from whypm.feedback.reports.report_format import report_from_json, report_to_json

QUESTION = AskedQuestion("plain-1", "Why product management?")
SAID = "I work well with engineers. I was a nurse for nine years. I want a say in what gets built."
LABELS = {"0": {"collaboration": "mention"}, "1": {"experience": "mention"}, "2": {"change": "mention"}}


@pytest.fixture
def report(pack: Pack, judge_by: type) -> Report:
    return build_report(QUESTION, pack, judge_by(LABELS), text=SAID)


def verdict(report: Report, item: str) -> ItemVerdict:
    return next(each for each in report.checklist if each.id == item)


def test_the_judge_s_verdict_stays_beside_the_user_s(report: Report, pack: Pack) -> None:
    corrected = verdict(
        correct_report(report, [Correction("collaboration", Level.EVIDENCE)], pack), "collaboration"
    )
    assert (corrected.level, corrected.corrected) == (Level.MENTION, Level.EVIDENCE)
    assert corrected.confidence == verdict(report, "collaboration").confidence
    assert corrected.settled.level is Level.EVIDENCE
    assert corrected.settled.is_sure
    assert corrected.settled.evidence == (EvidenceSentence(0, Level.EVIDENCE),)


def test_advice_drills_and_follow_up_follow_the_user(report: Report, pack: Pack) -> None:
    assert report.follow_up is not None
    assert (report.advice[0].about, report.follow_up.about) == ("experience", "experience")
    corrected = correct_report(report, [Correction("experience", Level.EVIDENCE)], pack)
    assert corrected.follow_up is not None
    assert "experience" not in {advice.about for advice in corrected.advice}
    assert "experience" not in {drill.about for drill in corrected.drills}
    assert corrected.follow_up.about != "experience"
    assert "told what you did" in summarise(corrected, pack)


def test_a_verdict_that_the_judge_was_not_sure_of_counts_once_the_user_gives_it(
    pack: Pack, judge_by: type
) -> None:
    unsure = build_report(QUESTION, pack, judge_by(LABELS, confidence=0.4), text=SAID)
    assert unsure.follow_up is None
    corrected = correct_report(unsure, [Correction("collaboration", Level.MISSING)], pack)
    assert corrected.follow_up is not None
    assert corrected.follow_up.about == "collaboration"


def test_what_the_user_calls_missing_has_no_sentence(report: Report, pack: Pack) -> None:
    corrected = correct_report(report, [Correction("change", Level.MISSING)], pack)
    assert verdict(corrected, "change").settled.evidence == ()
    assert verdict(corrected, "change").evidence != ()


def test_taking_a_correction_back_gives_the_judge_s_report_again(report: Report, pack: Pack) -> None:
    corrected = correct_report(report, [Correction("experience", Level.EVIDENCE)], pack)
    assert correct_report(corrected, [], pack) == report


def test_a_correction_of_an_item_that_is_not_there_changes_nothing(report: Report, pack: Pack) -> None:
    assert correct_report(report, [Correction("charm", Level.EVIDENCE)], pack) is report


def test_every_correction_of_a_labelled_answer_keeps_the_contract_and_comes_back(
    pack: Pack,
    answers: list,
    judge_by: type,
    speak: Callable[..., Recognition],
    report_schema: dict[str, object],
) -> None:
    contract = Draft202012Validator(report_schema)
    levels = list(Level)
    for number, answer in enumerate(answers[::23]):
        report = build_report(QUESTION, pack, judge_by(answer.labels), recognition=speak(answer.sentences))
        item = pack.checklist[number % len(pack.checklist)]
        corrected = correct_report(report, [Correction(item.id, levels[number % 3])], pack)
        data = report_to_json(corrected)
        contract.validate(data)
        assert [row["corrected"] for row in data["checklist"] if row["id"] == item.id] == [
            levels[number % 3].value
        ]
        assert report_to_json(report_from_json(data)) == data


def test_the_sentences_that_only_claim_follow_the_user_s_verdict(report: Report, pack: Pack) -> None:
    corrections = [Correction("collaboration", Level.MISSING), Correction("change", Level.EVIDENCE)]
    corrected = correct_report(report, corrections, pack)
    assert report.specifics is not None
    assert corrected.specifics is not None
    assert 0 in report.specifics.general
    assert {0, 2}.isdisjoint(corrected.specifics.general)
    assert correct_report(corrected, [], pack) == report
