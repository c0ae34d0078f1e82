"""The judge: which checklist items an answer shows, how far, and in which sentences."""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from whypm.domain.content import ChecklistItem
from whypm.domain.feedback import ItemVerdict, Level
from whypm.feedback.judging.employer import addressed_to
from whypm.feedback.judging.encoder import AnswerEncoder, AnswerReader, AnswerReading
from whypm.feedback.judging.judge_settings import read_settings
from whypm.feedback.judging.likeness import ExampleVectors, judge_by_likeness
from whypm.feedback.judging.speaker import Ceilings, ceilings
from whypm.feedback.judging.trained_verdict import judge_by_weights

OpenEncoder = Callable[[Path, Mapping[str, float]], AnswerReader]
"""Gives the encoder of a folder and of these networks in it, ready to read. Raises ModelError."""


class Judge:
    """Judges answers against one pack's checklist.

    Items that the weights were trained on (by id) are judged by them; any other by its likeness to the pack's
    example sentences. The folder is read on first use or by :meth:`load`. Safe to share between threads.

    Args:
        folder: Holds the weights and ``judge.json``.
        items: The pack's checklist.
        open_encoder: Loads the weights into this process, or has them in another one.
    """

    def __init__(
        self, folder: Path, items: Sequence[ChecklistItem], open_encoder: OpenEncoder = AnswerEncoder
    ) -> None:
        self._folder = folder
        self._items = tuple(items)
        self._open_encoder = open_encoder
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None
        self._last: tuple[tuple[tuple[str, ...], str | None], tuple[ItemVerdict, ...]] | None = None
        """What was judged last, and the verdicts: what was judged in a pause often turns out to be all."""

    def load(self) -> None:
        """Load the weights now.

        Raises:
            ModelError: A file of the folder is missing, damaged or not the one that was shipped.
        """
        self._ready()

    def judge(self, sentences: Sequence[str], *, company: str | None = None) -> tuple[ItemVerdict, ...]:
        """Return one verdict an item, in the checklist's order.

        ``company`` is the employer's name where the user gave it: the weights know "your company", not names.

        Raises:
            ModelError: As for :meth:`load`.
        """
        if not any(sentence.strip() for sentence in sentences):
            return tuple(ItemVerdict(item.id, item.group, Level.MISSING, 1.0) for item in self._items)
        asked, last = (tuple(sentences), company), self._last
        if last is not None and last[0] == asked:
            return last[1]
        loaded = self._ready()
        addressed = [addressed_to(company, sentence) for sentence in sentences]
        reading = loaded.encoder.read(addressed)
        limits = tuple(ceilings(sentence) for sentence in addressed)
        verdicts = tuple(loaded.verdict(item, reading, limits) for item in self._items)
        self._last = asked, verdicts
        return verdicts

    def _ready(self) -> "_Loaded":
        with self._lock:
            if self._loaded is None:
                self._loaded = _Loaded(self._folder, self._items, self._open_encoder)
            return self._loaded


class _Loaded:
    """What the judge holds once its folder was read."""

    def __init__(self, folder: Path, items: Sequence[ChecklistItem], open_encoder: OpenEncoder) -> None:
        self._settings = read_settings(folder)
        self.encoder = open_encoder(folder, self._settings.networks)
        self._examples = {
            item.id: ExampleVectors.of(item, self.encoder)
            for item in items
            if self._settings.item(item.id) is None
        }

    def verdict(self, item: ChecklistItem, reading: AnswerReading, limits: Sequence[Ceilings]) -> ItemVerdict:
        settings = self._settings.item(item.id)
        if settings is None:
            return judge_by_likeness(item, self._examples[item.id], reading)
        return judge_by_weights(item, settings, reading, limits)
