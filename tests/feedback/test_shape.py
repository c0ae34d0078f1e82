from collections.abc import Callable, Mapping

import pytest

from whypm.domain.feedback import ItemVerdict
from whypm.domain.remarks import AnswerShape, Headline, Part
from whypm.domain.transcript import Recognition, Sentence
from whypm.feedback.substance.shape import shape_answer
from whypm.feedback.text.sentences import split_words


def shape(texts: list[str], labels: Mapping[str, Mapping[str, str]], judge_by: type) -> AnswerShape:
    shaped = shape_answer([Sentence(text) for text in texts], judge_by(labels).judge(texts))
    assert shaped is not None
    return shaped


def part_of(shaped: AnswerShape) -> dict[int, Part]:
    return {index: share.part for share in shaped.parts for index in share.sentences}


WHOLE = [
    "Thanks for asking.",
    "It began when I ran our release.",
    "We cut the form from nine fields to three.",
    "I want a say in what gets built.",
    "You make the planner my ward uses.",
    "In five years I want to lead a payments team.",
]
WHOLE_LABELS = {
    "1": {"path": "evidence"},
    "2": {"experience": "evidence", "strategy": "mention"},
    "3": {"change": "mention"},
    "4": {"company": "evidence"},
    "5": {"aspiration": "evidence"},
}


def test_a_whole_answer_has_all_five_parts_in_order(judge_by: type) -> None:
    shaped = shape(WHOLE, WHOLE_LABELS, judge_by)
    assert [(share.part, share.sentences) for share in shaped.parts] == [
        (Part.OPENING, (0,)),
        (Part.STORY, (1, 2)),
        (Part.REASONS, (3,)),
        (Part.COMPANY, (4,)),
        (Part.CLOSING, (5,)),
    ]
    assert shaped.headline is Headline.EARLY
    assert shaped.headline_sentence == 1
    assert shaped.closed
    assert shaped.remarks == ()


def test_a_sentence_that_carries_nothing_goes_on_with_the_part_before_it(judge_by: type) -> None:
    texts = ["I ran the release.", "It rained.", "It rained again.", "I want a say.", "So."]
    shaped = shape(texts, {"0": {"experience": "evidence"}, "3": {"change": "mention"}}, judge_by)
    assert part_of(shaped)[1] is Part.STORY
    assert part_of(shaped)[2] is Part.STORY


def test_a_headline_after_twenty_seconds_of_words_is_late(judge_by: type) -> None:
    texts = ["one two three four five six seven eight nine ten"] * 5 + ["I want a say in it."]
    shaped = shape(texts, {"5": {"change": "mention"}}, judge_by)
    assert shaped.headline is Headline.LATE
    assert shaped.headline_sentence == 5
    assert any("Move it to the front" in remark for remark in shaped.remarks)


def test_a_late_headline_is_told_with_its_seconds(judge_by: type, speak: Callable[..., Recognition]) -> None:
    texts = ["One two three four five six seven eight nine ten."] * 5 + ["I want a say in it."]
    recognition = speak(texts, silence_seconds=1.0)
    sentences = split_words(recognition.words, recognition.voiced)
    shaped = shape_answer(sentences, judge_by({"5": {"change": "mention"}}).judge(texts))
    assert shaped is not None
    assert "25 seconds in" in shaped.remarks[0]


def test_an_answer_that_never_says_why_has_no_headline(judge_by: type) -> None:
    shaped = shape(
        ["I ran calls.", "I shipped pages.", "I tested."], {"0": {"experience": "mention"}}, judge_by
    )
    assert shaped.headline is Headline.MISSING
    assert shaped.headline_sentence is None
    assert len(shaped.remarks) == 2


def test_an_answer_that_ends_in_its_story_is_not_closed(judge_by: type) -> None:
    texts = ["I want a say.", "It began there.", "I ran the release."]
    labels = {"0": {"change": "mention"}, "1": {"path": "evidence"}, "2": {"experience": "evidence"}}
    shaped = shape(texts, labels, judge_by)
    assert not shaped.closed
    assert any("without a close" in remark for remark in shaped.remarks)


def test_coming_back_to_the_reason_closes_an_answer(judge_by: type) -> None:
    texts = ["It began there.", "I ran the release.", "That's why I want a say."]
    labels = {"0": {"path": "evidence"}, "1": {"experience": "evidence"}, "2": {"change": "mention"}}
    assert part_of(shape(texts, labels, judge_by))[2] is Part.CLOSING


