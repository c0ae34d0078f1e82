"""Measure the judge: ``python -m whypm_lab.judge.evaluate``.

Prints one table over the answers that came with the guideline, every author judged by networks that never
saw them, beside each network alone and four baselines; then evidence, calibration and the trap slices.
``--recompute`` trains those networks that are not kept in ``--networks`` (hours) and makes the baselines
anew. ``--shipped FILE ...`` measures the shipped weights, through the app's own code, on labelled answers by
other authors: accuracy, cost.
"""

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from whypm.domain.feedback import SURE_FROM_CONFIDENCE
from whypm_lab.judge import baselines
from whypm_lab.judge.answers import CORE_AUTHORS, DATA, ITEMS, LabelledAnswer, load_authors, read_answers
from whypm_lab.judge.base_encoder import BASES, MINILM, base_folder
from whypm_lab.judge.metrics import bootstrap, calibration_error, f1, presence_f1
from whypm_lab.judge.predictions import OUT_OF_FOLD, load, load_mean
from whypm_lab.judge.shipped_judge import ASSETS, ShippedJudge
from whypm_lab.judge.shipping import FILES
from whypm_lab.judge.slices import false_positive_rates, read_traps
from whypm_lab.judge.train import RECIPES, SCRATCH, every_author, train_folds
from whypm_lab.judge.verdicts import Verdicts, out_of_fold

BASELINES = DATA / "baselines.json"

Ints = NDArray[np.int64]


def summary(truth: Ints, found: Ints) -> NDArray[np.float64]:
    """Macro F1, micro F1 of presence, and agreement of the three levels."""
    return np.array(
        [presence_f1(truth, found).mean(), f1(truth.ravel() > 0, found.ravel() > 0), (truth == found).mean()]
    )


def compute_baselines(answers: list[LabelledAnswer], folds: Ints, unpacked: Path) -> dict[str, Ints]:
    """The four baselines' levels; the logistic heads train on further authors' answers too."""
    encoder = baselines.FrozenEncoder(base_folder(MINILM, unpacked))
    further = load_authors(author for author in every_author() if author not in CORE_AUTHORS)
    everybody = [*answers, *further]
    vectors = [np.stack([encoder(sentence) for sentence in answer.sentences]) for answer in everybody]
    is_measured = np.arange(len(everybody)) < len(answers)
    all_folds = np.concatenate([folds, np.full(len(further), -1)])
    return {
        "key words": baselines.key_words(answers),
        "every box": baselines.everything(answers),
        "cosine": baselines.cosine(answers, vectors[: len(answers)], folds, encoder),
        "logistic": baselines.logistic_heads(everybody, vectors, all_folds, is_measured),
    }


def print_table(truth: Ints, columns: Mapping[str, Ints]) -> None:
    """Presence F1 an item with the judge's 95 % interval, then the summary rows."""
    judge = columns["judge"]
    scores = {name: [*presence_f1(truth, found), *summary(truth, found)] for name, found in columns.items()}
    low, high = bootstrap(truth, judge, presence_f1)
    summary_low, summary_high = bootstrap(truth, judge, summary)
    rows = [*ITEMS, "macro F1", "micro F1", "three levels"]
    print(
        f"{'presence F1':14}{'shown by':>9}" + "".join(f"{name:>11}" for name in columns) + "   95 % interval"
    )
    for row, name in enumerate(rows):
        count = f"{(truth[:, row] > 0).sum():9}" if row < len(ITEMS) else " " * 9
        interval = (
            (low[row], high[row])
            if row < len(ITEMS)
            else (summary_low[row - len(ITEMS)], summary_high[row - len(ITEMS)])
        )
        figures = "".join(f"{scores[column][row]:11.3f}" for column in columns)
        print(f"{name:14}{count}{figures}   {interval[0]:.3f}-{interval[1]:.3f}")


