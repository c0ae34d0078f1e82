from itertools import pairwise

import pytest

from whypm.domain.transcript import Span, Word
from whypm.transcription.words.placing import lone_voice, not_understood, placed_in_voice, uncovered_voice


def word(text: str, start: float, end: float) -> Word:
    return Word(text, start, end, 0.9)


def times(words: tuple[Word, ...]) -> list[tuple[float, float]]:
    return [(item.start, item.end) for item in words]


def test_a_word_that_begins_in_silence_begins_with_the_voice() -> None:
    placed = placed_in_voice((word("So", 0.2, 1.4),), (Span(1.0, 3.0),))
    assert times(placed) == [(1.0, 1.4)]


def test_a_word_across_a_pause_goes_where_most_of_it_lies() -> None:
    placed = placed_in_voice((word("users", 0.9, 3.4),), (Span(0.0, 1.0), Span(3.0, 4.0)))
    assert times(placed) == [(3.0, 3.4)]


def test_a_word_close_to_a_voice_moves_to_it() -> None:
    placed = placed_in_voice((word("end", 2.1, 2.3),), (Span(0.0, 2.0),))
    assert times(placed) == [(pytest.approx(1.96), 2.0)]


def test_a_word_far_from_any_voice_was_never_said() -> None:
    assert placed_in_voice((word("Thanks", 5.0, 5.5),), (Span(0.0, 2.0),)) == ()
    assert placed_in_voice((word("Thanks", 5.0, 5.5),), ()) == ()


def test_words_come_in_order_without_overlap() -> None:
    said = (word("a", 0.0, 0.5), word("b", 0.4, 0.9), word("c", 0.9, 0.9), word("d", 0.9, 1.5))
    placed = placed_in_voice(said, (Span(0.0, 2.0),))
    assert [each.text for each in placed] == ["a", "b", "c", "d"]
    for before, after in pairwise(placed):
        assert before.start <= before.end <= after.start <= after.end


def test_a_gap_of_more_than_a_second_in_the_voice_is_missed() -> None:
    said = (word("before", 0.0, 0.6), word("after", 3.0, 3.5))
    assert uncovered_voice(said, (Span(0.0, 3.5),)) == (Span(0.6, 3.0),)
    assert uncovered_voice(said, (Span(0.0, 0.6), Span(3.0, 3.5))) == ()


def test_a_word_stretched_over_a_skipped_passage_does_not_cover_it() -> None:
    (missed,) = uncovered_voice((word("it", 0.0, 8.0),), (Span(0.0, 4.0),))
    assert missed.seconds > 3.0


def test_a_long_drawn_hesitation_covers_its_sound() -> None:
    assert uncovered_voice((word("um,", 0.0, 1.4),), (Span(0.0, 1.4),)) == ()


def test_voice_without_any_word_is_missed_whole() -> None:
    assert uncovered_voice((), (Span(1.0, 2.5), Span(4.0, 4.5))) == (Span(1.0, 2.5),)


def test_several_sounds_in_a_row_without_words_are_speech_and_one_or_two_are_a_breath() -> None:
    row = tuple(Span(float(second), second + 0.6) for second in range(2, 6))
    said = (word("before", 0.0, 0.6), word("after", 7.0, 7.5))
    beside = (Span(0.0, 0.6), Span(7.0, 7.5))
    assert not_understood(said, (beside[0], *row, beside[1])) == row
    assert not_understood(said, (beside[0], *row[:2], beside[1])) == ()
    between = (said[0], word("again", 4.0, 4.6), said[1])
    assert not_understood(between, (beside[0], *row, beside[1])) == ()


VOICED = (Span(0.0, 2.0), Span(2.6, 3.2), Span(3.6, 5.0))


def test_a_hesitation_goes_to_the_sound_in_which_nothing_else_was_said() -> None:
    said = (word("words,", 1.2, 1.7), word("um,", 1.7, 2.7), word("and", 3.6, 4.0))
    assert times(placed_in_voice(said, VOICED)) == [(1.2, 1.7), (2.6, 3.2), (3.6, 4.0)]
    again = placed_in_voice(placed_in_voice(said, VOICED), VOICED)
    assert times(again) == [(1.2, 1.7), (2.6, 3.2), (3.6, 4.0)]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param((word("words", 1.2, 1.7), word("more", 1.7, 2.3)), id="no hesitation"),
        pytest.param((word("um,", 1.2, 1.9), word("words", 2.6, 3.2)), id="no free sound"),
        pytest.param((word("um,", 0.2, 0.5), word("then", 0.5, 1.9)), id="a word between"),
    ],
)
def test_other_words_and_hesitations_without_a_free_sound_beside_them_stay(said: tuple[Word, ...]) -> None:
    placed = placed_in_voice(said, VOICED)
    assert placed[0].end <= 2.0
    assert placed[1].start <= said[1].start


def test_a_short_sound_between_silences_that_no_word_accounts_for_is_lone() -> None:
    said = (word("words", 1.2, 1.7), word("and", 3.6, 4.0))
    assert lone_voice(said, VOICED) == (VOICED[1],)
    assert lone_voice((*said[:1], word("yes", 2.7, 2.9), *said[1:]), VOICED) == ()
    assert lone_voice((), (Span(0.0, 2.0), Span(3.0, 3.1))) == ()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        pytest.param(
            (word("Um,", 2.6, 3.0), word("uh,", 3.0, 3.0), word("uh,", 3.0, 3.05), word("that", 3.6, 4.0)),
            [("Um,", 2.6, 3.05), ("that", 3.6, 4.0)],
            id="one sound",
        ),
        pytest.param(
            (word("um,", 2.6, 2.9), word("uh,", 2.9, 3.2), word("that", 3.6, 4.0)),
            [("um,", 2.6, 2.9), ("uh,", 2.9, 3.2), ("that", 3.6, 4.0)],
            id="room for two",
        ),
        pytest.param(
            (word("um,", 2.9, 3.2), word("uh,", 3.6, 3.65)),
            [("um,", 2.9, 3.2), ("uh,", 3.6, 3.65)],
            id="two sounds",
        ),
        pytest.param(
            (word("that", 2.6, 3.1), word("uh,", 3.1, 3.15), word("is", 3.6, 4.0)),
            [("that", 2.6, 3.1), ("uh,", 3.1, 3.15), ("is", 3.6, 4.0)],
            id="after a word",
        ),
    ],
)
def test_a_row_of_hesitations_is_as_long_as_its_sound_has_room(
    said: tuple[Word, ...], kept: list[tuple[str, float, float]]
) -> None:
    placed = placed_in_voice(said, (Span(2.6, 3.2), Span(3.6, 4.0)))
    assert [(item.text, item.start, item.end) for item in placed] == kept
