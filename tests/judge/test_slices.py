"""The shipped judge on sentences made to fool key words; it was never trained on them."""

import pytest

from whypm_lab.judge.shipped_judge import ShippedJudge
from whypm_lab.judge.slices import Trap, false_positive_rates, read_traps

#: What was measured when the weights were shipped, with room for one more slip. The aim is 5 % each.
MOST_FALSE_POSITIVES = {
    "buzzwords": 0.08,
    "lectures": 0.08,
    "denials": 0.045,
    "borrowed": 0.055,
    "past_employer": 0.05,
    "flattery": 0.03,
}


@pytest.fixture(scope="module")
def traps() -> list[Trap]:
    return read_traps()


def test_every_slice_has_at_least_thirty_sentences(traps: list[Trap]) -> None:
    for name in MOST_FALSE_POSITIVES:
        assert sum(trap.slice == name for trap in traps) >= 30


def test_each_slice_fools_the_judge_no_oftener_than_when_it_was_shipped(traps: list[Trap]) -> None:
    rates = false_positive_rates(traps, ShippedJudge().sentence_levels)
    assert set(rates) == set(MOST_FALSE_POSITIVES)
    for name, (wrong, total) in rates.items():
        assert wrong / total <= MOST_FALSE_POSITIVES[name], name


def test_a_judge_that_ticks_everything_fails_every_slice(traps: list[Trap]) -> None:
    rates = false_positive_rates(
        traps, lambda sentences: [dict.fromkeys(trap_items(traps), 2)] * len(sentences)
    )
    assert all(wrong == total for wrong, total in rates.values())


def trap_items(traps: list[Trap]) -> set[str]:
    return {item for trap in traps for item in trap.forbidden}
