"""What the judge has to beat: key words, ticking everything, bare cosine, and logistic heads.

Each returns levels [answers, items]. Thresholds and training come from the other folds' answers.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer

from whypm_lab.judge.answers import ITEMS, LabelledAnswer
from whypm_lab.judge.network import pretrained

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KEY_WORDS = {
    "passion": "passion|love|enjoy|excit|enthusias|thrill|fascinat",
    "experience": "experience|background|worked|years|led|project|shipped|launched",
    "strategy": "strateg|priorit|trade-?off|data|decision|analy|decid",
    "collaboration": "collaborat|team|stakeholder|cross-functional|communicat|engineers|designers",
    "company": "your company|your product|your mission|your vision|your users|here|this company",
    "change": "change|impact|own|roadmap|road map|direction|vision",
    "skills": "skill|learn|grow|technical|business|intersection",
    "contribution": "help|people|society|lives|better|users|difference",
    "path": "began|started|realis|realiz|came to|moment|first|since",
    "aspiration": "future|goal|career|want to become|long term|five years|aspire|grow",
}
DESCRIPTIONS = {
    "passion": "I am enthusiastic about making and launching products.",
    "experience": "I have done earlier work that bears on product management.",
    "strategy": "I choose what to do and why, weighing trade-offs with data.",
    "collaboration": "I work and communicate with engineers, designers and stakeholders.",
    "company": "I am interested in your company, its products and its mission.",
    "change": "I want to decide what gets built and where the product goes.",
    "skills": "The role uses and grows many skills between business and technology.",
    "contribution": "I want to make products that make people's lives better.",
    "path": "This is how I came to product management.",
    "aspiration": "This is the career that I want in the future.",
}
_MENTION, _EVIDENCE = 1, 2


def key_words(answers: Sequence[LabelledAnswer]) -> Ints:
    """A mention wherever a word of the item's list falls."""
    patterns = [re.compile(rf"\b(?:{KEY_WORDS[item]})", re.IGNORECASE) for item in ITEMS]
    texts = [" ".join(answer.sentences) for answer in answers]
    return np.array([[_MENTION * bool(pattern.search(text)) for pattern in patterns] for text in texts])


def everything(answers: Sequence[LabelledAnswer]) -> Ints:
    """Every box ticked."""
    return np.full((len(answers), len(ITEMS)), _EVIDENCE)


class FrozenEncoder:
    """Mean-pooled sentence vectors of length 1 from a published encoder as it is."""

    def __init__(self, folder: Path) -> None:
        self._encoder = pretrained(folder).eval().encoder
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    @torch.inference_mode()
    def __call__(self, sentence: str) -> Floats:
        """One sentence to its vector [width]."""
        ids = torch.tensor(self._tokenizer.encode(sentence).ids[:256])[None]
        vector = self._encoder(ids, torch.ones(ids.shape))[0].mean(0)
        return torch.nn.functional.normalize(vector, dim=0).double().numpy()


def cosine(
    answers: Sequence[LabelledAnswer], vectors: Sequence[Floats], folds: Ints, encoder: FrozenEncoder
) -> Ints:
    """A mention where the best sentence's cosine to the description passes the other folds' threshold."""
    targets = np.stack([encoder(DESCRIPTIONS[item]) for item in ITEMS], axis=1)
    scores = np.stack([(block @ targets).max(axis=0) for block in vectors])
    return _cut_per_fold(scores, np.array([answer.answer_levels for answer in answers]), folds)


def logistic_heads(
    answers: Sequence[LabelledAnswer], vectors: Sequence[Floats], folds: Ints, is_measured: NDArray[np.bool_]
) -> Ints:
    """Logistic regression on sentence, neighbours and position; evidence by a second head.

    Answers that are not ``is_measured`` belong to no fold and are trained on throughout.
    """
    features = [_with_neighbours(block) for block in vectors]
    truth = np.array([answer.answer_levels for answer in answers])
    scores = np.zeros((*truth.shape, 2))
    for fold in np.unique(folds[is_measured]):
        out = is_measured & (folds == fold)
        inside = np.flatnonzero(~out)
        block = np.concatenate([features[index] for index in inside])
        levels = np.concatenate([np.array(answers[index].levels) for index in inside])
        for item in range(len(ITEMS)):
            for step in (0, 1):
                head = LogisticRegression(C=2.0, max_iter=80, tol=1e-2, class_weight="balanced")
                head.fit(block, levels[:, item] > step)
                for index in np.flatnonzero(out):
                    scores[index, item, step] = head.decision_function(features[index]).max()
    measured = np.flatnonzero(is_measured)
    present = _cut_per_fold(scores[measured, :, 0], truth[measured], folds[measured])
    proven = _cut_per_fold(scores[measured, :, 1], np.maximum(truth[measured] - 1, 0), folds[measured])
    return present + present * proven


def _with_neighbours(block: Floats) -> Floats:
    nothing = np.zeros((1, block.shape[1]))
    place = np.linspace(0, 1, len(block))[:, None]
    ends = np.stack([np.arange(len(block)) == 0, np.arange(len(block)) == len(block) - 1], axis=1)
    before, after = np.concatenate([nothing, block[:-1]]), np.concatenate([block[1:], nothing])
    return np.concatenate([block, before, after, place, ends], axis=1)


def _cut_per_fold(scores: Floats, truth: Ints, folds: Ints) -> Ints:
    """1 where a score reaches the threshold with the best F1 on the other folds."""
    found = np.zeros(scores.shape, dtype=np.int64)
    for fold in np.unique(folds):
        out = folds == fold
        for item in range(scores.shape[1]):
            known, wanted = scores[~out, item], truth[~out, item] > 0
            bars = np.quantile(known, np.linspace(0.02, 0.98, 97))
            hits = known[:, None] >= bars
            quality = 2 * (hits & wanted[:, None]).sum(0) / (hits.sum(0) + wanted.sum())
            found[out, item] = scores[out, item] >= bars[int(np.argmax(quality))]
    return found
