"""The figures that the judge is held to."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def f1(truth: Bools, found: Bools) -> float:
    """2 TP / (2 TP + FP + FN); 0 where there is nothing to find and nothing found."""
    both = int((truth & found).sum())
    return 2.0 * both / max(1, int(truth.sum()) + int(found.sum()))


def presence_f1(truth: Ints, found: Ints) -> Floats:
    """F1 of presence for each item; levels [answers, items]."""
    return np.array([f1(truth[:, item] > 0, found[:, item] > 0) for item in range(truth.shape[1])])


def bootstrap(
    truth: Ints, found: Ints, figure: Callable[[Ints, Ints], Floats], *, draws: int = 1000, seed: int = 7
) -> tuple[Floats, Floats]:
    """The 2.5th and 97.5th percentile of ``figure`` over answers drawn with replacement (Efron 1979)."""
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(draws):
        drawn = rng.integers(0, len(truth), len(truth))
        values.append(figure(truth[drawn], found[drawn]))
    low, high = np.percentile(np.array(values), [2.5, 97.5], axis=0)
    return low, high


def calibration_error(confidence: Floats, right: Bools, bins: int = 10) -> float:
    """Expected calibration error (Naeini et al. 2015) over equal-width bins of confidence."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(float(confidence[place == bin_].mean()) - float(right[place == bin_].mean()))
        * float((place == bin_).mean())
        for bin_ in range(bins)
        if (place == bin_).any()
    ]
    return sum(gaps)
