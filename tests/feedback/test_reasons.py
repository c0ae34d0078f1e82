from collections.abc import Callable

import pytest

from advised_answer import FINE, SAID, SENTENCES, transcript_of
from whypm.domain.content import Pack
from whypm.domain.feedback import AskedQuestion, ItemVerdict
from whypm.feedback.coaching.advice import advise
from whypm.feedback.substance.reasons import reason_sentence


@pytest.mark.parametrize(
    "texts",
    [
        ("Hm.", "I want to be a product manager because I like people."),
        ("Why product?", "Because I have done it for ten years."),
        ("I ran calls.", "The main reason is that I’d like to."),
    ],
)
def test_a_reason_in_so_many_words_is_found(texts: tuple[str, ...]) -> None:
    assert reason_sentence(texts) == 1


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("Because, um.",),
        ("I was in Leeds.", "Because it rained we stayed at home."),
        ("I want to be a product manager.",),
        ("We did not, and the reason was that the tool was slow.",),
    ],
)
def test_what_explains_anything_else_is_no_reason(texts: tuple[str, ...]) -> None:
    assert reason_sentence(texts) is None


@pytest.mark.parametrize(
    ("told", "lead"),
    [
        ({"path": (3, "evidence")}, "You told how you came to this work. Say as well why"),
        ({"passion": (0, "mention")}, "You said what you enjoy about it. Say as well why"),
        ({}, "You have not yet said why"),
    ],
)
def test_who_told_a_part_of_the_why_does_not_hear_that_they_said_none(
    pack: Pack,
    verdicts_on: Callable[..., tuple[ItemVerdict, ...]],
    told: dict[str, tuple[int, str]],
    lead: str,
) -> None:
    verdicts = verdicts_on(confidence=0.95, experience=(1, "evidence"), **told)
    advice = {piece.about: piece.text for piece in advise(verdicts, FINE, pack, SAID)}
    assert advice["change"].startswith(lead)


@pytest.mark.parametrize(("of_each", "of_passion"), [(0.75, 0.75), (0.95, 0.4)])
def test_who_may_have_given_a_reason_does_not_hear_that_they_gave_none(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]], of_each: float, of_passion: float
) -> None:
    """Sure of each part is not sure of all of them, and a part that may be there is not missing."""
    sure = verdicts_on(confidence=of_each, experience=(1, "evidence"))
    unsure = verdicts_on(confidence=of_passion, experience=(1, "evidence"), passion=(0, "mention"))
    mixed = [
        two if two.id == "passion" and of_passion != of_each else one
        for one, two in zip(sure, unsure, strict=True)
    ]
    advice = {piece.about: piece.text for piece in advise(mixed, FINE, pack, SAID)}
    assert advice["change"].startswith("Say plainly why you want this job and no other: one reason (")


def test_what_draws_them_to_the_company_counts_where_it_was_asked(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    verdicts = verdicts_on(confidence=0.95, experience=(1, "evidence"), company=(0, "evidence"))
    question = AskedQuestion(None, "Why are you interested in us in particular?")
    asked = advise(verdicts, FINE, pack, SAID, question=question)
    assert asked[0].text.startswith("You said what draws you to the company. Say as well why")
    assert advise(verdicts, FINE, pack, SAID)[0].text.startswith("You have not yet said why")


@pytest.mark.parametrize(
    "reason",
    [
        "I would say it's because I like to know why things are as they are.",
        "i want to be a product manager because i like people",
        "My reason is simple, I am tired of saying sorry for the same thing.",
    ],
)
def test_a_reason_in_so_many_words_is_held_up_and_asked_for_more(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]], reason: str
) -> None:
    said = transcript_of("Hm, let me see now, that is a good one.", reason, SENTENCES[1])
    (advice, *_) = advise(verdicts_on(experience=(2, "evidence")), FINE, pack, said)
    assert advice.text.startswith(f"You said “{reason.rstrip('.')}”. Say as well why you want this job")


def test_who_begins_with_because_has_given_a_reason_after_the_question_as_well(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    verdicts = verdicts_on(confidence=0.95, experience=(2, "evidence"))
    because = "Because I have done it for ten years."
    said = transcript_of("Why product management?", because, SENTENCES[1])
    assert advise(verdicts, FINE, pack, said)[0].text.startswith("You said “Because I have done it")
    later = transcript_of("I was in Leeds for a while.", because, SENTENCES[1])
    assert advise(verdicts, FINE, pack, later)[0].text.startswith("You have not yet said why")


def test_the_same_words_are_held_up_once(
    pack: Pack, verdicts_on: Callable[..., tuple[ItemVerdict, ...]]
) -> None:
    said = transcript_of("I want this job because I like people.", SENTENCES[1])
    verdicts = verdicts_on(experience=(1, "evidence"), collaboration=(0, "mention"))
    texts = [piece.text for piece in advise(verdicts, FINE, pack, said)]
    assert sum("I like people" in text for text in texts) == 1
