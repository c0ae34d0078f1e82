import re
from pathlib import Path

import pytest

from whypm.content.loader import load_pack
from whypm.domain.content import Approach, Band, ChecklistItem, Group, Pack, Place

REPOSITORY = Path(__file__).parents[2]
GUIDELINE = REPOSITORY.parent / "shared" / "rubric" / "GUIDELINE.md"
PACK = load_pack(REPOSITORY / "content" / "why-pm")

each_item = pytest.mark.parametrize("item", PACK.checklist, ids=lambda item: item.id)
each_approach = pytest.mark.parametrize("approach", PACK.approaches, ids=lambda approach: approach.id)
each_band = pytest.mark.parametrize("band", PACK.bands, ids=lambda band: band.figure)


def spoken_texts(pack: Pack) -> list[str]:
    questions = [question.text for question in pack.questions]
    return questions + [text for item in pack.checklist for text in item.follow_ups]


def test_the_pack_says_what_it_is() -> None:
    assert (PACK.id, PACK.version) == ("why-pm", "1")


def test_the_first_question_is_the_plain_one() -> None:
    assert PACK.questions[0].id == "plain-1"
    assert PACK.questions[0].text == "Why product management?"


def test_there_are_at_least_36_questions_in_the_eight_families() -> None:
    families = [family.id for family in PACK.families]
    assert families == [
        "plain",
        "why-this-field",
        "why-become",
        "what-led-you",
        "origin",
        "not-your-craft",
        "here-and-now",
        "sceptic",
    ]
    assert len(PACK.questions) >= 36


def test_every_family_has_enough_questions_not_to_bore() -> None:
    assert all(len(family.questions) >= 4 for family in PACK.families)


def test_a_questions_id_tells_its_family() -> None:
    for question in PACK.questions:
        assert re.fullmatch(rf"{question.family}-\d+", question.id)


def test_several_questions_name_the_employer_and_read_well_without_one() -> None:
    naming = [question for question in PACK.questions if question.names_company]
    assert len(naming) >= 5
    for question in naming:
        assert "our company" in question.asked(None)
        assert "Acme" in question.asked("Acme")


def test_nothing_is_asked_twice() -> None:
    texts = [text.lower() for text in spoken_texts(PACK)]
    assert len(set(texts)) == len(texts)


def test_everything_that_is_asked_ends_as_a_question() -> None:
    told = [text for text in spoken_texts(PACK) if not text.endswith("?")]
    # "Tell me about ..." is how people ask, too.
    assert all(re.search(r"(Tell me|Walk me)", text) for text in told)


def test_the_checklist_is_the_guidelines_in_its_order() -> None:
    if not GUIDELINE.exists():
        pytest.skip("the labelling guideline is not beside the repository")
    ids = re.findall(r"^\| `(\w+)` \|", GUIDELINE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [item.id for item in PACK.checklist] == ids


def test_the_checklist_has_five_tips_then_three_themes_then_two_story_items() -> None:
    groups = [item.group for item in PACK.checklist]
    assert groups == [Group.TIP] * 5 + [Group.THEME] * 3 + [Group.STORY] * 2


@each_item
def test_an_item_has_three_different_follow_ups(item: ChecklistItem) -> None:
    assert len(set(item.follow_ups)) == 3


@each_item
def test_an_item_has_enough_examples_for_a_judge_to_go_by(item: ChecklistItem) -> None:
    assert len(set(item.examples)) >= 6
    assert len(set(item.counterexamples)) >= 4
    assert not set(item.examples) & set(item.counterexamples)


@each_item
def test_an_items_title_is_a_short_phrase(item: ChecklistItem) -> None:
    assert len(item.title) <= 40
    assert not item.title.endswith(".")


@each_item
def test_an_item_is_explained_to_the_user_in_whole_sentences(item: ChecklistItem) -> None:
    assert all(text.endswith(".") for text in (item.meaning, item.why, item.how))
    assert "You" in item.meaning


def test_there_are_two_ways_to_build_an_answer() -> None:
    assert [approach.id for approach in PACK.approaches] == ["path", "impact"]


@each_approach
def test_a_sample_answer_takes_60_to_90_seconds(approach: Approach) -> None:
    # 150 words in 60 s and 210 in 90 s both lie inside the good pace of the delivery targets.
    assert 150 <= len(approach.sample.split()) <= 210
    assert len(approach.steps) >= 4


def test_the_five_delivery_figures_have_targets() -> None:
    assert [band.figure for band in PACK.bands] == ["length", "latency", "pace", "fillers", "pauses"]


@each_band
def test_a_target_names_its_study_or_says_that_it_is_opinion(band: Band) -> None:
    assert re.search(r"[A-Z]\w+ (19|20)\d\d|Opinion only", band.source)


def test_the_source_of_the_filler_limits_can_be_looked_up() -> None:
    band = PACK.band("fillers")
    assert band is not None
    assert "10.1002/jaba.1093" in band.source


@pytest.mark.parametrize(
    ("figure", "value", "place"),
    [
        ("length", 44.9, Place.LOW),
        ("length", 45, Place.NEAR),
        ("length", 60, Place.GOOD),
        ("length", 90, Place.GOOD),
        ("length", 120, Place.NEAR),
        ("length", 120.1, Place.HIGH),
        ("latency", 0, Place.GOOD),
        ("latency", 2, Place.GOOD),
        ("latency", 4, Place.NEAR),
        ("latency", 4.1, Place.HIGH),
        ("pace", 109, Place.LOW),
        ("pace", 110, Place.NEAR),
        ("pace", 120, Place.GOOD),
        ("pace", 160, Place.GOOD),
        ("pace", 190, Place.NEAR),
        ("pace", 191, Place.HIGH),
        ("fillers", 5, Place.GOOD),
        ("fillers", 11.9, Place.NEAR),
        ("fillers", 12, Place.HIGH),
        ("pauses", 0, Place.GOOD),
        ("pauses", 2.4, Place.GOOD),
        ("pauses", 2.5, Place.HIGH),
    ],
)
def test_a_figure_is_placed_as_its_source_says(figure: str, value: float, place: Place) -> None:
    band = PACK.band(figure)
    assert band is not None
    assert band.place(value) is place


@each_item
def test_the_question_asked_first_supposes_no_present_job(item: ChecklistItem) -> None:
    """It is put to founders, students and product managers alike."""
    supposed = re.compile(r"\b(?:present|current|last|first) (?:job|one|role)\b|\bcan't \w+ (?:now|today)\b")
    assert not supposed.search(item.follow_ups[0])


@each_item
def test_every_item_has_a_task_of_its_own(item: ChecklistItem) -> None:
    assert item.drill.endswith(".")
    assert 12 <= len(item.drill.split()) <= 35  # a prompt that is heard once must be short enough to keep
    assert len({other.drill for other in PACK.checklist}) == len(PACK.checklist)
