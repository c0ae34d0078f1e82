"""Thresholds and probabilities of the judge, fitted on logits whose truth is known."""

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the lab's packages fit it: requirements/lab.in")

from whypm_lab.judge.answers import ITEMS, LabelledAnswer
from whypm_lab.judge.calibration import fit, probabilities, recalibrated
from whypm_lab.judge.metrics import calibration_error
from whypm_lab.judge.predictions import Prediction

ANSWERS = 600
SENTENCE = "I did it."
"""Of whom the rules on the speaker let the weights decide."""


def answers_and_logits(sureness: float, seed: int) -> tuple[list[LabelledAnswer], list[Prediction]]:
    """Answers of one sentence that is present with the probability of its logit divided by ``sureness``."""
    random = np.random.default_rng(seed)
    logits = random.normal(0.0, 2.0, (ANSWERS, len(ITEMS), 2))
    logits[..., 1] = logits[..., 0] - 1.0
    present = random.random((ANSWERS, len(ITEMS))) < 1 / (1 + np.exp(-logits[..., 0] / sureness))
    proven = present & (random.random(present.shape) < 1 / (1 + np.exp(-logits[..., 1] / sureness)))
    answers = [
        LabelledAnswer(f"z{row}", "z", "Why?", (SENTENCE,), (tuple(map(int, levels)),))
        for row, levels in enumerate(present.astype(int) + proven)
    ]
    nothing = np.zeros((len(ITEMS), 2), np.float32)
    return answers, [Prediction(row[None].astype(np.float32), nothing) for row in logits]


def test_probabilities_of_weights_that_claim_too_much_become_honest_and_no_decision_changes() -> None:
    settings = fit(*answers_and_logits(1.0, seed=1))
    answers, said = answers_and_logits(3.0, seed=2)
    honest = recalibrated(settings, answers, said)
    truth = np.array([answer.answer_levels for answer in answers]) >= 1
    logits = np.stack([prediction.total[:, 0] for prediction in said]).astype(float)
    errors = []
    for before, after in zip(settings, honest, strict=True):
        chances = [probabilities(item.present, logits[:, item.row]) for item in (before, after)]
        shown = [
            chance >= item.present.threshold for chance, item in zip(chances, (before, after), strict=True)
        ]
        assert (shown[0] == shown[1]).all()
        errors.append([calibration_error(chance, truth[:, before.row]) for chance in chances])
    of_before, of_after = np.mean(errors, axis=0)
    assert of_after < of_before / 2
