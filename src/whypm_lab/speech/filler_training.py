"""Train the network that tells fillers: ``python -m whypm_lab.speech.filler_training [--write]``.

The narrow base of the judge, all-MiniLM-L6-v2, is fine-tuned to give each first word of a phrase the chance
that it fills a gap, on the sentences of all hands but those kept aside, with all, some and none of their
commas, and with full stops for some. First without the hands left out (``--left-out``), which give the
threshold and are printed; then on all of them. ``--write`` writes what the app ships. Seeded; needs
the packages of ``requirements/lab.in``, and takes half an hour on two cores.
"""

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from whypm.feedback.fillers.context import FillerContext
from whypm.feedback.fillers.phrases import KINDS, phrase_uses
from whypm.places import find_places
from whypm_lab.judge.base_encoder import MINILM, base_folder
from whypm_lab.judge.network import Encoder, pretrained
from whypm_lab.speech.filler_shipping import ship
from whypm_lab.speech.written_fillers import KEPT_ASIDE, Commas, MarkedSentence, training_hands, written_by

LEFT_OUT = ("g", "k", "o")
"""One hand of each group: the threshold is set on what is said of theirs by a network that never saw them."""
EPOCHS, LEARNING_RATE, HEAD_RATE, WARM_UP = 4, 1e-4, 1e-3, 0.1
BATCH = 16
MOST_JOINED = 3
"""So many sentences are read as one at most: in the app a phrase is read with its neighbours."""
THRESHOLDS = tuple(hundredth / 100 for hundredth in range(50, 100, 5))
LEAST_PRECISION = 0.95
START, END = "[CLS]", "[SEP]"


@dataclass(frozen=True, slots=True)
class Example:
    """Token ids of some words, where the first tokens of phrases stand, and which of these are fillers."""

    ids: tuple[int, ...]
    places: tuple[int, ...]
    are_fillers: tuple[bool, ...]


class FillerNet(nn.Module):
    """An encoder with one logit a token."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(encoder.shape.width, 1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """``ids`` and ``mask`` [batch, tokens] -> logits [batch, tokens]."""
        logits: Tensor = self.head(self.encoder(ids, mask)).squeeze(-1)
        return logits


class Words:
    """Cuts words into the pieces that the network knows: those that the judge ships."""

    def __init__(self, tokeniser: Path) -> None:
        self._tokeniser = Tokenizer.from_file(str(tokeniser))
        self._tokeniser.no_truncation()
        self._tokeniser.no_padding()
        self.numbers: Mapping[str, int] = self._tokeniser.get_vocab()

    def example(self, sentence: MarkedSentence) -> Example:
        """Return a sentence with all its uses of phrases."""
        texts = [word.text.strip() for word in sentence.words]
        ids, firsts = [self.numbers[START]], []
        for encoding in self._tokeniser.encode_batch(texts, add_special_tokens=False):
            firsts.append(len(ids))
            ids += encoding.ids
        uses = phrase_uses(FillerContext.of(sentence.words))
        return Example(
            (*ids, self.numbers[END]),
            tuple(firsts[use.index] for use in uses),
            tuple(use.index in sentence.fillers for use in uses),
        )


def joined(sentences: Sequence[MarkedSentence]) -> MarkedSentence:
    """Return sentences as one."""
    words, fillers = [], set()
    for sentence in sentences:
        fillers |= {len(words) + index for index in sentence.fillers}
        words += sentence.words
    return MarkedSentence(tuple(words), frozenset(fillers))


def shuffled(hands: Sequence[str], words: Words, chance: random.Random) -> list[Example]:
    """Return an epoch's examples: each sentence once, some of them joined, with more or fewer commas."""
    written = {commas: list(written_by(hands, commas)) for commas in Commas}
    order = list(range(len(written[Commas.ALL])))
    chance.shuffle(order)
    examples = []
    while order:
        commas = chance.choice(list(Commas))
        count = chance.randint(1, MOST_JOINED)
        taken, order = order[:count], order[count:]
        examples.append(words.example(joined([written[commas][index] for index in taken])))
    return [example for example in examples if example.places]


def batches(examples: list[Example], chance: random.Random) -> Iterator[list[Example]]:
    """Yield examples of about the same length together, in any order."""
    ranked = sorted(examples, key=lambda example: len(example.ids))
    groups = [ranked[begin : begin + BATCH] for begin in range(0, len(ranked), BATCH)]
    chance.shuffle(groups)
    yield from groups


