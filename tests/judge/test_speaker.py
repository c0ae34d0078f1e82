"""Rules on who did what: the guideline's first two rules, where words alone mislead."""

import pytest

from whypm.domain.feedback import Level
from whypm.feedback.judging.speaker import ceilings, ruled_out


@pytest.mark.parametrize(
    "sentence",
    [
        "I sat with two engineers every morning.",
        "We dropped the export and fixed onboarding.",
        "My brother and I ran the stall for nine years.",
        "I don't code, but I wrote the requirements.",
        "My goal is to lead a payments product.",
        "I never stopped until the queue was gone.",
        "Before I came, I had run two betas of my own.",
        "They said no, and it isn't my way to stop there, so we tested it.",
        "They told me nobody used it, and I found that it wasn't true.",
        "It's not about the money, it's about the people that we make it for.",
        "it's not about the title it's about what people get out of it and i want to decide that",
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


def test_a_lecture_on_the_trade_is_a_general_reason_at_most() -> None:
    lecture = ceilings("Great products change the lives of millions.")
    assert {item for item, level in lecture.items() if level is Level.MENTION} == {
        "change",
        "skills",
        "contribution",
    }
    assert lecture["experience"] is Level.MISSING


@pytest.mark.parametrize(
    "sentence",
    [
        "She reads in bed again.",
        "My uncle sells products from a van, and his customers waited nine days for a price.",
        "You made products that a blind user could open, and I was there when she did.",
    ],
)
def test_what_came_of_it_may_be_told_without_a_self(sentence: str) -> None:
    assert Level.MENTION not in ceilings(sentence).values()


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
        "Talking with customers isn't my strong suit.",
        "Deciding where it goes is not what draws me.",
        "I could tell you that I dreamt of this job as a child, I didn't.",
        "I told them that I had led the launch, and it wasn't true.",
        "It's not the deciding, and it's not the launches either.",
    ],
)
def test_a_plain_denial_claims_nothing(sentence: str) -> None:
    assert {"strategy", "collaboration", "company", "aspiration"} <= ruled_out(sentence)


def test_an_earlier_employer_is_not_the_company() -> None:
    assert "company" in ruled_out("My old firm had a mission that I believed in.")
    assert "company" not in ruled_out("At my old firm we used your planner every day.")


def test_praise_in_the_past_is_for_an_earlier_employer_unless_somebody_is_addressed() -> None:
    assert "company" in ruled_out("I loved how they thought of sailors first.")
    assert "company" not in ruled_out("I loved how you thought of sailors first.")


def test_what_others_wish_or_did_before_one_s_time_is_borrowed() -> None:
    assert "company" in ruled_out("My sister's dying to work on your planner.")
    assert "company" not in ruled_out("My sister gets through her shift with your planner.")
    assert "experience" in ruled_out("Before I came, Petra had rewritten the help pages.")


def test_the_good_that_somebody_else_s_work_does_is_borrowed() -> None:
    assert "contribution" in ruled_out("My sister built an app that gave eight hundred people their bus.")
    assert "contribution" not in ruled_out("My mother reads in bed again.")
    assert "contribution" not in ruled_out("My sister and I built it, and eight hundred people got home.")


@pytest.mark.parametrize(
    "sentence",
    [
        "I saw how our PM cut the roadmap in half because the data said nobody used the rest.",
        "I sat beside a colleague while she rebuilt the whole onboarding.",
        "I know somebody who ran a beta with two hundred shops.",
        "Our product owner brought the engineers and the sales people together.",
        "My head of product chose the bug over the launch.",
    ],
)
def test_who_looks_on_has_done_nothing(sentence: str) -> None:
    assert {"experience", "strategy", "collaboration"} <= ruled_out(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I saw that our nurses typed it twice, so I cut the second field.",
        "I saw how my mother typed it twice, and I drew her a page with one field.",
        "I've watched the screens for seven years.",
    ],
)
def test_what_one_saw_and_did_is_left_to_the_weights(sentence: str) -> None:
    assert not ruled_out(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["My uncle fell into product by accident.", "My flatmate switched to the field after her thesis."],
)
def test_how_somebody_else_came_to_product_is_not_the_speaker_s_path(sentence: str) -> None:
    assert "path" in ruled_out(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["My aunt got me into product.", "My mother ran a pharmacy, so that is where it began."],
)
def test_what_somebody_else_did_may_be_the_speaker_s_way(sentence: str) -> None:
    assert "path" not in ruled_out(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I never stop learning.",
        "I couldn't leave it alone.",
        "I haven't stopped thinking about that call since.",
        "I have never enjoyed anything as much as launching that booking page with our two engineers.",
        "I don't want to write code all day, I want to decide what gets built.",
        "I don't want to go back to being told what to build.",
        "There was no product manager at our clinic, I took the role on and ran the next two releases.",
    ],
)
def test_what_is_negated_in_words_only_is_left_to_the_weights(sentence: str) -> None:
    assert not ruled_out(sentence)


@pytest.mark.parametrize(
    "sentence", ["I don't love building products, I never did.", "I've never led a team, I have to say."]
)
def test_a_denial_that_is_said_twice_still_claims_nothing(sentence: str) -> None:
    assert {"passion", "experience"} <= ruled_out(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["I would lead the releases.", "If you hired me I'd run fifty interviews.", "Then I'd build a roadmap."],
)
def test_what_one_would_do_is_no_earlier_work(sentence: str) -> None:
    assert "experience" in ruled_out(sentence)


def test_a_clipped_sentence_is_about_the_speaker() -> None:
    assert not ruled_out("Led three launches at Bosch before that.")
    assert "experience" in ruled_out("Shipped by my brother.")


@pytest.mark.parametrize(
    "sentence",
    [
        "I would have to learn the business side, I know this.",
        "I haven't done any of the pricing, so I'd need to learn that.",
        "I still need to learn how one looks at a market.",
    ],
)
def test_what_the_speaker_lacks_for_the_job_is_no_reason_for_it(sentence: str) -> None:
    assert "skills" in ruled_out(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I'd have to learn the computer side, and honestly that's half of the attraction.",
        "To get there I'd need to learn how a roadmap is made.",
        "I had to learn about antennas, church law and grants in four months.",
    ],
)
def test_what_one_is_glad_to_learn_is_left_to_the_weights(sentence: str) -> None:
    assert "skills" not in ruled_out(sentence)
