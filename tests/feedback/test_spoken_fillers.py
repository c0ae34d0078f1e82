"""Spoken fillers told from the same words meant, over sentences of hands that nothing was trained on."""

import pytest

from whypm.feedback.fillers.phrase_judge import PhraseJudge
from whypm_lab.speech.spoken_fillers import marking, recall_and_precision, try_all
from whypm_lab.speech.written_fillers import KEPT_ASIDE, Commas, training_hands, written_by

WANTED_RECALL, WANTED_PRECISION = 0.92, 0.95


@pytest.mark.parametrize("commas", [Commas.ALL, Commas.NONE])
def test_fillers_are_found_and_real_uses_left_alone(commas: Commas, phrases: PhraseJudge) -> None:
    recall, precision = recall_and_precision(try_all(marking(phrases), written_by(KEPT_ASIDE, commas)))
    assert recall >= WANTED_RECALL
    assert precision >= WANTED_PRECISION


def test_those_who_are_measured_on_share_no_sentence_with_those_who_are_trained_on() -> None:
    kept, trained = (
        {sentence.text.lower() for sentence in written_by(hands, Commas.NONE)}
        for hands in (KEPT_ASIDE, training_hands())
    )
    assert len(kept) > 500
    assert len(trained) > 5000
    assert kept.isdisjoint(trained)


@pytest.mark.parametrize("word", ["actually", "so", "well"])
def test_words_that_mostly_carry_sense_are_never_marked(word: str, phrases: PhraseJudge) -> None:
    sentences = written_by(["first"], Commas.ALL)
    with_it = [sentence for sentence in sentences if word in sentence.text.lower().split()]
    assert with_it
    for sentence in with_it:
        marked = marking(phrases)(sentence)
        tokens = [token.text.strip(" .,?").lower() for token in sentence.words]
        assert not any(was for token, was in zip(tokens, marked, strict=True) if token == word)
