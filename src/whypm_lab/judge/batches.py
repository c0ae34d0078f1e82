"""Answers to tensors."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from whypm_lab.judge.answers import CORE_AUTHORS, ITEMS
from whypm_lab.judge.augmentation import UNKNOWN, Segmented

MAX_TOKENS = 512


@dataclass(frozen=True, slots=True)
class Tokens:
    """One answer in token ids; ``spans[s]`` is where segment ``s`` stands, its closing mark included."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """An answer ready for the network."""

    segmented: Segmented
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Batch:
    """``targets`` [batch, sentences, items] holds levels, UNKNOWN where there is none.

    ``groups`` [batch, labelled sentences, segments] is 1 where a segment holds (part of) a labelled sentence;
    ``further`` [batch] is 1 for answers that were not labelled by the hands that came with the guideline.
    """

    ids: Tensor
    mask: Tensor
    membership: Tensor
    groups: Tensor
    targets: Tensor
    further: Tensor


class AnswerTokeniser:
    """Lays an answer out as ``[start] sentence [end] sentence [end] ...``."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.start, *_, self.end = tokenizer.encode("a").ids

    def __call__(self, segments: Sequence[str]) -> Tokens:
        """The first MAX_TOKENS tokens; a segment cut off wholly keeps an empty span at the end."""
        ids = [self.start]
        spans = []
        for encoding in self._tokenizer.encode_batch(list(segments), add_special_tokens=False):
            begin = len(ids)
            ids += [*encoding.ids, self.end]
            spans.append((min(begin, MAX_TOKENS), min(len(ids), MAX_TOKENS)))
        return Tokens(tuple(ids[:MAX_TOKENS]), tuple(spans))


def collate(examples: Sequence[Example]) -> Batch:
    """Pad answers to one batch."""
    size = len(examples)
    length = max(len(example.tokens.ids) for example in examples)
    segments = max(len(example.tokens.spans) for example in examples)
    labelled = max(len(example.segmented.answer.sentences) for example in examples)
    batch = Batch(
        ids=torch.zeros(size, length, dtype=torch.long),
        mask=torch.zeros(size, length),
        membership=torch.zeros(size, segments, length),
        groups=torch.zeros(size, labelled, segments),
        targets=torch.full((size, labelled, len(ITEMS)), UNKNOWN, dtype=torch.long),
        further=torch.tensor(
            [float(example.segmented.answer.author not in CORE_AUTHORS) for example in examples]
        ),
    )
    for row, example in enumerate(examples):
        ids = example.tokens.ids
        batch.ids[row, : len(ids)] = torch.tensor(ids)
        batch.mask[row, : len(ids)] = 1.0
        for segment, (begin, end) in enumerate(example.tokens.spans):
            batch.membership[row, segment, begin:end] = 1.0
            for source in example.segmented.sources[segment]:
                batch.groups[row, source, segment] = 1.0
        levels = example.segmented.answer.levels
        batch.targets[row, : len(levels)] = torch.tensor(levels)
    return batch


def batches(examples: Sequence[Example], size: int, rng: random.Random) -> Iterator[Batch]:
    """Batches of answers of like length, shuffled."""
    order = sorted(examples, key=lambda example: len(example.tokens.ids) + rng.uniform(0, 30))
    chunks = [order[begin : begin + size] for begin in range(0, len(order), size)]
    rng.shuffle(chunks)
    for chunk in chunks:
        yield collate(chunk)
