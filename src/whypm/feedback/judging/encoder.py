"""The answer encoder: small transformers that each read a whole answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from whypm.domain.errors import ModelError
from whypm.feedback.text.tokeniser import open_tokeniser
from whypm.neural_runtime import open_network

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

WINDOW_TOKENS = 360
"""What is read at once: two minutes and a half of talk. Of the answers that came with the guideline, one in
a hundred is longer. The base encoders have 512 places; reading as many would take half as long again."""

PIECE_TOKENS = 200
"""A longer "sentence" (talk without punctuation) is read in pieces of this many tokens: about 150 words."""

OVERLAP_PIECES = 2
"""How many pieces a following window sees again, so that none is read without what was said before it."""

WINDOWS_KEPT = 16
"""Readings that are remembered: those of a quarter of an hour, and some that were made ahead; 40 KB each."""

THREADS = 2
"""For each network: the report waits for them after Stop, when the transcriber has no more work for two."""

Pair = tuple[float, float]
"""Logits that an item is present and that there is evidence of it."""


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """What the encoder made of one answer.

    Attributes:
        sentences: ``sentences[s][i]`` is the pair of sentence ``s`` for trained item ``i``.
        answer: What the answer as a whole adds to the pair of item ``i``.
        vectors: One vector of length 1 a sentence.
    """

    sentences: tuple[tuple[Pair, ...], ...]
    answer: tuple[Pair, ...]
    vectors: tuple[tuple[float, ...], ...]


class AnswerReader(Protocol):
    """What reads answers, wherever its weights are."""

    def read(self, sentences: Sequence[str]) -> AnswerReading:
        """Read an answer of at least one sentence. Raises ModelError."""


@dataclass(frozen=True, slots=True)
class _Piece:
    sentence: int
    ids: tuple[int, ...]


_WindowReading = tuple[Any, Any, Any]
"""Arrays: logits of the pieces, of the answer, and vectors of the pieces."""


class AnswerEncoder:
    """Reads answers with the weights of one folder: networks that judge together, and ``tokenizer.json``.

    Loading takes a few tenths of a second. The same answer gives the same reading every time, so what was
    read is remembered for a while: an answer that is read again, or has grown since, costs only what is new
    in it. Safe to share between threads.

    Args:
        folder: Holds the files.
        networks: Names of the ONNX graphs, each with its share in the mean; the first gives the vectors.

    Raises:
        ModelError: The weights cannot be loaded.
    """

    def __init__(self, folder: Path, networks: Mapping[str, float]) -> None:
        try:
            self._sessions = [
                (open_network(folder / name, THREADS), share) for name, share in networks.items()
            ]
            self._tokenizer = open_tokeniser(folder / "tokenizer.json")
        except Exception as error:  # both libraries raise classes of their own, some of them bare Exception
            raise ModelError(
                f"The judge's weights in {folder} cannot be loaded: {error}.", "Install WhyPM again."
            ) from error
        self._start, *_, self._end = self._tokenizer.encode("a").ids
        self._one_at_a_time = threading.Lock()
        self._remembered: OrderedDict[tuple[tuple[int, ...], ...], _WindowReading] = OrderedDict()

    def read(self, sentences: Sequence[str]) -> AnswerReading:
        """Read an answer of at least one sentence; one that does not fit is read in overlapping windows."""
        import numpy as np

        windows = self._windows(self._pieces(sentences))
        found = [self._reading(window) for window in windows]
        logits = np.full((len(sentences), *found[0][0].shape[1:]), -np.inf)
        vectors = np.zeros((len(sentences), found[0][2].shape[-1]))
        for window, (piece_logits, _, piece_vectors) in zip(windows, found, strict=True):
            for piece, pairs, vector in zip(window, piece_logits, piece_vectors, strict=True):
                logits[piece.sentence] = np.maximum(logits[piece.sentence], pairs)
                vectors[piece.sentence] += vector
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        answer = np.max([whole for _, whole, _ in found], axis=0)
        return AnswerReading(
            sentences=tuple(tuple((float(p), float(e)) for p, e in row) for row in logits),
            answer=tuple((float(p), float(e)) for p, e in answer),
            vectors=tuple(tuple(float(value) for value in row) for row in vectors),
        )

    def _pieces(self, sentences: Sequence[str]) -> list[_Piece]:
        encodings = self._tokenizer.encode_batch(list(sentences), add_special_tokens=False)
        return [
            _Piece(number, (*encoding.ids[begin : begin + PIECE_TOKENS], self._end))
            for number, encoding in enumerate(encodings)
            for begin in range(0, max(len(encoding.ids), 1), PIECE_TOKENS)
        ]

    @staticmethod
    def _windows(pieces: list[_Piece]) -> list[list[_Piece]]:
        """Split into runs that fit; each but the first begins with the last pieces of the one before."""
        windows: list[list[_Piece]] = [[]]
        room = WINDOW_TOKENS - 1
        for piece in pieces:
            if sum(len(held.ids) for held in windows[-1]) + len(piece.ids) > room:
                again = windows[-1][-OVERLAP_PIECES:]
                while sum(len(held.ids) for held in again) + len(piece.ids) > room:
                    again = again[1:]
                windows.append(again)
            windows[-1].append(piece)
        return windows

    def _reading(self, window: list[_Piece]) -> _WindowReading:
        """Return the reading of one window, made now or remembered: the same tokens in the same pieces."""
        key = tuple(piece.ids for piece in window)
        with self._one_at_a_time:  # who wants what another thread is reading had better wait for it
            if key not in self._remembered:
                self._remembered[key] = self._run(window)
            self._remembered.move_to_end(key)
            if len(self._remembered) > WINDOWS_KEPT:
                self._remembered.popitem(last=False)
            return self._remembered[key]

    def _run(self, window: list[_Piece]) -> _WindowReading:
        """Logits [pieces, items, 2], the answer's [items, 2] and vectors [pieces, width] of one window."""
        import numpy as np

        ids = [self._start]
        membership = np.zeros((1, len(window), 1 + sum(len(piece.ids) for piece in window)), np.float32)
        for row, piece in enumerate(window):
            membership[0, row, len(ids) : len(ids) + len(piece.ids)] = 1.0
            ids += piece.ids
        given = {"ids": np.array([ids], np.int64), "membership": membership}
        found = [(session.run(None, given), share) for session, share in self._sessions]
        sentences, answer = (sum(share * one[output][0] for one, share in found) for output in (0, 1))
        return sentences, answer, found[0][0][2][0]
