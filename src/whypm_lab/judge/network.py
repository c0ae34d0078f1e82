"""The judge's network: one pass over a whole answer, then ten items a sentence.

The encoder is written out here (about eighty lines) rather than taken from a library because both base
models, all-MiniLM-L6-v2 (BERT) and all-mpnet-base-v2 (MPNet), then share one path that exports to ONNX.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from whypm_lab.judge.answers import ITEMS


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """Sizes of a base encoder, from its ``config.json``."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float
    relative_buckets: int  # 0: no relative position bias (BERT)
    first_position: int  # MPNet numbers positions from padding_idx + 1

    @classmethod
    def from_config(cls, path: Path) -> "EncoderShape":
        """Read the sizes; raise KeyError where the file is not an encoder's."""
        config = json.loads(path.read_text(encoding="utf-8"))
        mpnet = config["model_type"] == "mpnet"
        return cls(
            width=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            inner=config["intermediate_size"],
            vocabulary=config["vocab_size"],
            positions=config["max_position_embeddings"],
            epsilon=config["layer_norm_eps"],
            relative_buckets=config.get("relative_attention_num_buckets", 0) if mpnet else 0,
            first_position=config["pad_token_id"] + 1 if mpnet else 0,
        )


class SharedDropout(nn.Module):
    """Dropout with one mask for all tokens of an answer (Gal & Ghahramani 2016): cheap on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, hidden: Tensor) -> Tensor:
        """``hidden`` [batch, tokens, width], disturbed in training only."""
        if not self.training or self.share == 0.0:
            return hidden
        keep = torch.rand(hidden.shape[0], 1, hidden.shape[2]) >= self.share
        return hidden * (keep / (1.0 - self.share)).to(hidden.dtype)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, shape: EncoderShape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = SharedDropout(dropout)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """``hidden`` [batch, tokens, width]; ``bias`` [batch, heads or 1, tokens or 1, tokens]."""
        batch, tokens, width = hidden.shape

        def split(projected: Tensor) -> Tensor:
            return projected.view(batch, tokens, self.heads, width // self.heads).transpose(1, 2)

        query, key, value = split(self.query(hidden)), split(self.key(hidden)), split(self.value(hidden))
        # Written out: on a CPU in bfloat16 the fused kernel takes twice as long backward.
        weights = torch.softmax(
            (query / math.sqrt(width // self.heads)) @ key.transpose(-1, -2) + bias, dim=-1
        )
        context = (weights @ value).transpose(1, 2).reshape(batch, tokens, width)
        hidden = self.attention_norm(hidden + self.dropout(self.output(context)))
        return self.norm(hidden + self.dropout(self.down(functional.gelu(self.up(hidden)))))


def relative_bucket(distance: Tensor, buckets: int, furthest: int = 128) -> Tensor:
    """T5's bidirectional bucket of a relative position (Raffel et al. 2020), as MPNet uses it."""
    half = buckets // 2
    exact = half // 2
    behind = (distance > 0).long() * half
    size = distance.abs()
    steps = torch.log(size.clamp(min=1).float() / exact) / math.log(furthest / exact) * (half - exact)
    spread = exact + steps.long()
    return behind + torch.where(size < exact, size, spread.clamp(max=half - 1))


class Encoder(nn.Module):
    """Token ids to one vector a token."""

    def __init__(self, shape: EncoderShape, dropout: float) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.embedding_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = SharedDropout(dropout)
        self.relative = nn.Embedding(shape.relative_buckets, shape.heads) if shape.relative_buckets else None
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """``ids`` and ``mask`` [batch, tokens] (1 real, 0 padding) -> [batch, tokens, width]."""
        place = torch.arange(ids.shape[1], device=ids.device)
        hidden = self.words(ids) + self.positions(place + self.shape.first_position)
        hidden = self.dropout(self.embedding_norm(hidden))
        bias = (1.0 - mask.to(hidden.dtype))[:, None, None, :] * -1e4
        if self.relative is not None:
            bucket = relative_bucket(place[None, :] - place[:, None], self.shape.relative_buckets)
            bias = bias + self.relative(bucket).permute(2, 0, 1)[None]
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return hidden