def test_ending_on_the_company_closes_an_answer_and_ending_on_a_deed_does_not(judge_by: type) -> None:
    texts = ["I want a say.", "You make planners.", "My ward uses yours."]
    labels = {"0": {"change": "mention"}, "1": {"company": "mention"}, "2": {"company": "evidence"}}
    assert part_of(shape(texts, labels, judge_by))[2] is Part.CLOSING
    labels["2"] = {"experience": "evidence"}
    assert part_of(shape(texts, labels, judge_by))[2] is Part.STORY


def test_no_sentences_have_no_shape() -> None:
    assert shape_answer((), ()) is None


def test_the_seconds_of_the_parts_add_up_to_the_sentences(
    answers: list, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    for answer in answers[::9]:
        recognition = speak(answer.sentences)
        start = 0
        sentences = []
        for text in answer.sentences:
            words = recognition.words[start : start + len(text.split())]
            sentences.append(Sentence(text, words[0].start, words[-1].end))
            start += len(words)
        shaped = shape_answer(sentences, judge_by(answer.labels).judge(answer.sentences))
        assert shaped is not None
        indexes = sorted(index for share in shaped.parts for index in share.sentences)
        assert indexes == list(range(len(sentences)))
        assert sum(share.seconds or 0.0 for share in shaped.parts) == pytest.approx(
            sum((sentence.end or 0.0) - (sentence.start or 0.0) for sentence in sentences)
        )


def test_typed_answers_have_parts_without_seconds(judge_by: type) -> None:
    assert {share.seconds for share in shape(WHOLE, WHOLE_LABELS, judge_by).parts} == {None}


def test_what_draws_them_to_the_employer_answers_a_question_about_it(judge_by: type) -> None:
    texts = ["Your planner is free for small charities.", "I run the rota of one.", "Your drivers choose."]
    verdicts = judge_by({"0": {"company": "evidence"}, "2": {"company": "evidence"}}).judge(texts)
    said = [Sentence(text) for text in texts]
    asked, other = shape_answer(said, verdicts, asks_about_employer=True), shape_answer(said, verdicts)
    assert asked is not None
    assert other is not None
    assert (asked.headline, asked.headline_sentence) == (Headline.EARLY, 0)
    assert other.headline is Headline.MISSING


def test_who_says_because_has_answered_why_whatever_the_reason(judge_by: type) -> None:
    texts = [
        "I want to be a product manager because I enjoy working across teams.",
        "I ran calls.",
        "I tested.",
    ]
    shaped = shape(texts, {"0": {"collaboration": "mention"}, "1": {"experience": "mention"}}, judge_by)
    assert shaped.headline is Headline.EARLY
    assert shaped.headline_sentence == 0
    assert not any("why" in remark and "No sentence" in remark for remark in shaped.remarks)


def test_a_close_that_hangs_on_the_sentence_before_it_by_a_comma_is_one(judge_by: type) -> None:
    texts = ["It began there.", "I ran it.", "Tickets fell by half, that is why I want to do this full time."]
    labels = {"0": {"path": "evidence"}, "2": {"experience": "evidence"}}
    assert shape(texts, labels, judge_by).closed


@pytest.mark.parametrize(
    "last",
    [
        "That's why product.",
        "So I guess that’s why.",
        "And this is really why.",
        "So that's how I came here.",
    ],
)
def test_who_says_that_this_is_why_has_closed_whatever_else_it_carries(judge_by: type, last: str) -> None:
    texts = ["It began there.", "I ran it.", last, "Does that help?"]
    shaped = shape(texts, {"0": {"path": "evidence"}, "1": {"experience": "evidence"}}, judge_by)
    assert shaped.closed
    assert part_of(shaped)[2] is Part.CLOSING
    assert shaped.remarks == ()


@pytest.mark.parametrize(
    "reason",
    [
        "i want to be a product manager because i like people",
        "I'd like to go into product because I enjoy it.",
        "I would say it's because I like to know why.",
        "The main reason is that I enjoy it.",
    ],
)
def test_a_reason_in_other_words_or_letters_is_a_headline_too(judge_by: type, reason: str) -> None:
    shaped = shape(["Hm.", reason, "I ran calls."], {"2": {"experience": "mention"}}, judge_by)
    assert shaped.headline_sentence == 1


@pytest.mark.parametrize("first_why", [None, 5])
def test_a_remark_leaves_room_for_a_reason_that_is_only_implied(
    verdicts_on: Callable[..., tuple[ItemVerdict, ...]], first_why: int | None
) -> None:
    sentences = [Sentence("I ran the night shift of a bakery with eleven people in two shops.")] * 6
    told = {} if first_why is None else {"path": (first_why, "evidence")}
    shaped = shape_answer(sentences, verdicts_on(**told))
    assert shaped is not None
    assert " plain" in shaped.remarks[0]
