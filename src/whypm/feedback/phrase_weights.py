"""The learned weights that tell a phrase that fills a gap from the same words meant."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from whypm.domain.errors import ModelError
from whypm.feedback.filler_context import FillerContext
from whypm.feedback.filler_signs import KINDS, PhraseUse, signs
from whypm.feedback.word_kinds import WordKinds, read_word_kinds

FILE = "phrases.json"
_REMEDY = "Install WhyPM again."


@dataclass(frozen=True, slots=True)
class KindWeights:
    """A logistic regression for one kind of phrase: a weight for each sign, and where a filler begins."""

    weights: Mapping[str, float]
    offset: float
    threshold: float
    """The probability from which a use counts as a filler."""

    def probability(self, found: Iterable[str]) -> float:
        """Return how likely a use with these signs is a filler, 0 to 1."""
        logit = self.offset + sum(self.weights.get(sign, 0.0) for sign in found)
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, logit))))


@dataclass(frozen=True, slots=True)
class PhraseWeights:
    """The weights of all kinds; made by ``whypm_lab.speech.filler_training``, which prints the figures."""

    kinds: Mapping[str, KindWeights]
    word_kinds: WordKinds

    def is_filler(self, context: FillerContext, use: PhraseUse) -> bool:
        """Say whether this use fills a gap."""
        kind = self.kinds[use.kind]
        return kind.probability(signs(context, use, self.word_kinds)) >= kind.threshold


def read_phrase_weights(folder: Path) -> PhraseWeights:
    """Read ``phrases.json`` and the kinds of words. Raises ModelError where one is missing or damaged."""
    path = folder / FILE
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        kinds = {kind: _kind(record[kind]) for kind in KINDS}
    except OSError as error:
        raise ModelError(
            f"The weights for fillers {path} cannot be read: {error.strerror}.", _REMEDY
        ) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"The weights for fillers {path} are damaged.", _REMEDY) from error
    return PhraseWeights(MappingProxyType(kinds), read_word_kinds(folder))


def _kind(record: Mapping[str, Any]) -> KindWeights:
    weights = {str(sign): float(weight) for sign, weight in record["signs"].items()}
    return KindWeights(MappingProxyType(weights), float(record["offset"]), float(record["threshold"]))