class AnswerNetwork(nn.Module):
    """Encoder plus heads: two cumulative logits (present, evidence) an item, for sentences and answer."""

    def __init__(self, shape: EncoderShape, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(shape, dropout)
        self.token_values = nn.Linear(shape.width, 2 * len(ITEMS))
        self.token_weights = nn.Linear(shape.width, 2 * len(ITEMS))
        self.answer_values = nn.Linear(shape.width, 2 * len(ITEMS))
        self.head_dropout = nn.Dropout(dropout)
        #: How much sooner (or later) the further hands tick an item than those that came with the guideline.
        self.further_hands = nn.Parameter(torch.zeros(len(ITEMS), 2))
        for head in (self.token_weights, self.answer_values):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)
        nn.init.normal_(self.token_values.weight, std=0.02)
        nn.init.constant_(self.token_values.bias, -3.0)  # most sentences carry nothing for most items

    def forward(self, ids: Tensor, mask: Tensor, membership: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Judge a batch of answers.

        ``ids``, ``mask`` [batch, tokens]; ``membership`` [batch, sentences, tokens] is 1 where a token
        belongs to a sentence. Returns sentence logits [batch, sentences, items, 2], the answer's own logits
        [batch, items, 2] and mean sentence vectors [batch, sentences, width].
        """
        hidden = self.encoder(ids, mask).float()
        dropped = self.head_dropout(hidden)
        strength = torch.exp(self.token_weights(dropped).clamp(-8.0, 8.0))
        carried = membership @ (strength * self.token_values(dropped))
        sentence = carried / (membership @ strength).clamp(min=1e-6)
        whole = mask.to(hidden.dtype)[:, None, :]
        answer = self.answer_values((whole @ dropped / whole.sum(-1, keepdim=True)).squeeze(1))
        vectors = membership @ hidden / membership.sum(-1, keepdim=True).clamp(min=1.0)
        return (
            sentence.view(*sentence.shape[:2], len(ITEMS), 2),
            answer.view(-1, len(ITEMS), 2),
            vectors,
        )


_BERT = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
}
_MPNET = {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "output": "attention.attn.o",
    "attention_norm": "attention.LayerNorm",
}
_BOTH = {"up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm"}


def pretrained(folder: Path, dropout: float = 0.1) -> AnswerNetwork:
    """The network on a base encoder's published weights (``config.json`` and ``model.safetensors``)."""
    shape = EncoderShape.from_config(folder / "config.json")
    source = load_file(folder / "model.safetensors")
    network = AnswerNetwork(shape, dropout)
    words = source["embeddings.word_embeddings.weight"]
    positions = source["embeddings.position_embeddings.weight"]
    if "embeddings.token_type_embeddings.weight" in source:
        # Every token is of type 0 here, so BERT's type vector is a constant that folds into the positions.
        positions = positions + source["embeddings.token_type_embeddings.weight"][0]
    state = {"words.weight": words, "positions.weight": positions}
    for kind in ("weight", "bias"):
        state[f"embedding_norm.{kind}"] = source[f"embeddings.LayerNorm.{kind}"]
    if shape.relative_buckets:
        state["relative.weight"] = source["encoder.relative_attention_bias.weight"]
    names = (_MPNET if shape.relative_buckets else _BERT) | _BOTH
    for index in range(shape.layers):
        for ours, theirs in names.items():
            for kind in ("weight", "bias"):
                state[f"layers.{index}.{ours}.{kind}"] = source[f"encoder.layer.{index}.{theirs}.{kind}"]
    network.encoder.load_state_dict(state)
    return network


def kept_network(base: Path, weights: Path) -> AnswerNetwork:
    """A network on this base that training kept, ready to judge."""
    network = AnswerNetwork(EncoderShape.from_config(base / "config.json"))
    network.load_state_dict(torch.load(weights))
    return network.eval()
