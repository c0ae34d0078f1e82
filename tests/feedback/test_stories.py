"""Stories across answers: touched on, gone, or not to be told."""

from collections.abc import Callable

import pytest

from whypm.domain.consistency import Course, KeptAnswer
from whypm.feedback.retellings.consistency import compare_answers
from whypm.feedback.retellings.courses import course_of

Answerer = Callable[..., KeptAnswer]
DEED = {"0": {"experience": "evidence"}}
BAKERY = ("I run operations for a bakery chain with nine shops.", "I like to decide.")


def test_an_answer_that_touches_on_a_story_in_any_sentence_does_not_lack_it(answered: Answerer) -> None:
    touching = ["I'm from operations, in a bakery chain, and I want to go into product.", "I like people."]
    answers = [answered("c", touching), answered("b", BAKERY, DEED), answered("a", BAKERY, DEED)]
    (story,) = compare_answers(answers).stories
    assert (story.course, story.lacking) == (Course.STAYS, ())
    assert story.told[0].text == touching[0]


def test_a_story_is_not_gone_from_an_answer_that_names_it(answered: Answerer) -> None:
    told = ["At MediSoft I do research on wards.", "I like to decide."]
    named = ["I've been a researcher at MediSoft for long.", "I like people."]
    answers = [answered("c", named), answered("b", told, DEED), answered("a", told, DEED)]
    (story,) = compare_answers(answers).stories
    assert [quote.answer for quote in story.told] == ["b", "a"]
    assert (story.course, story.lacking) == (Course.STAYS, ())


def test_a_story_is_not_gone_from_an_answer_that_has_its_words_here_and_there(answered: Answerer) -> None:
    told = ["I built a spreadsheet for spare parts, as we waited for a gearbox.", "I like to decide."]
    scattered = ["I was a sergeant, and spare parts were late.", "So I made a spreadsheet."]
    answers = [answered("c", told, DEED), answered("b", told, DEED), answered("a", scattered)]
    (story,) = compare_answers(answers).stories
    assert (len(story.told), story.lacking) == (2, ())


def test_a_sentence_of_ordinary_words_said_again_is_recognised(answered: Answerer) -> None:
    said = ["Pre-orders are a quarter of our sales now.", "I like people."]
    answers = [answered("b", ["So, um, pre-orders are a quarter of our sales now.", "I like shops."], DEED)]
    (story,) = compare_answers([*answers, answered("a", said, DEED)]).stories
    assert story.course is Course.STAYS


def test_what_stands_beside_a_story_is_recognised_by_less(answered: Answerer) -> None:
    first = ["I was a pharmacist in Porto, and doses were missing from the trolley.", "Most were four drugs."]
    again = ["In Porto, as a pharmacist, I saw doses missing on each trolley.", "It was down to four drugs."]
    labels = {"0": {"experience": "evidence"}, "1": {"strategy": "evidence"}}
    (story,) = compare_answers([answered("b", again, labels), answered("a", first, labels)]).stories
    assert story.course is Course.STAYS


def test_other_names_with_other_numbers_are_another_story(answered: Answerer) -> None:
    dublin = ["On the Dublin line I interviewed ninety lorry drivers about tickets.", "I like people."]
    larne = ["On the Larne line I interviewed forty drivers about their tickets.", "I like people."]
    stories = compare_answers([answered("b", dublin, DEED), answered("a", larne, DEED)]).stories
    assert [len(story.told) for story in stories] == [1, 1]


@pytest.mark.parametrize(
    ("told", "course"),
    [
        ([True, True], Course.STAYS),
        ([True, None], Course.STAYS),
        ([None, True], Course.STAYS),
        ([True, False], Course.NEW),
        ([True, None, False], Course.COMES_AND_GOES),
        ([False, None, True], Course.GONE),
        ([None, False, True], Course.COMES_AND_GOES),
        ([True, False, True], Course.COMES_AND_GOES),
    ],
)
def test_what_nobody_knows_makes_nothing_new_and_nothing_gone(
    told: list[bool | None], course: Course
) -> None:
    assert course_of(told) is course
