"""Tells which phrases fill a gap: the network's chances, held against a threshold."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from whypm.domain.errors import ModelError
from whypm.feedback.fillers.network import NETWORK, TOKENISER
from whypm.feedback.fillers.phrases import PhraseInContext, PhraseUse, in_context
from whypm.shipped_file import REMEDY, require_shipped

SETTINGS = "fillers.json"


class ChanceReader(Protocol):
    """What gives chances, wherever the network is."""

    def filler_chances(self, uses: Sequence[PhraseInContext]) -> tuple[float, ...]:
        """Return the chance of each use that it fills a gap, 0 to 1. Raises ModelError."""


@dataclass(frozen=True, slots=True)
class PhraseJudge:
    """Made by `read_phrase_judge`; the threshold is set by `whypm_lab.speech.filler_training`."""

    reader: ChanceReader
    threshold: float

    def fillers(self, texts: Sequence[str], uses: Sequence[PhraseUse]) -> tuple[PhraseUse, ...]:
        """Return those uses that fill a gap; precision goes before recall.

        Args:
            texts: All words as written, without spaces.
            uses: The uses of phrases among them.

        Raises:
            ModelError: The network cannot be loaded, or its process was lost.
        """
        if not uses:
            return ()
        chances = self.reader.filler_chances([in_context(texts, use) for use in uses])
        return tuple(use for use, chance in zip(uses, chances, strict=True) if chance >= self.threshold)


def read_phrase_judge(folder: Path, reader: ChanceReader) -> PhraseJudge:
    """Read ``fillers.json`` and check the SHA-256 of every file that it lists.

    Raises:
        ModelError: A file is missing, damaged or not the one that was shipped; the message names it.
    """
    path = folder / SETTINGS
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        checksums = {name: str(record["sha256"][name]) for name in (NETWORK, TOKENISER)}
        threshold = float(record["threshold"])
    except OSError as error:
        raise ModelError(
            f"The settings for fillers {path} cannot be read: {error.strerror}.", REMEDY
        ) from error
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"The settings for fillers {path} are damaged.", REMEDY) from error
    for name, checksum in checksums.items():
        require_shipped(folder / name, checksum, "The fillers'")
    return PhraseJudge(reader, threshold)
