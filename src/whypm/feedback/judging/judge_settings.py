"""The judge's thresholds and calibration, and the check that its files are the ones that were shipped."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from whypm.domain.errors import ModelError
from whypm.shipped_file import REMEDY, require_shipped


@dataclass(frozen=True, slots=True)
class Cut:
    """From a logit to a calibrated probability (Platt 1999), and the probability that counts as yes."""

    slope: float
    offset: float
    threshold: float

    def probability(self, logit: float) -> float:
        """Return the calibrated probability, 0 to 1."""
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, self.slope * logit + self.offset))))


@dataclass(frozen=True, slots=True)
class ItemSettings:
    """One trained item: its place in the weights' output, the answer's cuts, the sentences' cuts (logits)."""

    row: int
    present: Cut
    evidence: Cut
    sentence_present: float
    sentence_evidence: float


@dataclass(frozen=True, slots=True)
class JudgeSettings:
    """Every trained item by its id, and each network's file with its share in a verdict."""

    items: dict[str, ItemSettings]
    networks: dict[str, float]

    def item(self, item_id: str) -> ItemSettings | None:
        """Return the settings of a trained item, or None where the weights do not know it."""
        return self.items.get(item_id)


def read_settings(folder: Path) -> JudgeSettings:
    """Read ``judge.json`` and check the SHA-256 of every file that it lists.

    Raises:
        ModelError: A file is missing, damaged or not the one that was shipped; the message names it.
    """
    path = folder / "judge.json"
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        checksums = dict(record["sha256"])
        networks = {str(name): float(share) for name, share in record["networks"].items()}
        items = {
            item["id"]: ItemSettings(
                row=row,
                present=Cut(**item["present"]),
                evidence=Cut(**item["evidence"]),
                sentence_present=float(item["sentence_present"]),
                sentence_evidence=float(item["sentence_evidence"]),
            )
            for row, item in enumerate(record["items"])
        }
    except OSError as error:
        raise ModelError(f"The judge's settings {path} cannot be read: {error.strerror}.", REMEDY) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"The judge's settings {path} are damaged.", REMEDY) from error
    if not networks or not checksums.keys() >= {*networks, "tokenizer.json"}:
        raise ModelError(f"The judge's settings {path} are damaged.", REMEDY)
    for name, expected in checksums.items():
        require_shipped(folder / name, expected, "The judge's")
    return JudgeSettings(items, networks)
