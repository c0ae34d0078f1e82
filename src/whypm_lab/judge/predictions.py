"""What networks said of answers by authors they had never seen, kept so that tables need no training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from whypm.domain.feedback import Level
from whypm.feedback.judging.speaker import RULED_OUT_LOGITS, ceilings
from whypm_lab.judge.answers import DATA, ITEMS, LabelledAnswer

#: The share that the network on each base has in a verdict: of 0, 0.3, 0.4 to 0.8 and 1 for the wide one, 0.7
#: and 0.8 were the best on authors left out, whichever narrow networks stood beside it.
SHARES = {"minilm": 0.25, "mpnet": 0.75}
#: Where the predictions of the networks on each base are kept.
OUT_OF_FOLD = {base: DATA / f"out_of_fold_{base}.npz" for base in SHARES}
#: What the shipped weights said of the newest hands' answers before they were trained on them.
STRANGERS = DATA / "strangers.npz"

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Prediction:
    """``sentences`` [sentences, items, 2] and what the whole adds, ``answer`` [items, 2].

    Logits come in pairs: present, evidence.
    """

    sentences: Floats
    answer: Floats

    def judged_with(self, sentences: Sequence[str]) -> "Prediction":
        """The same with the app's rules on the speaker applied, for thresholds to be fitted on."""
        lowered = self.sentences.copy()
        for number, sentence in enumerate(sentences):
            for item, ceiling in ceilings(sentence).items():
                beyond = slice(None) if ceiling is Level.MISSING else 1
                lowered[number, ITEMS.index(item), beyond] -= RULED_OUT_LOGITS
        return Prediction(lowered, self.answer)

    @property
    def total(self) -> Floats:
        """The answer's logits [items, 2]: soft maximum over the sentences, plus what the whole adds."""
        highest = self.sentences.max(axis=0)
        return highest + np.log(np.exp(self.sentences - highest).sum(axis=0)) + self.answer


def save(
    path: Path, answers: Sequence[LabelledAnswer], predictions: Sequence[Prediction], folds: Sequence[int]
) -> None:
    """Keep predictions in half precision, answers named by their ids."""
    np.savez_compressed(
        path,
        ids=np.array([answer.id for answer in answers]),
        folds=np.array(folds),
        counts=np.array([len(prediction.sentences) for prediction in predictions]),
        sentences=np.concatenate([prediction.sentences for prediction in predictions]).astype(np.float16),
        answers=np.stack([prediction.answer for prediction in predictions]).astype(np.float16),
    )


def load(path: Path, answers: Sequence[LabelledAnswer]) -> tuple[list[Prediction], Ints]:
    """Predictions and fold of each answer; raise ValueError where one has none, or other sentences."""
    with np.load(path) as kept:
        ends = np.cumsum(kept["counts"])
        sentences = np.split(kept["sentences"].astype(np.float32), ends[:-1])
        known = {
            str(name): (Prediction(block, whole.astype(np.float32)), int(fold))
            for name, block, whole, fold in zip(
                kept["ids"], sentences, kept["answers"], kept["folds"], strict=True
            )
        }
    found = []
    for answer in answers:
        if answer.id not in known or len(known[answer.id][0].sentences) != len(answer.sentences):
            raise ValueError(
                f"{path.name} has no prediction for answer {answer.id} as it stands: run the training"
            )
        found.append(known[answer.id])
    return [prediction for prediction, _ in found], np.array([fold for _, fold in found])


def load_mean(answers: Sequence[LabelledAnswer]) -> tuple[list[Prediction], Ints]:
    """What the networks on all bases said together, as the app takes it, and each answer's fold.

    Raises ValueError as :func:`load` does, and where the bases left different authors out together.
    """
    kept = {base: load(path, answers) for base, path in OUT_OF_FOLD.items()}
    folds = [of_base for _, of_base in kept.values()]
    if any((other != folds[0]).any() for other in folds):
        raise ValueError("the predictions come from different folds: run the training")
    each = zip(*(predictions for predictions, _ in kept.values()), strict=True)
    return [together(dict(zip(kept, said, strict=True))) for said in each], folds[0]


def together(said: Mapping[str, Prediction]) -> Prediction:
    """What the networks on several bases say together of one answer."""
    return Prediction(
        np.sum([SHARES[base] * one.sentences for base, one in said.items()], axis=0),
        np.sum([SHARES[base] * one.answer for base, one in said.items()], axis=0),
    )