def padded(examples: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Return ids and mask [batch, tokens]."""
    ids = torch.zeros(len(examples), max(len(example.ids) for example in examples), dtype=torch.long)
    mask = torch.zeros(ids.shape)
    for row, example in enumerate(examples):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        mask[row, : len(example.ids)] = 1.0
    return ids, mask


def fresh_network(base: Path, words: Words) -> FillerNet:
    """Return the published encoder with the shipped pieces' vectors alone, and a head that knows nothing."""
    encoder = pretrained(base).encoder
    numbers = Tokenizer.from_file(str(base / "tokenizer.json")).get_vocab()
    rows = [numbers[piece] for piece in sorted(words.numbers, key=words.numbers.__getitem__)]
    encoder.words = nn.Embedding.from_pretrained(encoder.words.weight[torch.tensor(rows)], freeze=False)
    return FillerNet(encoder)


def trained(base: Path, words: Words, hands: Sequence[str], seed: int = 0) -> FillerNet:
    """Return a network that has seen the sentences of these hands."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    network = fresh_network(base, words)
    rates = [
        {"params": network.encoder.parameters(), "lr": LEARNING_RATE},
        {"params": network.head.parameters(), "lr": HEAD_RATE},
    ]
    optimiser = torch.optim.AdamW(rates, weight_decay=0.01)
    epochs = [list(batches(shuffled(hands, words, chance), chance)) for _ in range(EPOCHS)]
    steps = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (WARM_UP * steps), (steps - step) / ((1 - WARM_UP) * steps))
    )
    for number, epoch in enumerate(epochs, 1):
        network.train()
        losses = []
        for examples in epoch:
            loss = _loss(network, examples)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print(f"  epoch {number} of {EPOCHS}: loss {sum(losses) / len(losses):.3f}", flush=True)
    return network.eval()


def _loss(network: FillerNet, examples: Sequence[Example]) -> Tensor:
    logits = network(*padded(examples))
    rows = [row for row, example in enumerate(examples) for _ in example.places]
    places = [place for example in examples for place in example.places]
    wanted = torch.tensor([float(is_filler) for example in examples for is_filler in example.are_fillers])
    return nn.functional.binary_cross_entropy_with_logits(logits[rows, places], wanted)


@dataclass(frozen=True, slots=True)
class Said:
    """What a network says of one use."""

    kind: str
    commas: Commas
    is_filler: bool
    chance: float


@torch.no_grad()
def say(network: FillerNet, words: Words, hands: Sequence[str]) -> list[Said]:
    """Return what it says of these hands' sentences, with all commas and with none."""
    said = []
    for commas in (Commas.ALL, Commas.NONE):
        for sentence in written_by(hands, commas):
            uses = phrase_uses(FillerContext.of(sentence.words))
            example = words.example(sentence)
            if not uses:
                continue
            logits = network(*padded([example]))[0, list(example.places)]
            said += [
                Said(use.kind, commas, use.index in sentence.fillers, float(chance))
                for use, chance in zip(uses, torch.sigmoid(logits), strict=True)
            ]
    return said


def threshold_of(said: Sequence[Said]) -> float:
    """Return the lowest threshold with which enough of what is marked is a filler, commas or not.

    The highest that is tried where none of them gives that.
    """
    for threshold in THRESHOLDS:
        both = (_recall_and_precision(said, commas, threshold) for commas in (Commas.ALL, Commas.NONE))
        if all(precision >= LEAST_PRECISION for _, precision in both):
            return threshold
    return THRESHOLDS[-1]


def _recall_and_precision(said: Sequence[Said], commas: Commas, threshold: float) -> tuple[float, float]:
    own = [one for one in said if one.commas is commas]
    marked = [one for one in own if one.chance >= threshold]
    right = sum(one.is_filler for one in marked)
    return right / max(1, sum(one.is_filler for one in own)), right / max(1, len(marked))


def show(name: str, said: Sequence[Said], threshold: float) -> None:
    """Print recall and precision of each kind and of all."""
    print(f"{name + ', from ' + format(threshold, '.2f'):<40}{'with commas':>14}{'without':>14}")
    for kind in (*KINDS, None):
        own = [one for one in said if kind in {one.kind, None}]
        found = [_recall_and_precision(own, commas, threshold) for commas in (Commas.ALL, Commas.NONE)]
        figures = "".join(f"{recall:>8.2f}{precision:>6.2f}" for recall, precision in found)
        print(f"{kind or 'all':<40}{figures}", flush=True)


def main() -> None:
    """Train, print and write."""
    parser = argparse.ArgumentParser(prog="python -m whypm_lab.speech.filler_training", description=__doc__)
    parser.add_argument("--left-out", nargs="+", default=LEFT_OUT, help="hands that the threshold is set on")
    parser.add_argument(
        "--unpacked", type=Path, default=Path("base"), help="where base encoders are unpacked"
    )
    parser.add_argument("--write", action="store_true", help="write what the app ships")
    options = parser.parse_args()
    words = Words(find_places().assets / "judge" / "tokenizer.json")
    base = base_folder(MINILM, options.unpacked)
    hands = training_hands()
    some = trained(base, words, [hand for hand in hands if hand not in options.left_out])
    said = say(some, words, options.left_out)
    threshold = threshold_of(said)
    show("hands left out", said, threshold)
    show("hands kept aside", say(some, words, KEPT_ASIDE), threshold)
    if options.write:
        network = trained(base, words, hands)
        show("kept aside, trained on all", say(network, words, KEPT_ASIDE), threshold)
        ship(network, threshold)


if __name__ == "__main__":
    main()
