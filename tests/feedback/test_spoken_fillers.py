"""Spoken fillers told from the same words meant, over sentences that the rules were not written from."""

import pytest

from whypm_lab.speech.spoken_fillers import SENTENCES, recall_and_precision, sentences, try_rules

WANTED_RECALL = 0.92
WANTED_PRECISION = 0.95


@pytest.mark.parametrize("half", ["seen", "kept_aside"])
def test_fillers_are_found_and_real_uses_left_alone(half: str) -> None:
    recall, precision = recall_and_precision(try_rules(sentence) for sentence in sentences(half))
    assert recall >= WANTED_RECALL
    assert precision >= WANTED_PRECISION


@pytest.mark.parametrize("half", ["seen", "kept_aside"])
def test_without_commas_fewer_are_found_and_nobody_is_blamed(half: str) -> None:
    tried = [try_rules(sentence, commas=False) for sentence in sentences(half)]
    recall, precision = recall_and_precision(tried)
    assert recall >= 0.7
    assert precision >= WANTED_PRECISION


def test_each_half_has_thirty_uses_of_either_kind() -> None:
    for half in ("seen", "kept_aside"):
        lines = list(sentences(half))
        assert sum("[" in line for line in lines) >= 30
        assert sum("[" not in line for line in lines) >= 30
    assert set(sentences("seen")).isdisjoint(sentences("kept_aside"))


@pytest.mark.parametrize("word", ["actually", "so", "well"])
def test_words_that_mostly_carry_sense_are_never_marked(word: str) -> None:
    with_it = [line for line in SENTENCES.splitlines() if word in line.lower().replace(",", "").split()]
    assert with_it
    for line in with_it:
        tried = try_rules(line)
        numbers = {
            number
            for number, token in enumerate(line.replace(",", "").lower().split())
            if token.strip(".?") == word
        }
        assert numbers.isdisjoint(tried.marked)
