"""Thresholds and calibrated probabilities, fitted on predictions for authors that were left out."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from whypm.feedback.judging.judge_settings import Cut, ItemSettings
from whypm_lab.judge.answers import ITEMS, LabelledAnswer
from whypm_lab.judge.predictions import Prediction

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_GRID = np.linspace(0.15, 0.75, 61)
#: A threshold is judged by its neighbourhood (five grid steps each side): single answers must not decide it.
_NEIGHBOURS = np.ones(11) / 11


def fit(answers: Sequence[LabelledAnswer], predictions: Sequence[Prediction]) -> tuple[ItemSettings, ...]:
    """Settings of every item, in the order of ITEMS."""
    predictions = _judged(answers, predictions)
    levels, logits = _whole(answers, predictions)
    sentence_levels = np.concatenate([np.array(answer.levels) for answer in answers])
    sentence_logits = np.concatenate([prediction.sentences for prediction in predictions]).astype(float)
    return tuple(
        _item(row, levels[:, row], logits[:, row], sentence_levels[:, row], sentence_logits[:, row])
        for row in range(len(ITEMS))
    )


def recalibrated(
    settings: Sequence[ItemSettings],
    answers: Sequence[LabelledAnswer],
    predictions: Sequence[Prediction],
) -> tuple[ItemSettings, ...]:
    """The same decisions with probabilities that are honest about these answers.

    Weights that were trained on are surer of themselves than those that the thresholds were fitted on.
    """
    levels, logits = _whole(answers, _judged(answers, predictions))
    return tuple(
        replace(
            item,
            present=_moved(item.present, logits[:, item.row, 0], levels[:, item.row] >= 1),
            evidence=_moved(item.evidence, logits[:, item.row, 1], levels[:, item.row] >= 2),
        )
        for item in settings
    )


def _moved(cut: Cut, logits: Floats, truth: Bools) -> Cut:
    decisive_logit = (np.log(cut.threshold / (1 - cut.threshold)) - cut.offset) / cut.slope
    fitted = _fitted(logits, truth)
    return replace(fitted, threshold=round(float(probabilities(fitted, decisive_logit)), 5))


def _judged(answers: Sequence[LabelledAnswer], predictions: Sequence[Prediction]) -> list[Prediction]:
    each = zip(answers, predictions, strict=True)
    return [prediction.judged_with(answer.sentences) for answer, prediction in each]


def _whole(
    answers: Sequence[LabelledAnswer], predictions: Sequence[Prediction]
) -> tuple[NDArray[np.int64], Floats]:
    """Levels [answers, items] and logits [answers, items, 2] of whole answers."""
    levels = np.array([answer.answer_levels for answer in answers])
    return levels, np.stack([prediction.total for prediction in predictions]).astype(float)


def _item(
    row: int,
    levels: NDArray[np.int64],
    logits: Floats,
    sentence_levels: NDArray[np.int64],
    sentence_logits: Floats,
) -> ItemSettings:
    present = _cut(logits[:, 0], levels >= 1, _f1_over_grid)
    shown = probabilities(present, logits[:, 0]) >= present.threshold

    def agreement(chance: Floats, _: Bools) -> Floats:
        return np.array([(np.where(shown, 1 + (chance >= bar), 0) == levels).mean() for bar in _GRID])

    return ItemSettings(
        row=row,
        present=present,
        evidence=_cut(logits[:, 1], levels >= 2, agreement),
        sentence_present=_best_logit(sentence_logits[:, 0], sentence_levels >= 1),
        sentence_evidence=_best_logit(sentence_logits[:, 1], sentence_levels >= 2),
    )


def _cut(logits: Floats, truth: Bools, quality: Callable[[Floats, Bools], Floats]) -> Cut:
    cut = _fitted(logits, truth)
    values = quality(probabilities(cut, logits), truth)
    smooth = np.convolve(np.pad(values, 5, mode="edge"), _NEIGHBOURS, mode="valid")
    return Cut(cut.slope, cut.offset, round(float(_GRID[int(np.argmax(smooth))]), 3))


def _fitted(logits: Floats, truth: Bools) -> Cut:
    model = LogisticRegression(C=10.0).fit(logits[:, None], truth)
    return Cut(round(float(model.coef_[0, 0]), 5), round(float(model.intercept_[0]), 5), threshold=0.5)


def _f1_over_grid(chance: Floats, truth: Bools) -> Floats:
    found = chance[:, None] >= _GRID
    return 2 * (found & truth[:, None]).sum(0) / np.maximum(1, found.sum(0) + truth.sum())


def _best_logit(logits: Floats, truth: Bools) -> float:
    """The logit from which sentences are best told apart by F1."""
    cut = _cut(logits, truth, _f1_over_grid)
    return round((float(np.log(cut.threshold / (1 - cut.threshold))) - cut.offset) / cut.slope, 5)


def probabilities(cut: Cut, logits: Floats) -> Floats:
    """The calibrated probability of each logit."""
    return 1.0 / (1.0 + np.exp(-(cut.slope * logits + cut.offset)))


def as_record(settings: Sequence[ItemSettings]) -> list[dict[str, object]]:
    """The ``items`` list of ``judge.json``."""
    records = []
    for name, item in zip(ITEMS, settings, strict=True):
        fields = asdict(item)
        del fields["row"]
        records.append({"id": name, **fields})
    return records
