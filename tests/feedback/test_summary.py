from collections.abc import Callable
from dataclasses import replace

import pytest

from whypm.domain.content import Pack
from whypm.domain.feedback import AskedQuestion, Report
from whypm.domain.transcript import Recognition
from whypm.feedback.coaching.summary import summarise
from whypm.feedback.reports.report import build_report

TEXTS = (
    "Thank you for asking me this question today.",
    "It began when our only designer left and I ran the next release by myself.",
    "In five years I want to lead the product for a payments team in a bank.",
)

GOOD = {"path": "evidence", "experience": "evidence", "strategy": "evidence", "change": "mention"}


@pytest.fixture
def report_on(pack: Pack, judge_by: type) -> Callable[..., Report]:
    def report(confidence: float = 0.9, texts: tuple[str, ...] = TEXTS, **labels: dict[str, str]) -> Report:
        judge = judge_by({key.removeprefix("s"): items for key, items in labels.items()}, confidence)
        return build_report(AskedQuestion(), pack, judge, text=" ".join(texts))

    return report


def test_the_summary_tells_what_was_done_and_what_comes_next(
    pack: Pack, report_on: Callable[..., Report]
) -> None:
    report = report_on(s1={"path": "evidence"}, s2={"aspiration": "evidence"})
    assert summarise(report, pack) == (
        "You told how you came to product and said where you want to go; "
        "say next why you want this job and no other."
    )


def test_a_deed_and_a_reason_are_told_before_other_deeds(
    pack: Pack, report_on: Callable[..., Report]
) -> None:
    shown = {"path": "evidence", "experience": "evidence", "change": "evidence"}
    assert summarise(report_on(s1=shown), pack).startswith(
        "You told how you came to product and said why you want a say in what gets built"
    )


def test_claims_are_told_as_claims(pack: Pack, report_on: Callable[..., Report]) -> None:
    summary = summarise(report_on(s1={"collaboration": "mention"}), pack)
    assert summary.startswith("You spoke of working with others; say next what you did together")


def test_a_good_answer_is_told_that_it_is_good(pack: Pack, report_on: Callable[..., Report]) -> None:
    report = report_on(s1=GOOD, s2={"aspiration": "mention"})
    assert summarise(report, pack).endswith(": a good answer, ready to be told again.")


def test_an_answer_whose_shape_has_a_remark_is_not_called_ready(
    pack: Pack, report_on: Callable[..., Report]
) -> None:
    texts = ("We met in Leeds on a wet day and had some tea with milk and sugar.",) * 4
    late = report_on(texts=(*texts, "I led.", "That is why."), s4=GOOD)
    assert summarise(late, pack).endswith(": a good answer; next time begin with your reason.")
    open_end = report_on(texts=("I led.", *texts[:2]), s0=GOOD)
    assert summarise(open_end, pack).endswith(": a good answer; next time give it a close.")


def test_a_long_answer_without_a_word_on_the_matter_is_no_start(
    pack: Pack, report_on: Callable[..., Report]
) -> None:
    texts = ("My favourite food is lasagne with three kinds of cheese.", "My grandmother made it on Sundays.")
    assert summarise(report_on(texts=texts), pack).startswith(
        "You have not come to your answer yet; say next"
    )
    because = ("Because everybody knows that you are the best of them all.", *texts)
    assert summarise(report_on(texts=because), pack).startswith("You have made a start; ")


def test_a_verb_that_both_parts_share_is_told_once(pack: Pack, report_on: Callable[..., Report]) -> None:
    shown = {"path": "evidence", "experience": "evidence"}
    assert summarise(report_on(s1=shown), pack).startswith(
        "You told how you came to product and what you did; "
    )


def test_a_typed_answer_that_is_too_long_is_asked_for_less(
    pack: Pack, report_on: Callable[..., Report]
) -> None:
    texts = ("It began there and I led it.", *["We went on and on about this and that."] * 40, "That is why.")
    assert summarise(report_on(texts=texts, s0=GOOD), pack).endswith("; next time tell it in less time.")


def test_what_the_judge_is_not_sure_of_is_not_told(pack: Pack, report_on: Callable[..., Report]) -> None:
    summary = summarise(report_on(confidence=0.3, s1={"path": "evidence"}), pack)
    assert summary == "You have made a start."


def test_silence_is_answered_with_its_advice(pack: Pack, report_on: Callable[..., Report]) -> None:
    report = report_on(texts=())
    assert summarise(report, pack) == report.advice[0].text


def test_a_short_recording_is_asked_for_one_moment_in_full(
    pack: Pack, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    judge = judge_by({"1": {"path": "evidence", "experience": "evidence", "change": "evidence"}})
    report = build_report(AskedQuestion(), pack, judge, recognition=speak(TEXTS))
    assert summarise(report, pack).endswith("next time take longer and tell one moment in full.")


def test_another_language_is_answered_with_its_advice(
    pack: Pack, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    german = speak(["Ich war neun Jahre lang Pfleger auf einer Station in Leipzig."] * 12, language="de")
    report = build_report(AskedQuestion(), pack, judge_by({}), recognition=german)
    assert summarise(report, pack) == report.advice[0].text
    assert "German" in summarise(report, pack)


def test_a_few_typed_words_are_asked_for_more(pack: Pack, report_on: Callable[..., Report]) -> None:
    assert summarise(report_on(texts=("Money.",)), pack) == (
        "You have made a start; next time take longer and tell one moment in full."
    )


def test_a_claim_alone_is_not_called_a_good_answer(pack: Pack, report_on: Callable[..., Report]) -> None:
    report = report_on(s1={"collaboration": "mention"})
    assert summarise(replace(report, advice=()), pack) == "You spoke of working with others."


def test_every_labelled_answer_is_summed_up_in_one_sentence(
    pack: Pack, answers: list, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    for answer in answers[::5]:
        report = build_report(
            AskedQuestion(None, answer.question),
            pack,
            judge_by(answer.labels),
            recognition=speak(answer.sentences),
        )
        summary = summarise(report, pack)
        assert summary.startswith("You ")
        assert summary.endswith(".")
        assert "{" not in summary
