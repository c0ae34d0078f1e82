"""One turn of Whisper's reading: how long it may be, and how it ends."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from whypm.transcription.recognition.turns import SPARE_TOKENS, TOKENS_PER_SECOND, Turns, closed

FIRST_MARK = 100
LAST_MARK = 150


@pytest.mark.parametrize(
    ("tokens", "wanted"),
    [
        ([100, 1, 2, 120, 120, 3], [100, 1, 2, 120, 120, 3, LAST_MARK]),
        ([100, 1, 110, 110, 2, 120, 120, 3, 4], [100, 1, 110, 110, 2, 120, 120, 3, 4, LAST_MARK]),
    ],
)
def test_a_segment_that_the_sound_ends_in_is_kept(tokens: list[int], wanted: list[int]) -> None:
    assert closed(tokens, FIRST_MARK, LAST_MARK) == wanted


@pytest.mark.parametrize(
    "tokens",
    [
        [],
        [100, 1, 2],  # one segment is kept as it is
        [100, 1, 2, 120],
        [100, 1, 2, 120, 120, 3, 130],
        [100, 1, 2, 120, 120],  # Whisper stopped early: the rest is read in another turn
        [100, 1, 2, 150, 150, 3],  # what comes after the end was not heard
        [1, 2, 3],  # without marks
    ],
)
def test_other_turns_stay_as_they_are(tokens: list[int]) -> None:
    assert closed(tokens, FIRST_MARK, LAST_MARK) == tokens


@dataclass(frozen=True)
class Options:
    """As faster-whisper's."""

    max_new_tokens: int


class Writer:
    """Writes one segment and begins another, as long as it may."""

    allowed = 0

    def __call__(self, *asked: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as faster-whisper's
        self.allowed = asked[-1].max_new_tokens
        tokens = [100, 1, 2, 120, 120, *[3] * 40][: self.allowed]
        return SimpleNamespace(sequences_ids=[tokens], no_speech_prob=0.25), -0.5, 0.0, 1.5


def turn(seconds: float, most: int) -> tuple[Writer, tuple[Any, ...]]:
    writer = Writer()
    turns = Turns(writer, lambda _: seconds)
    return writer, turns("encoding", [], SimpleNamespace(timestamp_begin=FIRST_MARK), Options(most))


def test_no_more_is_written_than_was_said() -> None:
    writer, _ = turn(1.5, most=216)
    assert writer.allowed == SPARE_TOKENS + 1.5 * TOKENS_PER_SECOND
    writer, _ = turn(28.0, most=216)
    assert writer.allowed == 216


def test_a_turn_that_was_cut_off_is_not_closed() -> None:
    _, (result, *figures) = turn(1.5, most=216)
    assert result.sequences_ids[0][-1] == 3
    assert result.no_speech_prob == 0.25
    assert figures == [-0.5, 0.0, 1.5]


def test_a_turn_ends_with_the_sound() -> None:
    _, (result, *_) = turn(10.0, most=216)
    assert result.sequences_ids[0][-1] == FIRST_MARK + 500
