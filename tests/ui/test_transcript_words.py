"""The transcript as text: words are replaced where they stand, and a place in it is found in the sound."""

import pytest

from whypm.domain.feedback import Report
from whypm.domain.transcript import Span
from whypm.ui.desks.edit_history import EditHistory
from whypm.ui.transcript.pieces import Piece, PieceKind, read_pieces
from whypm.ui.transcript.words import replaced, second_at, whole_text, word_text, written_word

TEXTS = (" I", " drew", " one", " well", "-known", " table.")
PIECES = tuple(Piece(text, Span(float(at), at + 0.5), None) for at, text in enumerate(TEXTS))
UNCLEAR = Piece(" (not understood) ", Span(2.6, 2.9), None, PieceKind.UNCLEAR)
WITH_UNCLEAR = (*PIECES[:3], UNCLEAR, *PIECES[3:])


def test_the_text_to_be_put_right_is_that_of_the_report(report: Report) -> None:
    assert whole_text(read_pieces(report)) == report.transcript.text


def test_what_was_not_understood_is_no_part_of_the_text() -> None:
    assert whole_text(WITH_UNCLEAR) == "I drew one well-known table."
    assert word_text(WITH_UNCLEAR, 3, 3) == ""


@pytest.mark.parametrize("index", [3, 4])
def test_a_word_that_came_in_two_pieces_is_put_right_as_one(index: int) -> None:
    first, last = written_word(PIECES, index, index)
    assert word_text(PIECES, first, last) == "well-known"
    assert replaced(PIECES, first, last, "good") == "I drew one good table."


def test_words_are_filled_in_where_nothing_was_understood() -> None:
    first, last = written_word(WITH_UNCLEAR, 3, 3)
    assert (first, last) == (3, 3)
    assert replaced(WITH_UNCLEAR, first, last, "small and") == "I drew one small and well-known table."


def test_a_word_that_is_replaced_by_nothing_is_left_out() -> None:
    assert replaced(PIECES, 2, 2, " ") == "I drew well-known table."


@pytest.mark.parametrize(
    ("text", "marked", "second"),
    [
        ("I drew one well-known table.", "drew", 1.0),
        ("Well then, I drew one table.", "drew", 1.0),
        ("I drew one very fine table.", "table", 5.0),
        ("I drew one very fine table.", "fine", 3.0),
        ("Well then, I drew", "then", 0.0),
    ],
)
def test_a_place_in_an_edited_text_leads_to_its_second(text: str, marked: str, second: float) -> None:
    pieces = tuple(Piece(piece.text.replace("-", " "), piece.span, None) for piece in PIECES)
    assert second_at(text, text.index(marked) + 1, pieces) == second


def test_a_typed_answer_has_no_seconds() -> None:
    assert second_at("I drew", 3, (Piece("I drew", None, None),)) is None


def test_undo_and_redo_walk_through_all_texts() -> None:
    history = EditHistory().edited(None).edited("first")
    undone = history.undone("second")
    assert (undone.earlier, undone.later) == ((None,), ("second",))
    assert undone.undone("first").redone(None) == undone
    assert undone.redone("first") == history
    assert undone.edited("first").later == ()
