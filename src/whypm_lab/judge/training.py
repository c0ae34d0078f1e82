"""Fine-tuning of one network, seeded."""

import copy
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from whypm_lab.judge.answers import ITEMS, LabelledAnswer
from whypm_lab.judge.augmentation import UNKNOWN, as_written, vary
from whypm_lab.judge.batches import AnswerTokeniser, Batch, Example, batches
from whypm_lab.judge.network import AnswerNetwork, pretrained
from whypm_lab.judge.recipe import Recipe


def group_logits(sentence: Tensor, groups: Tensor) -> Tensor:
    """Best segment of each labelled sentence, [batch, labelled sentences, items, 2]."""
    hidden = torch.where(
        groups[..., None, None] > 0, sentence[:, None], torch.full_like(sentence[:, None], -30.0)
    )
    return hidden.amax(dim=2)


def answer_logits(sentence: Tensor, answer: Tensor, present: Tensor) -> Tensor:
    """Smooth maximum over the sentences plus the answer's own evidence: [batch, items, 2].

    ``present`` [batch, sentences] is 1 for real sentences. Log-sum-exp is the noisy-or's close relative: many
    weak sentences add up, one strong one decides.
    """
    hidden = sentence.masked_fill(present[..., None, None] == 0, -30.0)
    return torch.logsumexp(hidden, dim=1) + answer


def loss_of(network: AnswerNetwork, batch: Batch, recipe: Recipe) -> Tensor:
    """Cross-entropy of the sentences' levels, plus that of the answers' levels."""
    sentence, answer, _ = network(batch.ids, batch.mask, batch.membership)
    if recipe.hands:
        sentence = sentence + batch.further[:, None, None, None] * network.further_hands
    weight = 1.0 + (recipe.core_weight - 1.0) * (1.0 - batch.further)
    held = batch.groups.sum(dim=1)  # how many labelled sentences a segment holds
    alone = (batch.groups * (held == 1).float()[:, None]).sum(-1, keepdim=True) > 0
    known = (batch.targets >= 0) & alone
    total, count = _entropy(group_logits(sentence, batch.groups), batch.targets, known, weight, recipe)
    # A segment of several labelled sentences carries the highest of their levels.
    merged = (batch.groups[..., None] * batch.targets[:, :, None]).amax(dim=1).long()
    more, extra = _entropy(sentence, merged, (held > 1)[..., None].expand_as(merged), weight, recipe)
    per_answer = len(ITEMS) * (total + more) / (count + extra).clamp(min=1.0)
    highest = batch.targets.amax(dim=1)
    is_real = batch.groups.sum(dim=2, keepdim=True) > 0
    sure = ~((batch.targets == UNKNOWN) & is_real).any(dim=1) | (highest == 2)
    present = (batch.membership.sum(-1) > 0).float()
    overall, decisions = _entropy(answer_logits(sentence, answer, present), highest, sure, weight, recipe)
    return per_answer + recipe.answer_weight * overall / decisions.clamp(min=1.0)


def _entropy(
    logits: Tensor, levels: Tensor, counted: Tensor, weight: Tensor, recipe: Recipe
) -> tuple[Tensor, Tensor]:
    """Summed binary cross-entropy of both cumulative steps where ``counted``, and how many that were.

    ``weight`` [batch] is that of each answer.
    """
    targets = torch.stack((levels >= 1, levels >= 2), dim=-1).float()
    smooth = targets * (1 - 2 * recipe.smoothing) + recipe.smoothing
    each = functional.binary_cross_entropy_with_logits(logits, smooth, reduction="none")
    weighted = counted * weight.view(-1, *[1] * (counted.dim() - 1))
    return (each * weighted[..., None]).sum(), 2.0 * weighted.sum()


def parameter_groups(network: AnswerNetwork, recipe: Recipe) -> list[dict[str, object]]:
    """Lower layers learn more slowly (Howard & Ruder 2018); word vectors stay as they are."""
    groups = []
    depth = len(network.encoder.layers)
    for name, parameter in network.named_parameters():
        if name.startswith(("encoder.words", "encoder.positions", "encoder.embedding_norm")):
            parameter.requires_grad_(requires_grad=False)
            continue
        rate = recipe.head_rate
        if name.startswith("encoder."):
            layer = int(name.split(".")[2]) if ".layers." in name else 0
            rate = recipe.rate * recipe.layer_decay ** (depth - 1 - layer)
        decay = recipe.weight_decay if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "weight_decay": decay})
    return groups


