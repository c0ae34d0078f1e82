"""The lab's own tools: a wrong label or figure there would be a wrong judge here."""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from whypm_lab.judge.answers import CORE_AUTHORS, ITEMS, LabelledAnswer, load_authors, read_answers
from whypm_lab.judge.augmentation import as_written, vary
from whypm_lab.judge.folds import FOLDS
from whypm_lab.judge.metrics import bootstrap, calibration_error, f1, presence_f1
from whypm_lab.judge.recasting import deny, lend


def record(**changes: object) -> str:
    whole = {
        "id": "z1",
        "question": "Why?",
        "sentences": ["I love it.", "Bye."],
        "labels": {"0": {"passion": "mention"}},
    }
    return json.dumps(whole | changes)


def test_an_answers_level_is_the_highest_of_its_sentences(tmp_path: Path) -> None:
    path = tmp_path / "author_z.jsonl"
    path.write_text(
        record(labels={"0": {"passion": "mention"}, "1": {"passion": "evidence"}}), encoding="utf-8"
    )
    (answer,) = read_answers(path, "z")
    assert answer.answer_levels[ITEMS.index("passion")] == 2
    assert sum(answer.answer_levels) == 2


@pytest.mark.parametrize(
    "line",
    [
        "{",
        record(labels={"2": {"passion": "mention"}}),
        record(labels={"0": {"pasion": "mention"}}),
        record(labels={"0": {"passion": "some"}}),
        record(sentences=[]),
        record(sentences="I love it."),
    ],
)
def test_a_wrong_record_is_named_by_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "author_z.jsonl"
    path.write_text(f"{record()}\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"author_z\.jsonl, line 2"):
        read_answers(path, "z")


def test_every_author_is_left_out_exactly_once() -> None:
    held_out = [author for fold in FOLDS for author in fold.held_out]
    assert sorted(held_out) == sorted(CORE_AUTHORS)


def test_all_labelled_answers_can_be_read_and_have_their_own_ids() -> None:
    ids = [answer.id for answer in load_authors()]
    assert len(ids) > 1000
    assert len(set(ids)) == len(ids)


def test_a_variation_keeps_every_segment_tied_to_its_labels() -> None:
    rng = random.Random(5)
    for answer in load_authors(["a", "k"]):
        for _ in range(5):
            varied = vary(answer, rng)
            assert len(varied.segments) == len(varied.sources)
            assert {source for sources in varied.sources for source in sources} == set(
                range(len(varied.answer.sentences))
            )
            assert all(varied.segments)


def test_an_answer_as_written_has_a_segment_a_sentence() -> None:
    answer = LabelledAnswer("z1", "z", "Why?", ("One.", "Two."), ((0,) * 10,) * 2)
    assert as_written(answer).segments == answer.sentences


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("I like working with engineers.", "I don't like working with engineers."),
        ("I'm good at prioritising.", "I'm not good at prioritising."),
        ("I have led two teams.", "I have never led two teams."),
        ("I don't like it.", None),
        ("Nobody came.", None),
    ],
)
def test_a_plain_clause_can_be_denied(sentence: str, denied: str | None) -> None:
    assert deny(sentence, random.Random(1)) == denied


def test_a_deed_can_be_lent_to_somebody_else() -> None:
    lent = lend("I ran my own beta with six shops.", random.Random(1))
    assert lent is not None
    assert lent.endswith("own beta with six shops.")
    assert " I " not in f" {lent} "
    assert " my own" not in lent


@pytest.mark.parametrize(
    "sentence", ["I want to lead.", "We ran it.", "I'd say so much.", "I ran it when I was there, myself."]
)
def test_what_cannot_be_lent_cleanly_is_left_alone(sentence: str) -> None:
    assert lend(sentence, random.Random(1)) is None


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    truth, found = np.array([True, True, True, False]), np.array([True, False, False, True])
    precision, recall = 1 / 2, 1 / 3
    assert f1(truth, found) == pytest.approx(2 * precision * recall / (precision + recall))


def test_an_interval_holds_its_figure_and_shrinks_with_more_answers() -> None:
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 3, (400, 2))
    found = np.where(rng.random(truth.shape) < 0.8, truth, 0)
    low, high = bootstrap(truth, found, presence_f1, draws=200)
    few_low, few_high = bootstrap(truth[:40], found[:40], presence_f1, draws=200)
    figure = presence_f1(truth, found)
    assert ((low < figure) & (figure < high)).all()
    assert (high - low < few_high - few_low).all()


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    confidence = np.array([0.95] * 10 + [0.55] * 10)
    right = np.array([True] * 9 + [False] + [True] * 5 + [False] * 5)
    assert calibration_error(confidence, right) == pytest.approx(0.05)


def test_no_word_is_unreadable_with_the_pieces_that_are_shipped(assets: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(assets / "tokenizer.json"))
    unknown = tokenizer.token_to_id("[UNK]")
    sentences = [sentence for answer in load_authors() for sentence in answer.sentences]
    assert not any(unknown in encoding.ids for encoding in tokenizer.encode_batch(sentences))
    rare = tokenizer.encode("Zyzzyva floccinaucinihilipilification 7", add_special_tokens=False)
    assert unknown not in rare.ids
    assert unknown not in tokenizer.encode("Øystein from Łódź, Đorđe and Weiß").ids
