"""Sentences made to fool key words, and how often a judge falls for them."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from whypm_lab.judge.answers import DATA, LEVELS

SLICES = DATA / "slices.jsonl"


@dataclass(frozen=True, slots=True)
class Trap:
    """One sentence in its short answer; ``forbidden`` maps items to the lowest level that would be wrong."""

    slice: str
    sentences: tuple[str, ...]
    index: int
    forbidden: Mapping[str, int]


def read_traps(path: Path = SLICES) -> list[Trap]:
    """Every trap of a file of JSON lines."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Trap(
            record["slice"],
            tuple(record["sentences"]),
            record["index"],
            {item: LEVELS.index(level) for item, level in record["forbidden"].items()},
        )
        for record in records
    ]


def false_positive_rates(
    traps: Sequence[Trap], sentence_levels: Callable[[Sequence[str]], Sequence[Mapping[str, int]]]
) -> dict[str, tuple[int, int]]:
    """For each slice, how many of its forbidden items were ticked on the trap sentence, of how many.

    ``sentence_levels`` judges an answer: for each sentence, the items it is shown for, with their levels.
    """
    wrong: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for trap in traps:
        shown = sentence_levels(trap.sentences)[trap.index]
        total[trap.slice] += len(trap.forbidden)
        wrong[trap.slice] += sum(shown.get(item, 0) >= lowest for item, lowest in trap.forbidden.items())
    return {name: (wrong[name], total[name]) for name in total}
