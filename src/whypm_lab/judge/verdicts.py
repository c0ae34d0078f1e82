"""The app's own decisions, made on kept predictions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whypm.domain.feedback import ItemVerdict
from whypm.feedback.judging.encoder import AnswerReading
from whypm.feedback.judging.judge_settings import ItemSettings
from whypm.feedback.judging.speaker import ceilings
from whypm.feedback.judging.trained_verdict import judge_by_weights
from whypm_lab.judge.answers import LEVELS, LabelledAnswer
from whypm_lab.judge.calibration import fit
from whypm_lab.judge.predictions import Prediction
from whypm_lab.judge.shipped_judge import CHECKLIST


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Decisions on many answers, [answers, items]; ``first`` is the sentence shown first, -1 for none."""

    levels: NDArray[np.int64]
    confidence: NDArray[np.float64]
    first: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[Sequence[ItemVerdict]]) -> "Verdicts":
        """Gather the verdicts of each answer, items in the order of ITEMS."""
        return cls(
            np.array([[LEVELS.index(verdict.level.value) for verdict in row] for row in rows]),
            np.array([[verdict.confidence for verdict in row] for row in rows]),
            np.array([[-1 if v.best_sentence is None else v.best_sentence for v in row] for row in rows]),
        )


def from_prediction(
    sentences: Sequence[str], prediction: Prediction, settings: Sequence[ItemSettings]
) -> tuple[ItemVerdict, ...]:
    """What the app would decide on these logits."""
    reading = AnswerReading(
        sentences=tuple(tuple((float(p), float(e)) for p, e in row) for row in prediction.sentences),
        answer=tuple((float(p), float(e)) for p, e in prediction.answer),
        vectors=(),
    )
    limits = tuple(ceilings(sentence) for sentence in sentences)
    return tuple(
        judge_by_weights(item, chosen, reading, limits)
        for item, chosen in zip(CHECKLIST, settings, strict=True)
    )


def out_of_fold(
    answers: Sequence[LabelledAnswer], predictions: Sequence[Prediction], folds: NDArray[np.int64]
) -> Verdicts:
    """Decide on each fold with thresholds and calibration fitted on the other folds alone."""
    rows: list[tuple[ItemVerdict, ...]] = [()] * len(answers)
    for fold in np.unique(folds):
        others = np.flatnonzero(folds != fold)
        settings = fit([answers[index] for index in others], [predictions[index] for index in others])
        for index in np.flatnonzero(folds == fold):
            rows[index] = from_prediction(answers[index].sentences, predictions[index], settings)
    return Verdicts.of(rows)
