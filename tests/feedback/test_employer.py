"""The employer in sentences and questions."""

from whypm.feedback.judging.employer import addressed_to
from whypm.feedback.judging.speaker import ruled_out


def test_the_named_employer_is_addressed() -> None:
    assert "company" not in ruled_out(addressed_to("Monzo", "I loved how Monzo did its pots."))
    assert addressed_to("Next", "The next step was ours.") == "The next step was ours."
    assert addressed_to("Monzo", "i want to work at monzo") == "i want to work at your company"


def test_a_named_employer_is_known_in_any_spelling_but_an_ordinary_word_is_left() -> None:
    assert addressed_to("Monzo", "I want to work at monzo and I mean it.").count("your company") == 1
    assert addressed_to("Monzo", "At MONZO you talk plainly.") == "At your company you talk plainly."
    assert "your company" not in addressed_to("Linear", "I fitted a linear model.")
