"""What recognition costs the judge: ``python -m whypm_lab.judge.spoken``.

Judges the answers that `whypm_lab.speech.spoken_answers` had read aloud and recognised: once as they were
written, once in the recognised words and the sentences found in them. Each is judged by the fold's networks
that never saw its author (``train folds`` keeps those), with settings fitted on the others. With
``--shipped FILE`` the answers are those of a file that nothing was trained on, and the shipped weights judge.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from whypm_lab.judge.answers import CORE_AUTHORS, LabelledAnswer, load_authors, read_answers
from whypm_lab.judge.base_encoder import BASES, base_folder
from whypm_lab.judge.calibration import fit
from whypm_lab.judge.folds import FOLDS
from whypm_lab.judge.metrics import f1, presence_f1
from whypm_lab.judge.predictions import Ints, load_mean, together
from whypm_lab.judge.shipped_judge import ShippedJudge
from whypm_lab.judge.train import SCRATCH, said_by
from whypm_lab.judge.verdicts import Verdicts, from_prediction
from whypm_lab.speech.spoken_answers import SpokenAnswer, kept_file, read_kept


@dataclass(frozen=True, slots=True)
class SpokenVerdicts:
    """Levels [answers, items]: the labels, and what was judged in the written and in the recognised words."""

    truth: Ints
    written: Ints
    recognised: Ints


def judge_spoken(spoken: Sequence[SpokenAnswer], bases: Mapping[str, Path], networks: Path) -> SpokenVerdicts:
    """Judge each spoken answer as written and as recognised, by networks and settings that never saw it.

    ``networks`` holds a folder a base.
    """
    core = load_authors(CORE_AUTHORS)
    predictions, folds = load_mean(core)
    place = {answer.id: index for index, answer in enumerate(core)}
    truth, written, recognised = [], [], []
    for fold in FOLDS:
        others = np.flatnonzero(folds != fold.index)
        settings = fit([core[index] for index in others], [predictions[index] for index in others])
        mine = [one for one in spoken if folds[place[one.id]] == fold.index]
        heard = [_as_heard(one) for one in mine]
        said = {
            name: said_by(base, networks / name / f"fold{fold.index}.pt", heard)
            for name, base in bases.items()
        }
        for one, *each in zip(mine, *said.values(), strict=True):
            answer = core[place[one.id]]
            truth.append(answer.answer_levels)
            written.append(from_prediction(answer.sentences, predictions[place[one.id]], settings))
            recognised.append(
                from_prediction(one.sentences, together(dict(zip(said, each, strict=True))), settings)
            )
    return SpokenVerdicts(np.array(truth), Verdicts.of(written).levels, Verdicts.of(recognised).levels)


def judge_shipped(spoken: Sequence[SpokenAnswer], answers: Sequence[LabelledAnswer]) -> SpokenVerdicts:
    """Judge those of ``answers`` that were spoken with the shipped weights, as written and as recognised."""
    judge = ShippedJudge()
    heard = {one.id: one.sentences for one in spoken}
    answers = [answer for answer in answers if answer.id in heard]
    written = Verdicts.of([judge(answer.sentences) for answer in answers])
    recognised = Verdicts.of([judge(heard[answer.id]) for answer in answers])
    truth = np.array([answer.answer_levels for answer in answers])
    return SpokenVerdicts(truth, written.levels, recognised.levels)


def _as_heard(one: SpokenAnswer) -> LabelledAnswer:
    """The recognised sentences, without labels of their own."""
    return LabelledAnswer(one.id, "", "", one.sentences, ())


def main() -> None:
    """Read the command line, judge and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--networks", type=Path, default=SCRATCH / "whypm-judge", help="where `train folds` kept its networks"
    )
    parser.add_argument(
        "--spoken", type=Path, help="what `spoken_answers` kept, if not where it does by itself"
    )
    parser.add_argument("--unpacked", type=Path, default=SCRATCH / "whypm-base-encoders")
    parser.add_argument("--shipped", type=Path, metavar="FILE", help="labelled answers that were spoken")
    chosen = parser.parse_args()
    spoken = read_kept(chosen.spoken or kept_file(chosen.shipped))
    if chosen.shipped:
        verdicts = judge_shipped(spoken, read_answers(chosen.shipped, chosen.shipped.stem))
    else:
        bases = {name: base_folder(base, chosen.unpacked) for name, base in BASES.items()}
        verdicts = judge_spoken(spoken, bases, chosen.networks)
    truth = verdicts.truth
    print(f"{len(truth)} answers       macro F1  micro F1  three levels")
    for name, found in (("as written", verdicts.written), ("as recognised", verdicts.recognised)):
        micro = f1(truth.ravel() > 0, found.ravel() > 0)
        same = (truth == found).mean()
        print(f"{name:16}{presence_f1(truth, found).mean():12.3f}{micro:10.3f}{same:14.3f}")
    same = (verdicts.written == verdicts.recognised).mean()
    print(f"both say the same level in {same:.1%} of the decisions")


if __name__ == "__main__":
    main()
