"""Judging an item that no weights were trained for: by likeness to the pack's example sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from whypm.domain.content import ChecklistItem
from whypm.domain.feedback import EvidenceSentence, ItemVerdict, Level, Method
from whypm.feedback.judging.encoder import AnswerReader, AnswerReading

LIKE_ENOUGH = 0.5
"""The cosine from which a sentence counts as like an example. Ours, chosen on the labelled answers."""

MOST_CONFIDENT = 0.7
"""The method is weak: it never claims to be surer than this."""

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ExampleVectors:
    """An item's example and counterexample sentences, encoded."""

    examples: tuple[Vector, ...]
    counterexamples: tuple[Vector, ...]

    @classmethod
    def of(cls, item: ChecklistItem, encoder: AnswerReader) -> "ExampleVectors":
        """Encode each sentence alone."""

        def vectors(sentences: Sequence[str]) -> tuple[Vector, ...]:
            return tuple(encoder.read([sentence]).vectors[0] for sentence in sentences)

        return cls(vectors(item.examples), vectors(item.counterexamples))


def judge_by_likeness(item: ChecklistItem, known: ExampleVectors, reading: AnswerReading) -> ItemVerdict:
    """Compare every sentence with the examples: like one, and less like a counterexample, it counts.

    A likeness cannot tell a claim from a proof, so the level is a mention at most. Without examples the item
    is missing with no confidence at all.
    """
    if not known.examples:
        return ItemVerdict(item.id, item.group, Level.MISSING, 0.0, (), Method.EXAMPLES)
    strengths = [_strength(vector, known) for vector in reading.vectors]
    confidence = min(MOST_CONFIDENT, 0.5 + abs(max(strengths)))
    carriers = sorted(
        (number for number, s in enumerate(strengths) if s >= 0), key=lambda n: (-strengths[n], n)
    )
    if not carriers:
        return ItemVerdict(item.id, item.group, Level.MISSING, confidence, (), Method.EXAMPLES)
    evidence = tuple(EvidenceSentence(number, Level.MENTION) for number in carriers)
    return ItemVerdict(item.id, item.group, Level.MENTION, confidence, evidence, Method.EXAMPLES)


def _strength(vector: Vector, known: ExampleVectors) -> float:
    """How far the nearest example is beyond the bar and the nearest counterexample; negative: not like."""
    like = max(_cosine(vector, example) for example in known.examples)
    unlike = max((_cosine(vector, example) for example in known.counterexamples), default=-1.0)
    return min(like - LIKE_ENOUGH, like - unlike)


def _cosine(one: Vector, other: Vector) -> float:
    return float(sum(map(mul, one, other)))
