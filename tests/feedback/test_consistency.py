"""Several answers of one person beside each other: reasons, stories, contradictions, repetition."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from retellings import BOOKS, BOOKS_AGAIN, FERRY, FERRY_AGAIN, TWICE_TOLD, WARD, WARD_AGAIN
from whypm.domain.consistency import Clash, Consistency, Course, KeptAnswer
from whypm.domain.content import Pack
from whypm.domain.feedback import AskedQuestion, Correction, Level
from whypm.domain.transcript import Recognition
from whypm.feedback.reports.consistency_format import consistency_to_json
from whypm.feedback.reports.report import build_report, correct_report
from whypm.feedback.retellings.consistency import compare_answers
from whypm.feedback.retellings.links import link_sentences
from whypm.feedback.retellings.repetition import LEARNT_FROM_SHARE, repeated_share
from whypm.feedback.substance.concrete import concrete_sentences
from whypm.feedback.text.tokens import bare

QUESTION = AskedQuestion("plain-1", "Why product management?")
CHANGE = {"5": {"change": "mention"}}
DEED = {"2": {"experience": "evidence", "collaboration": "evidence"}}

Labels = dict[str, dict[str, str]]
Answerer = Callable[..., KeptAnswer]


def courses(consistency: Consistency) -> dict[str, Course]:
    return {reason.item: reason.course for reason in consistency.reasons}


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_answers_have_nothing_to_compare(answered: Answerer, count: int) -> None:
    answers = [answered("a", BOOKS, CHANGE)][:count]
    assert compare_answers(answers) == Consistency(tuple(answer.id for answer in answers))


def test_reasons_stay_go_and_come(answered: Answerer) -> None:
    newest = answered("c", BOOKS, {"5": {"change": "mention"}, "2": {"skills": "mention"}})
    middle = answered("b", BOOKS_AGAIN, {"5": {"change": "mention", "contribution": "mention"}})
    oldest = answered("a", WARD, {"5": {"change": "mention"}})
    consistency = compare_answers([newest, middle, oldest])
    assert courses(consistency) == {
        "change": Course.STAYS,
        "skills": Course.NEW,
        "contribution": Course.GONE,
    }
    gone = consistency.reasons[-1]
    assert [(quote.answer, quote.text) for quote in gone.told] == [("b", BOOKS_AGAIN[5])]
    assert gone.lacking == ("c", "a")


def test_a_reason_that_the_judge_is_not_sure_of_is_not_said_to_be_gone(answered: Answerer) -> None:
    unsure = answered("b", BOOKS, {}, confidence=0.4)
    assert courses(compare_answers([unsure, answered("a", BOOKS_AGAIN, CHANGE)])) == {}


def test_a_newest_answer_that_is_not_sure_makes_no_reason_gone(answered: Answerer) -> None:
    answers = [
        answered("c", BOOKS, {}, confidence=0.4),
        answered("b", BOOKS_AGAIN),
        answered("a", WARD, CHANGE),
    ]
    (reason,) = compare_answers(answers).reasons
    assert (reason.course, reason.lacking) == (Course.COMES_AND_GOES, ("b",))


def test_answers_that_surely_give_no_reason_are_named(answered: Answerer) -> None:
    in_words = [*FERRY, "I want to be a product manager because I like it."]
    answers = [
        answered("e", in_words),
        answered("d", []),
        answered("c", BOOKS, {}, confidence=0.4),
        answered("b", BOOKS_AGAIN),
        answered("a", WARD, CHANGE),
    ]
    assert compare_answers(answers).without_reason == ("b",)


def test_the_answer_to_a_follow_up_question_owes_no_reason(answered: Answerer) -> None:
    whole = answered("a", WARD)
    reply = replace(whole.report, question=AskedQuestion(None, "Who was Ilse?"))
    assert compare_answers([KeptAnswer("b", reply), whole]).without_reason == ("a",)


def test_the_users_own_verdict_counts(answered: Answerer, pack: Pack) -> None:
    newer, older = answered("b", BOOKS, {}), answered("a", BOOKS_AGAIN, CHANGE)
    assert courses(compare_answers([newer, older])) == {"change": Course.GONE}
    corrected = correct_report(newer.report, [Correction("change", Level.MENTION)], pack)
    consistency = compare_answers([KeptAnswer("b", corrected), older])
    assert courses(consistency) == {"change": Course.STAYS}
    assert [quote.text for quote in consistency.reasons[0].told] == ["", BOOKS_AGAIN[5]]


@pytest.mark.parametrize(("told", "again"), TWICE_TOLD, ids=["books", "ward", "ferry"])
def test_a_story_told_again_in_other_words_is_recognised(
    answered: Answerer, told: tuple[str, ...], again: tuple[str, ...]
) -> None:
    consistency = compare_answers([answered("b", again, DEED), answered("a", told, DEED)])
    story = consistency.stories[0]
    assert story.course is Course.STAYS
    assert [quote.answer for quote in story.told] == ["b", "a"]
    assert story.told[0].text in again
    assert story.told[1].text in told
    assert story.shared
    assert consistency.contradictions == ()
    assert consistency.repetitions == ()


def test_a_story_that_the_newest_answer_leaves_out_is_gone(answered: Answerer) -> None:
    consistency = compare_answers(
        [answered("c", FERRY, DEED), answered("b", WARD_AGAIN, DEED), answered("a", WARD, DEED)]
    )
    ward, ferry = consistency.stories[0], consistency.stories[-1]
    assert (ward.course, ward.lacking) == (Course.GONE, ("c",))
    assert [quote.answer for quote in ward.told] == ["b", "a"]
    assert (ferry.course, [quote.answer for quote in ferry.told]) == (Course.NEW, ["c"])


def test_other_people_s_stories_are_not_taken_for_one(answered: Answerer) -> None:
    tellings = (BOOKS, WARD, FERRY, BOOKS_AGAIN, WARD_AGAIN, FERRY_AGAIN)
    answers = [answered(str(number), telling, DEED) for number, telling in enumerate(tellings)]
    same = {("0", "3"), ("1", "4"), ("2", "5")}
    stories = compare_answers(answers).stories
    pairs = {pair for story in stories for pair in combinations([quote.answer for quote in story.told], 2)}
    assert pairs == same


def test_shares_alone_make_no_common_story(answered: Answerer) -> None:
    parcels = answered("b", ["Late parcels went from one in five to one in twenty."])
    pupils = answered("a", ["Absent pupils went from one in five to one in twenty."])
    assert link_sentences([concrete_sentences(parcels), concrete_sentences(pupils)]) == ()


def test_labelled_answers_of_different_people_hardly_ever_tell_one_story_and_never_clash_on_numbers(
    pack: Pack, answers: list, judge_by: type, speak: Callable[..., Recognition]
) -> None:
    by_author: dict[str, list[KeptAnswer]] = {}
    for answer in answers[::3]:
        report = build_report(QUESTION, pack, judge_by(answer.labels), recognition=speak(answer.sentences))
        by_author.setdefault(answer.id[0], []).append(KeptAnswer(answer.id, report))
    counts: Counter[str] = Counter()
    for kept in by_author.values():
        concrete = [concrete_sentences(answer) for answer in kept]
        counts["pairs"] += len(kept) * (len(kept) - 1) // 2
        linked = {(link.newer.quote.answer, link.older.quote.answer) for link in link_sentences(concrete)}
        counts["linked"] += len(linked)
        found = compare_answers(kept)
        counts["numbers"] += sum(each.clash is Clash.NUMBER for each in found.contradictions)
        counts["learnt"] += len(found.repetitions)
    assert counts["pairs"] > 2000
    assert counts["linked"] <= counts["pairs"] / 500
    assert (counts["numbers"], counts["learnt"]) == (0, 0)


def changed(telling: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    assert any(old in sentence for sentence in telling)
    return tuple(sentence.replace(old, new) for sentence in telling)


def test_two_numbers_for_one_thing_are_shown_with_both_sentences(answered: Answerer) -> None:
    other = changed(WARD_AGAIN, "eleven beds", "sixteen beds")
    consistency = compare_answers([answered("b", other, DEED), answered("a", WARD, DEED)])
    (clash,) = consistency.contradictions
    assert (clash.clash, clash.about) == (Clash.NUMBER, "beds")
    assert (clash.newer.text, clash.older.text) == (other[2], WARD[2])


@pytest.mark.parametrize(
    ("old", "new"),
    [("eleven beds", "11 beds"), ("eleven beds", "about twelve beds"), ("eleven beds", "eleven wards")],
    ids=["in digits", "rounded", "another thing"],
)
def test_numbers_that_may_both_be_right_are_left_alone(answered: Answerer, old: str, new: str) -> None:
    other = changed(WARD_AGAIN, old, new)
    assert compare_answers([answered("b", other, DEED), answered("a", WARD, DEED)]).contradictions == ()


def test_two_numbers_are_told_once_however_often_they_were_said(answered: Answerer) -> None:
    other = changed(WARD_AGAIN, "eleven beds", "sixteen beds")
    answers = [answered("c", WARD, DEED), answered("b", other, DEED), answered("a", WARD, DEED)]
    (clash,) = compare_answers(answers).contradictions
    assert (clash.newer.answer, clash.older.answer) == ("c", "b")


def test_a_number_that_changes_within_one_answer_is_no_contradiction(answered: Answerer) -> None:
    other = (*changed(WARD_AGAIN, "eleven beds", "sixteen beds"), "When I came there were eleven beds.")
    assert compare_answers([answered("b", other, DEED), answered("a", WARD, DEED)]).contradictions == ()


WORKED = "We agreed on the table together with our two engineers, and I showed them the returns room."
PROOF: Labels = {"0": {"collaboration": "evidence"}}


@pytest.mark.parametrize(
    "denial",
    [
        "I've never worked with engineers.",
        "To be honest, I haven't really worked with software developers.",
        "I have not worked directly with engineers at all.",
        "I have never spoken to a developer, and that worries me.",
        "I don't have any experience with engineers or designers.",
        "I have no experience with developers.",
        "I've never worked with engineers either.",
        "I had nothing to do with the engineers, really.",
    ],
)
def test_a_deed_that_one_answer_proves_and_another_denies_is_shown_with_both_sentences(
    answered: Answerer, denial: str
) -> None:
    answers = [answered("b", [denial, "I like shops."]), answered("a", [WORKED], PROOF)]
    (clash,) = compare_answers(answers).contradictions
    assert (clash.clash, clash.about) == (Clash.DENIAL, "engineers")
    assert (clash.newer.text, clash.older.text) == (denial, WORKED)
    (turned,) = compare_answers(answers[::-1]).contradictions
    assert (turned.newer.text, turned.older.text) == (WORKED, denial)


@pytest.mark.parametrize(
    "sentence",
    [
        "I had never worked with engineers until last spring.",
        "I've never worked with engineers in a bank.",
        "I've never worked with engineers as good as ours.",
        "I've never worked with designers.",
        "I never worked with engineers before that release.",
        "My sister has never worked with engineers.",
        "I have never worked better than with engineers.",
        "Why should I never have worked with engineers?",
        "I had no experience with engineers when I began.",
        "I don't have any experience with engineers from a big firm.",
        "I don't have much experience with engineers.",
    ],
)
def test_what_denies_less_or_something_else_is_no_contradiction(answered: Answerer, sentence: str) -> None:
    answers = [answered("b", [sentence, "I like shops."]), answered("a", [WORKED], PROOF)]
    assert compare_answers(answers).contradictions == ()


@pytest.mark.parametrize(
    ("proof", "labels", "confidence"),
    [
        (WORKED, {"0": {"collaboration": "mention"}}, 0.9),
        (WORKED, PROOF, 0.4),
        ("I would love to sit with engineers every day.", PROOF, 0.9),
        ("My brother sat with the engineers for a week.", {}, 0.9),
    ],
    ids=["only claimed", "not sure", "wished", "borrowed"],
)
def test_a_denial_stands_where_nothing_proves_the_contrary(
    answered: Answerer, proof: str, labels: Labels, confidence: float
) -> None:
    denial = answered("b", ["I've never worked with engineers.", "I like shops."])
    other = answered("a", [proof], labels, confidence=confidence)
    assert compare_answers([denial, other]).contradictions == ()


def test_a_denial_is_told_once_however_many_answers_prove_the_contrary(answered: Answerer) -> None:
    denial = answered("c", ["I have no experience with engineers.", "I like shops."])
    answers = [denial, answered("b", [WORKED], PROOF), answered("a", [WORKED], PROOF)]
    (clash,) = compare_answers(answers).contradictions
    assert clash.older.answer == "b"


def test_a_deed_of_one_s_own_that_is_denied_is_a_contradiction(answered: Answerer) -> None:
    denial = answered("b", ["I have never launched anything.", "I like shops."])
    proof = answered("a", ["I launched the returns page in March."], {"0": {"experience": "evidence"}})
    (clash,) = compare_answers([denial, proof]).contradictions
    assert clash.about == "launched"
    modest = answered("b", ["I never launched anything myself, apart from a newsletter.", "I like shops."])
    assert compare_answers([modest, proof]).contradictions == ()


def misheard(words: Sequence[str], every: int) -> list[str]:
    """Return the words with one in ``every`` lost, filled or misheard, in turn."""
    said: list[str] = []
    for number, word in enumerate(words, 1):
        fate = (number // every) % 3 if number % every == 0 else None
        if fate is None or fate == 1:
            said.append(word)
        if fate in {1, 2}:
            said.append("like" if fate == 1 else f"un{word}")
    return said


def plain(sentences: Sequence[str]) -> list[str]:
    return [bare(word) for word in " ".join(sentences).split() if bare(word)]


def test_an_answer_said_again_word_for_word_sounds_learnt(answered: Answerer) -> None:
    again = answered("b", [" ".join(misheard(" ".join(WARD).split(), every=10))])
    (repetition,) = compare_answers([again, answered("a", WARD), answered("0", BOOKS)]).repetitions
    assert (repetition.newer, repetition.older) == ("b", "a")
    assert repetition.share > 0.7
    assert len(repetition.longest.split()) >= 9
    assert repetition.longest in " ".join(WARD)


def test_the_threshold_parts_what_is_said_again_from_what_is_told_anew(answers: list) -> None:
    told = [plain(answer.sentences) for answer in answers]
    long = [words for words in told if len(words) >= 45]
    again = [repeated_share(misheard(words, every=10), words) for words in long]
    others = [repeated_share(newer, older) for newer, older in pairwise(long)]
    retold = [repeated_share(plain(again), plain(told)) for told, again in TWICE_TOLD]
    assert min(again) > LEARNT_FROM_SHARE
    assert max(others) < LEARNT_FROM_SHARE / 5
    assert max(retold) < LEARNT_FROM_SHARE / 2


def test_short_answers_are_not_called_learnt(answered: Answerer) -> None:
    short = ["I like making things with people, and that is why I am here."]
    assert compare_answers([answered("b", short), answered("a", short)]).repetitions == ()


def test_an_answer_without_a_word_does_no_harm(answered: Answerer) -> None:
    consistency = compare_answers([answered("b", []), answered("a", WARD, DEED)])
    assert [(story.course, story.lacking) for story in consistency.stories] == [(Course.GONE, ("b",))]


def test_json_has_the_quotes_of_both_sides(answered: Answerer) -> None:
    other = changed(WARD_AGAIN, "eleven beds", "sixteen beds")
    consistency = compare_answers([answered("b", other, DEED), answered("a", WARD, {**DEED, **CHANGE})])
    data = json.loads(json.dumps(consistency_to_json(consistency)))
    assert data["format"] == "whypm-consistency/1"
    assert data["answers"] == ["b", "a"]
    assert data["contradictions"][0]["newer"] == {"answer": "b", "sentence": 2, "text": other[2]}
    assert data["reasons"][0]["course"] == "gone"
    assert {quote["answer"] for quote in data["stories"][0]["told"]} == {"a", "b"}
    assert data["repetitions"] == []
