"""Train the weights for fillers: ``python -m whypm_lab.speech.filler_training [--write]``.

A logistic regression for each kind of phrase, on the signs that the app takes (`filler_signs`), over the
sentences of all hands but those kept aside, each with all, some and none of its commas. Every hand is left
out once; what is then said of it gives the printed figures and the thresholds. ``--write`` trains on all of
them and writes the file that the app ships. The kinds of words come from `word_company`. Needs scikit-learn;
takes a minute.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from whypm.feedback.filler_context import FillerContext
from whypm.feedback.filler_signs import KINDS, phrase_uses, signs
from whypm.feedback.fillers import ROUNDS
from whypm.feedback.phrase_weights import FILE
from whypm.feedback.word_kinds import WordKinds, read_word_kinds
from whypm.places import find_places
from whypm_lab.speech.written_fillers import Commas, MarkedSentence, training_hands, written_by

PENALTY = 0.3
"""Inverse strength of the penalty on large weights; tried from 0.1 to 1 with hands left out."""
LEAST_PRECISION = 0.95
PLAIN_HANDS = ("c", "d", "e", "f", "g")
"""Whose sentences the thresholds are set on. The later hands were asked for what is hard to tell apart."""
LEAST_THRESHOLD = 0.5
FEWEST_USES = 3
"""A sign that fewer uses have is left out: hands left out were judged as well by a fifth of the file."""
SMALLEST_WEIGHT = 0.06
"""What says less than this is left out of the file: by half a point at most it changed what is said of the
hands kept aside, and the file is a third shorter."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a phrase, with its signs."""

    hand: str
    commas: Commas
    kind: str
    signs: tuple[str, ...]
    is_filler: bool


def uses_of(hand: str, commas: Commas, word_kinds: WordKinds) -> list[Use]:
    """Return the uses in a hand's sentences."""
    return [
        use for sentence in written_by([hand], commas) for use in _uses_in(sentence, hand, commas, word_kinds)
    ]


def _uses_in(sentence: MarkedSentence, hand: str, commas: Commas, word_kinds: WordKinds) -> list[Use]:
    """As the app goes through them: the fillers of an earlier round are no neighbours any more."""
    context = FillerContext.of(sentence.words)
    found: list[Use] = []
    for kinds in ROUNDS:
        uses = [use for use in phrase_uses(context) if use.kind in kinds]
        found += [
            Use(hand, commas, use.kind, tuple(signs(context, use, word_kinds)), use.index in sentence.fillers)
            for use in uses
        ]
        context = context.marking(
            {index for use in uses if use.index in sentence.fillers for index in use.indexes}
        )
    return found


def with_common_signs(uses: Sequence[Use]) -> list[Use]:
    """Return the uses with those signs alone that enough of them have; a sentence counts once."""
    met = Counter(sign for use in uses if use.commas is Commas.NONE for sign in use.signs)
    met += Counter(sign for use in uses if use.commas is Commas.ALL for sign in use.signs if "marks" in sign)
    return [replace(use, signs=tuple(sign for sign in use.signs if met[sign] >= FEWEST_USES)) for use in uses]


def fitted(uses: Sequence[Use]) -> tuple[DictVectorizer, LogisticRegression]:
    """Return a regression over these uses of one kind, and what numbers its signs."""
    vectoriser = DictVectorizer(dtype=np.float64)
    table = vectoriser.fit_transform([_row(use) for use in uses])
    table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
    model = LogisticRegression(C=PENALTY, solver="liblinear", max_iter=1000)
    return vectoriser, model.fit(table, [use.is_filler for use in uses])


def _row(use: Use) -> dict[str, int]:
    return dict.fromkeys(use.signs, 1)


def left_out(uses: Sequence[Use]) -> list[tuple[Use, float]]:
    """Return each use with what a regression says of it that never saw its hand."""
    said: list[tuple[Use, float]] = []
    for hand in sorted({use.hand for use in uses}):
        vectoriser, model = fitted([use for use in uses if use.hand != hand])
        own = [use for use in uses if use.hand == hand]
        chances = model.predict_proba(vectoriser.transform([_row(use) for use in own]))[:, 1]
        said += zip(own, (float(chance) for chance in chances), strict=True)
    return said


def threshold_of(said: Sequence[tuple[Use, float]]) -> float:
    """Return the probability from which enough of what is marked is a filler, and most are found.

    Where no probability gives that, the least of all stands: then the hands do not agree what a filler is.
    """
    ranked = sorted(said, key=lambda one: -one[1])
    right = 0
    best = LEAST_THRESHOLD
    for count, (use, chance) in enumerate(ranked, 1):
        right += use.is_filler
        if chance < LEAST_THRESHOLD:
            break
        if right / count >= LEAST_PRECISION:
            best = chance
    return round(best, 3)


def figures(said: Sequence[tuple[Use, float]], threshold: float) -> str:
    """Return recall and precision, with commas and without."""
    parts = []
    for commas in (Commas.ALL, Commas.NONE):
        own = [(use, chance >= threshold) for use, chance in said if use.commas is commas]
        counts = Counter((use.is_filler, marked) for use, marked in own)
        right = counts[True, True]
        recall = right / max(1, right + counts[True, False])
        parts.append(f"{recall:>8.2f}{right / max(1, right + counts[False, True]):>6.2f}")
    return "".join(parts)


def as_record(uses: Sequence[Use], threshold: float) -> Mapping[str, Any]:
    """Return the weights of one kind, trained on all its uses, as they are kept."""
    vectoriser, model = fitted(uses)
    weights = zip(vectoriser.get_feature_names_out(), model.coef_[0], strict=True)
    return {
        "offset": round(float(model.intercept_[0]), 3),
        "threshold": threshold,
        "signs": {
            sign: round(float(weight), 3) for sign, weight in weights if abs(weight) >= SMALLEST_WEIGHT
        },
    }


def main() -> None:
    """Train, print and write."""
    parser = argparse.ArgumentParser(prog="python -m whypm_lab.speech.filler_training", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights that the app ships")
    options = parser.parse_args()
    hands = training_hands()
    folder = find_places().assets / "fillers"
    word_kinds = read_word_kinds(folder)
    uses = [use for hand in hands for commas in Commas for use in uses_of(hand, commas, word_kinds)]
    tried = sum(use.commas is Commas.ALL for use in uses)
    print(f"{tried} uses by {len(hands)} hands, each left out once: recall and precision")
    print(f"{'':<12}{'from':>8}{'with commas':>14}{'without':>14}")
    record = {}
    for kind in KINDS:
        own = with_common_signs([use for use in uses if use.kind == kind])
        said = left_out(own)
        threshold = threshold_of([one for one in said if one[0].hand in PLAIN_HANDS])
        print(f"{kind:<12}{threshold:>8.2f}{figures(said, threshold)}")
        if options.write:
            record[kind] = as_record(own, threshold)
    if options.write:
        (folder / FILE).write_text(json.dumps(record, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
