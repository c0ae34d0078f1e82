"""The word pieces that are shipped: the base encoders know thirty thousand, spoken answers need half of them.

all-MiniLM-L6-v2 and all-mpnet-base-v2 cut text into the same pieces and only number them differently, so
that one tokeniser serves both. A rare word that is left out is cut into smaller pieces, still readable.
"""

import copy
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from whypm_lab.judge.answers import LabelledAnswer
from whypm_lab.judge.network import AnswerNetwork

FIRST_KEPT = 12_000
"""BERT numbers its pieces by how often they occur: those before this are kept even if no answer has them."""

_MARKS = {"[PAD]": "<pad>", "[UNK]": "[UNK]", "[CLS]": "<s>", "[SEP]": "</s>"}
"""BERT's marks and what MPNet calls them."""

_PLAIN_LETTERS = dict(
    pair.split("=")
    for pair in "ø=o ł=l đ=d ð=d þ=th ß=ss æ=ae œ=oe \N{LATIN SMALL LETTER DOTLESS I}=i ħ=h ŧ=t ŋ=n".split()
)
"""Latin letters in names that have no accent to take off: BERT leaves them, and has no piece for some."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The kept pieces, in the order of their new numbers, as BERT spells them."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, bert: Path, answers: Iterable[LabelledAnswer]) -> "Vocabulary":
        """Keep the marks, plain characters, frequent pieces and all that occur in ``answers``."""
        tokenizer = Tokenizer.from_file(str(bert))
        tokenizer.no_truncation()
        sentences = [sentence for answer in answers for sentence in answer.sentences]
        seen = {
            piece
            for encoding in tokenizer.encode_batch(sentences, add_special_tokens=False)
            for piece in encoding.tokens
        }
        numbers = tokenizer.get_vocab()
        return cls(
            tuple(
                piece
                for piece in sorted(numbers, key=numbers.__getitem__)
                if piece in _MARKS or piece in seen or _is_wanted(piece, numbers[piece])
            )
        )

    def write_tokeniser(self, bert: Path, path: Path) -> None:
        """Write BERT's ``tokenizer.json`` with these pieces alone."""
        whole = json.loads(bert.read_text(encoding="utf-8"))
        number = {piece: index for index, piece in enumerate(self.pieces)}
        whole["model"]["vocab"] = number
        whole["truncation"] = whole["padding"] = None
        whole["added_tokens"] = [
            {**token, "id": number[token["content"]]}
            for token in whole["added_tokens"]
            if token["content"] in number
        ]
        for name, mark in whole["post_processor"]["special_tokens"].items():
            mark["ids"] = [number[name]]
        replacing = [
            {"type": "Replace", "pattern": {"String": letter}, "content": plain}
            for letter, plain in _PLAIN_LETTERS.items()
        ]
        whole["normalizer"] = {"type": "Sequence", "normalizers": [whole["normalizer"], *replacing]}
        path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")

    def narrowed(self, network: AnswerNetwork, tokeniser: Path) -> AnswerNetwork:
        """The network with these pieces' vectors alone, in this order; ``tokeniser`` is that of its base."""
        numbers = Tokenizer.from_file(str(tokeniser)).get_vocab()
        is_bert = "[CLS]" in numbers
        rows = [numbers[piece if is_bert else _MARKS.get(piece, piece)] for piece in self.pieces]
        narrow = copy.deepcopy(network)
        narrow.encoder.words = nn.Embedding.from_pretrained(network.encoder.words.weight[torch.tensor(rows)])
        return narrow


def _is_wanted(piece: str, number: int) -> bool:
    letters = piece.removeprefix("##")
    if not letters.isascii() or piece.startswith("[unused") or piece == "[MASK]":
        return False
    return len(letters) == 1 or number < FIRST_KEPT
