"""The network that tells phrases that fill a gap from the same words meant, by the words around them."""

import math
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from whypm.domain.errors import ModelError
from whypm.feedback.fillers.phrases import PhraseInContext
from whypm.feedback.text.tokeniser import open_tokeniser
from whypm.neural_runtime import open_network

NETWORK, TOKENISER = "fillers.onnx", "tokenizer.json"
CHANCES_KEPT = 512
"""Uses that are remembered: those of half an hour's talk. What was read ahead is not read again."""


class FillerNetwork:
    """Gives each use of a phrase the chance that it fills a gap; made by ``filler_training``.

    The same words give the same chance every time. Safe to share between threads.

    Args:
        folder: Holds the graph and its tokeniser.

    Raises:
        ModelError: They cannot be loaded.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._session = open_network(folder / NETWORK)
            self._tokeniser = open_tokeniser(folder / TOKENISER)
        except Exception as error:  # both libraries raise classes of their own, some of them bare Exception
            raise ModelError(
                f"The network for fillers in {folder} cannot be loaded: {error}.", "Install WhyPM again."
            ) from error
        self._start, *_, self._end = self._tokeniser.encode("a").ids
        self._one_at_a_time = threading.Lock()
        self._remembered: OrderedDict[PhraseInContext, float] = OrderedDict()

    def filler_chances(self, uses: Sequence[PhraseInContext]) -> tuple[float, ...]:
        """Return the chance of each use, 0 to 1."""
        with self._one_at_a_time:
            return tuple(self._chance(use) for use in uses)

    def _chance(self, use: PhraseInContext) -> float:
        if use not in self._remembered:
            self._remembered[use] = self._run(use)
        self._remembered.move_to_end(use)
        if len(self._remembered) > CHANCES_KEPT:
            self._remembered.popitem(last=False)
        return self._remembered[use]

    def _run(self, use: PhraseInContext) -> float:
        import numpy as np

        pieces = [
            encoding.ids
            for encoding in self._tokeniser.encode_batch(list(use.words), add_special_tokens=False)
        ]
        ids = [self._start, *(number for piece in pieces for number in piece), self._end]
        place = 1 + sum(map(len, pieces[: use.index]))
        (logits,) = self._session.run(None, {"ids": np.array([ids], np.int64)})
        return 1.0 / (1.0 + math.exp(-float(logits[0, place])))
