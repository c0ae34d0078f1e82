"""The shipped judge on labelled answers that nothing was trained or fitted on."""

import numpy as np

from whypm_lab.judge.answers import DATA, read_answers
from whypm_lab.judge.metrics import calibration_error, presence_f1
from whypm_lab.judge.shipped_judge import ShippedJudge
from whypm_lab.judge.verdicts import Verdicts


def test_the_shipped_judge_reads_answers_of_new_hands_as_well_as_its_card_says() -> None:
    answers = read_answers(DATA / "fresh.jsonl", "fresh")
    judge = ShippedJudge()
    verdicts = Verdicts.of([judge(answer.sentences) for answer in answers])
    truth = np.array([answer.answer_levels for answer in answers])
    right = verdicts.levels == truth
    # What was measured when the weights were shipped, less a few answers' worth.
    assert presence_f1(truth, verdicts.levels).mean() >= 0.82
    assert right.mean() >= 0.85
    assert calibration_error(verdicts.confidence.ravel(), right.ravel()) <= 0.05