class FullPrecision:
    """Computes on the master weights themselves."""

    def __init__(self, master: AnswerNetwork) -> None:
        self._master = master

    def refresh(self) -> None:
        """Do nothing: the weights are the master's."""

    def backward(self, batch: Batch, recipe: Recipe) -> float:
        """Compute the loss and leave its gradients; return the loss."""
        self._master.zero_grad(set_to_none=True)
        loss = loss_of(self._master, batch, recipe)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        return float(loss.detach())


class HalfPrecision:
    """A bfloat16 encoder beside the float32 master weights.

    It has four times the speed on processors that compute in bfloat16, and a thirtieth on those that do not.
    """

    def __init__(self, master: AnswerNetwork) -> None:
        self._master = master
        self._copy = copy.deepcopy(master)
        self._copy.encoder.to(torch.bfloat16)
        self.refresh()

    def refresh(self) -> None:
        """Bring the master's weights over."""
        with torch.no_grad():
            for ours, theirs in zip(self._copy.parameters(), self._master.parameters(), strict=True):
                if theirs.requires_grad:
                    ours.copy_(theirs)

    def backward(self, batch: Batch, recipe: Recipe) -> float:
        """Compute the loss on the copy and leave its gradients with the master; return the loss."""
        for ours, theirs in zip(self._copy.parameters(), self._master.parameters(), strict=True):
            ours.requires_grad_(theirs.requires_grad)
            ours.grad = None
        loss = loss_of(self._copy, batch, recipe)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        for ours, theirs in zip(self._copy.parameters(), self._master.parameters(), strict=True):
            theirs.grad = ours.grad.float() if ours.grad is not None else None
        return float(loss.detach())


def train(
    answers: Sequence[LabelledAnswer],
    base: Path,
    tokeniser: AnswerTokeniser,
    recipe: Recipe,
    start: Mapping[str, Tensor] | None = None,
    report: Callable[[str], None] = print,
) -> AnswerNetwork:
    """Fine-tune the base encoder on ``answers``; the same recipe and machine give the same weights.

    ``start`` holds the weights of a network that is trained further.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    network = pretrained(base, recipe.dropout).train()
    if start is not None:
        network.load_state_dict(start)
    has_bfloat16 = torch.cpu.get_capabilities().get("avx512_bf16", False)
    working = HalfPrecision(network) if has_bfloat16 else FullPrecision(network)
    optimiser = torch.optim.AdamW(parameter_groups(network, recipe), fused=True)
    per_epoch = -(-len(answers) // recipe.batch)
    steps = per_epoch * recipe.epochs
    warm = max(1, int(steps * recipe.warm_up))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / (steps - warm)))
    )

    def examples(rng: random.Random) -> list[Example]:
        varied = [vary(item, rng) if rng.random() < recipe.augment else as_written(item) for item in answers]
        return [Example(item, tokeniser(item.segments)) for item in varied]

    mean: dict[str, Tensor] = {}
    averaged = step = 0
    for epoch in range(recipe.epochs):
        total = 0.0
        for batch in batches(examples(rng), recipe.batch, rng):
            loss = working.backward(batch, recipe)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            working.refresh()
            schedule.step()
            total += loss
            step += 1
            if recipe.averaging and step > steps * (1 - recipe.averaging) and step % 10 == 0:
                averaged += 1
                for name, value in network.state_dict().items():
                    mean[name] = value.clone() if name not in mean else mean[name].lerp(value, 1 / averaged)
        report(f"epoch {epoch + 1}/{recipe.epochs}: loss {total / per_epoch:.4f}")
    if averaged:
        network.load_state_dict(mean)
    return network.eval()


@torch.inference_mode()
def predict(
    network: AnswerNetwork, answers: Sequence[LabelledAnswer], tokeniser: AnswerTokeniser
) -> list[tuple[Tensor, Tensor]]:
    """Logits for each answer: sentences [sentences, items, 2], and what the whole adds [items, 2]."""
    results = []
    for answer in answers:
        tokens = tokeniser(answer.sentences)
        ids = torch.tensor(tokens.ids)[None]
        membership = torch.zeros(1, len(tokens.spans), len(tokens.ids))
        for index, (begin, end) in enumerate(tokens.spans):
            membership[0, index, begin:end] = 1.0
        sentence, whole, _ = network(ids, torch.ones_like(ids, dtype=torch.float), membership)
        results.append((sentence[0], whole[0]))
    return results
