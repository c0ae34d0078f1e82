"""The shipped judge on labelled answers that nothing was trained or fitted on."""

import numpy as np

from whypm_lab.judge.answers import DATA, LEVELS, read_answers
from whypm_lab.judge.metrics import calibration_error, presence_f1
from whypm_lab.judge.shipped_judge import ShippedJudge


def test_the_shipped_judge_reads_answers_of_new_hands_as_well_as_its_card_says() -> None:
    answers = read_answers(DATA / "fresh.jsonl", "fresh")
    judge = ShippedJudge()
    verdicts = [judge(answer.sentences) for answer in answers]
    found = np.array([[LEVELS.index(verdict.level.value) for verdict in row] for row in verdicts])
    confidence = np.array([[verdict.confidence for verdict in row] for row in verdicts])
    truth = np.array([answer.answer_levels for answer in answers])
    # What was measured when the weights were shipped, less a few answers' worth.
    assert presence_f1(truth, found).mean() >= 0.84
    assert (found == truth).mean() >= 0.86
    assert calibration_error(confidence.ravel(), (found == truth).ravel()) <= 0.05
