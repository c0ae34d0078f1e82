"""What is named first and refused after claims nothing."""

import pytest

from whypm.domain.feedback import Level
from whypm.feedback.judging.judge import Judge
from whypm.feedback.judging.refusals import is_refused
from whypm.feedback.judging.speaker import ruled_out


@pytest.mark.parametrize(
    "sentence",
    [
        "The variety of the work means nothing to me.",
        "Deciding what gets built doesn't tempt me.",
        "Being between business and technology has no appeal for me.",
        "Using all my skills at once, that isn\N{RIGHT SINGLE QUOTATION MARK}t what I'm looking for.",
        "Helping people is a nice side effect, but it's not my motive.",
        "Setting the direction is something I'd rather leave to others.",
        "Trade-offs, roadmaps, all that, I know nothing about it.",
        "Where I want to be in five years, no idea, honestly.",
        "Your mission, I have to admit, leaves me cold.",
    ],
)
def test_a_topic_that_is_refused_shows_nothing(sentence: str) -> None:
    assert is_refused(sentence)
    assert {"skills", "change", "contribution", "strategy", "company", "aspiration"} <= ruled_out(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Doing only one thing has no appeal for me, I want numbers and people.",
        "Only code doesn't interest me.",
        "A bigger salary doesn't interest me, I want to decide what we build.",
        "What doesn't interest me is doing tickets.",
        "The rollout was not my idea, but I ran it with forty shops.",
        "We launched it in nine cities and the fame did nothing for me.",
        "There is nothing I enjoy more than a launch.",
        "I can't tell you how much I love a launch.",
        "Nothing excites me as much as a launch.",
        "It's not my reason.",
    ],
)
def test_a_refusal_of_something_else_is_left_to_the_weights(sentence: str) -> None:
    assert not is_refused(sentence)


def test_a_trade_that_was_refused_may_be_where_the_path_began() -> None:
    assert "path" not in ruled_out("Law was not for me.")


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("change", "Deciding what gets built doesn't tempt me."),
        ("skills", "Being between business and technology has no appeal for me."),
        ("contribution", "Changing lives at scale, I don't care about that."),
    ],
)
def test_the_judge_ticks_nothing_that_was_refused(judge: Judge, item: str, sentence: str) -> None:
    verdicts = judge.judge(["Thanks for having me.", sentence])
    assert {verdict.level for verdict in verdicts if verdict.id == item} == {Level.MISSING}
