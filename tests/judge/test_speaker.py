"""Rules on who did what: the guideline's first two rules, where words alone mislead."""

import pytest

from whypm.feedback.speaker import ruled_out


@pytest.mark.parametrize(
    "sentence",
    [
        "I sat with two engineers every morning.",
        "We dropped the export and fixed onboarding.",
        "My brother and I ran the stall for nine years.",
        "I don't code, but I wrote the requirements.",
        "My goal is to lead a payments product.",
        "I never stopped until the queue was gone.",
    ],
)
def test_what_the_speaker_says_of_themself_is_left_to_the_weights(sentence: str) -> None:
    assert not ruled_out(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["A product manager works with many teams.", "You decide by the numbers.", "She ran the launch."],
)
def test_a_lecture_or_a_tale_of_others_shows_nothing_of_the_speaker(sentence: str) -> None:
    assert {"passion", "experience", "strategy", "collaboration"} <= ruled_out(sentence)


def test_a_general_reason_may_still_be_a_theme() -> None:
    assert not ruled_out("The role touches marketing, finance and design.") & {
        "skills",
        "change",
        "contribution",
    }


def test_a_deed_of_a_relative_is_borrowed() -> None:
    assert "experience" in ruled_out("My sister shipped the returns page with two developers.")


def test_somebody_elses_deed_can_still_be_where_the_path_began() -> None:
    assert "path" not in ruled_out("My manager said product was the thing.")


@pytest.mark.parametrize(
    "sentence",
    [
        "I've never really worked with engineers.",
        "I\N{RIGHT SINGLE QUOTATION MARK}m not strategic.",
        "So I don't want to lead anything.",
        "Well, I have no wish to work at your company.",
    ],
)
def test_a_plain_denial_claims_nothing(sentence: str) -> None:
    assert {"strategy", "collaboration", "company", "aspiration"} <= ruled_out(sentence)


def test_an_earlier_employer_is_not_the_company() -> None:
    assert "company" in ruled_out("My old firm had a mission that I believed in.")
    assert "company" not in ruled_out("At my old firm we used your planner every day.")
