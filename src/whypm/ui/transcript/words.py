"""The transcript as text to be put right, and the way back from the text to the recording."""

from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher

from whypm.feedback.text.tokens import bare
from whypm.ui.transcript.pieces import Piece, PieceKind


def whole_text(pieces: Sequence[Piece]) -> str:
    """Return all that was understood."""
    return _joined(pieces)


def written_word(pieces: Sequence[Piece], first: int, last: int) -> tuple[int, int]:
    """Widen a range of pieces to whole written words: the recogniser gives "-known" of "well-known" alone."""
    while first > 0 and not _is_apart(pieces[first - 1], pieces[first]):
        first -= 1
    while last + 1 < len(pieces) and not _is_apart(pieces[last], pieces[last + 1]):
        last += 1
    return first, last


def word_text(pieces: Sequence[Piece], first: int, last: int) -> str:
    """Return the words of a range of pieces; nothing for what was not understood."""
    return _joined(pieces[first : last + 1])


def replaced(pieces: Sequence[Piece], first: int, last: int, text: str) -> str:
    """Return all that was understood, with other words in the place of a range of pieces."""
    parts = (_joined(pieces[:first]), text.strip(), _joined(pieces[last + 1 :]))
    return " ".join(part for part in parts if part)


def second_at(text: str, position: int, pieces: Sequence[Piece]) -> float | None:
    """Return when the word at a place of an edited text was said, by the words around it that agree."""
    timed = [(bare(piece.text), piece.span.start) for piece in pieces if piece.span is not None]
    tokens = [bare(token) for token in text.split()]
    if not timed or not tokens:
        return None
    at = min(max(0, len(text[:position].split()) - (not text[:position][-1:].isspace())), len(tokens) - 1)
    matcher = SequenceMatcher(None, tokens, [word for word, _ in timed], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    number = bisect_right([block.a for block in blocks], at) - 1
    if number < 0:
        return timed[0][1]
    block = blocks[number]
    return timed[min(block.b + min(at - block.a, block.size), len(timed) - 1)][1]


def _joined(pieces: Sequence[Piece]) -> str:
    texts = (" " if piece.kind is PieceKind.UNCLEAR else piece.text for piece in pieces)
    return " ".join("".join(texts).split())


def _is_apart(before: Piece, after: Piece) -> bool:
    return before.text[-1:].isspace() or after.text[:1].isspace()