def print_evidence(answers: list[LabelledAnswer], verdicts: Verdicts) -> None:
    """Share of first shown sentences that carry the item, and how honest the confidence is."""
    truth = np.array([answer.answer_levels for answer in answers])
    carried, rightly, surely = [], [], []
    for index, item in zip(*np.nonzero(verdicts.first >= 0), strict=True):
        does_carry = answers[index].levels[verdicts.first[index, item]][item] > 0
        carried.append(does_carry)
        if truth[index, item] > 0:
            rightly.append(does_carry)
        if verdicts.confidence[index, item] >= SURE_FROM_CONFIDENCE:
            surely.append(does_carry)
    right = verdicts.levels == truth
    sure = verdicts.confidence >= SURE_FROM_CONFIDENCE
    error = calibration_error(verdicts.confidence.ravel(), right.ravel())
    print(f"first sentence shown carries the item: {np.mean(carried):.3f} of all shown,", end=" ")
    print(
        f"{np.mean(surely):.3f} of those shown as sure, {np.mean(rightly):.3f} where the answer has the item"
    )
    print(f"expected calibration error {error:.3f};", end=" ")
    print(f"sure of {sure.mean():.3f} of the decisions, right in {right[sure].mean():.3f} of those")


def print_slices() -> None:
    """False positives of the shipped weights on sentences made to fool key words (never trained on)."""
    if not (ASSETS / "judge.json").exists():
        print("no shipped weights: slices not measured")
        return
    rates = false_positive_rates(read_traps(), ShippedJudge().sentence_levels)
    print("false positives on the trap slices (shipped weights):")
    for name, (wrong, total) in rates.items():
        print(f"  {name:14}{wrong:3} of {total:3} {wrong / total:7.1%}")


def measure_shipped(paths: Sequence[Path]) -> None:
    """Accuracy and cost of the shipped weights on files of labelled answers, taken together."""
    begin = time.perf_counter()
    judge = ShippedJudge()
    loaded = time.perf_counter() - begin
    answers = [answer for path in paths for answer in read_answers(path, path.stem)]
    begin = time.process_time()  # of all threads: the networks share their work between two
    verdicts = Verdicts.of([judge(answer.sentences) for answer in answers])
    spent = time.process_time() - begin
    truth = np.array([answer.answer_levels for answer in answers])
    print_table(truth, {"judge": verdicts.levels})
    print_evidence(answers, verdicts)
    sentences = sum(len(answer.sentences) for answer in answers)
    size = sum(file.stat().st_size for file in ASSETS.iterdir())
    cost = spent / sentences * 1000
    print(f"{cost:.1f} ms of processor a sentence, loaded in {loaded:.2f} s, {size / 1e6:.1f} MB")


def print_core(unpacked: Path) -> None:
    """The table over the answers that came with the guideline."""
    answers = load_authors(CORE_AUTHORS)
    predictions, folds = load_mean(answers)
    verdicts = out_of_fold(answers, predictions, folds)
    alone = {
        FILES[base].removesuffix(".onnx"): out_of_fold(answers, *load(path, answers)).levels
        for base, path in OUT_OF_FOLD.items()
    }
    if not BASELINES.exists():
        found = compute_baselines(answers, folds, unpacked)
        BASELINES.write_text(
            json.dumps({name: levels.tolist() for name, levels in found.items()}), encoding="utf-8"
        )
    kept = {
        name: np.array(levels) for name, levels in json.loads(BASELINES.read_text(encoding="utf-8")).items()
    }
    truth = np.array([answer.answer_levels for answer in answers])
    print(f"{len(answers)} answers; whole authors left out of training and of the choice of thresholds")
    print_table(truth, {"judge": verdicts.levels, **alone, **kept})
    print_evidence(answers, verdicts)
    print_slices()


def main() -> None:
    """Read the command line and print what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--shipped", type=Path, nargs="+", metavar="FILE", help="labelled answers to measure the weights on"
    )
    parser.add_argument(
        "--recompute",
        action="store_true",
        help="train the networks that are not kept, renew the baselines",
    )
    parser.add_argument("--networks", type=Path, default=SCRATCH / "whypm-judge", help="where they are kept")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--unpacked", type=Path, default=SCRATCH / "whypm-base-encoders")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    if chosen.shipped:
        measure_shipped(chosen.shipped)
        return
    if chosen.recompute:
        for name, base in BASES.items():
            folder = base_folder(base, chosen.unpacked)
            train_folds(folder, RECIPES[name], OUT_OF_FOLD[name], chosen.networks / name)
        BASELINES.unlink(missing_ok=True)
    print_core(chosen.unpacked)


if __name__ == "__main__":
    main()
