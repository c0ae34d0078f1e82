"""Spoken fillers told from the same words meant, over sentences of hands that nothing was trained on."""

import pytest

from whypm.feedback.phrase_weights import PhraseWeights
from whypm_lab.speech.spoken_fillers import recall_and_precision, ruled, try_all, weighed
from whypm_lab.speech.written_fillers import KEPT_ASIDE, Commas, training_hands, written_by

WANTED_PRECISION = 0.95


@pytest.mark.parametrize(("commas", "wanted_recall"), [(Commas.ALL, 0.91), (Commas.NONE, 0.78)])
def test_fillers_are_found_and_real_uses_left_alone(
    commas: Commas, wanted_recall: float, weights: PhraseWeights
) -> None:
    recall, precision = recall_and_precision(try_all(weighed(weights), written_by(KEPT_ASIDE, commas)))
    assert recall >= wanted_recall
    assert precision >= WANTED_PRECISION


def test_the_weights_find_more_than_the_rules_and_blame_less(weights: PhraseWeights) -> None:
    sentences = list(written_by(KEPT_ASIDE, Commas.NONE))
    ours, rules = (recall_and_precision(try_all(mark, sentences)) for mark in (weighed(weights), ruled))
    assert ours[0] > rules[0]
    assert ours[1] > rules[1]


def test_those_who_are_measured_on_share_no_sentence_with_those_who_are_trained_on() -> None:
    kept, trained = (
        {sentence.text.lower() for sentence in written_by(hands, Commas.NONE)}
        for hands in (KEPT_ASIDE, training_hands())
    )
    assert len(kept) > 300
    assert len(trained) > 5000
    assert kept.isdisjoint(trained)


@pytest.mark.parametrize("word", ["actually", "so", "well"])
def test_words_that_mostly_carry_sense_are_never_marked(word: str, weights: PhraseWeights) -> None:
    sentences = written_by(["first"], Commas.ALL)
    with_it = [sentence for sentence in sentences if word in sentence.text.lower().split()]
    assert with_it
    for sentence in with_it:
        marked = weighed(weights)(sentence)
        tokens = [token.text.strip(" .,?").lower() for token in sentence.words]
        assert not any(was for token, was in zip(tokens, marked, strict=True) if token == word)
