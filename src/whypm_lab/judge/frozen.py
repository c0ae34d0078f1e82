"""The lower layers' vectors, computed once where those layers are not trained."""

import copy
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from whypm_lab.judge.answers import LabelledAnswer
from whypm_lab.judge.augmentation import as_written, vary
from whypm_lab.judge.batches import AnswerTokeniser, Example
from whypm_lab.judge.network import AnswerNetwork
from whypm_lab.judge.recipe import Recipe


class FrozenLayers:
    """A few fixed variations of each answer with their vectors above the frozen layers.

    The variations depend on the answer alone, so that every fold and the final run share them, through the
    scratch file ``kept``.
    """

    def __init__(
        self, network: AnswerNetwork, tokeniser: AnswerTokeniser, recipe: Recipe, kept: Path | None
    ) -> None:
        self._encoder = copy.deepcopy(network.encoder).to(torch.bfloat16).eval()
        self._tokeniser = tokeniser
        self._recipe = recipe
        self._kept = kept
        self._vectors: dict[tuple[int, ...], Tensor] = {}
        if kept is not None and kept.exists():
            self._vectors = torch.load(kept)

    def prepare(self, answers: Sequence[LabelledAnswer]) -> None:
        """Compute what is missing and keep it."""
        before = len(self._vectors)
        for answer in answers:
            for variant in range(self._recipe.variants):
                self._example(answer, variant)
        if self._kept is not None and len(self._vectors) > before:
            torch.save(self._vectors, self._kept)

    def example(self, answer: LabelledAnswer, rng: random.Random) -> Example:
        """One of the answer's variations."""
        return self._example(answer, rng.randrange(self._recipe.variants))

    def _example(self, answer: LabelledAnswer, variant: int) -> Example:
        chosen = random.Random(f"{answer.id} {variant}")
        segmented = vary(answer, chosen) if variant else as_written(answer)
        tokens = self._tokeniser(segmented.segments)
        if tokens.ids not in self._vectors:
            self._vectors[tokens.ids] = self._below(tokens.ids)
        return Example(segmented, tokens, self._vectors[tokens.ids])

    @torch.no_grad()
    def _below(self, ids: tuple[int, ...]) -> Tensor:
        row = torch.tensor(ids)[None]
        mask = torch.ones(row.shape)
        return self._encoder.run(self._encoder.embed(row), mask, 0, self._recipe.freeze_layers)[0]
