"""When the open window is read ahead, and what that costs."""

import pytest

from whypm.domain.transcript import Span
from whypm.transcription.windows.reading_ahead import (
    SHORTEST_PAUSE_SECONDS,
    pause_before_reading,
    reading_cost,
)
from whypm.transcription.windows.window_plan import LONG_SECONDS, Window

STOP_SECONDS = 1.5
"""After the last word, as the benchmark stops."""
WANTED_SECONDS = 0.5
"""From Stop to the report, where the speaker has paused before it."""
SECONDS_A_COST = 1.1 / reading_cost([Window((Span(0.0, 12.0),), ())])
"""With ``base``, a window of 12 s is read in 1.1 s on two cores with AVX-512 and without bfloat16."""


def part(seconds: float) -> Window:
    """Return a window of this length, all of it voiced."""
    return Window((Span(0.0, seconds),), (Span(0.0, seconds),))


def test_what_takes_longer_to_read_is_begun_sooner() -> None:
    pauses = [pause_before_reading(reading_cost([part(seconds)])) for seconds in (1.0, 4.0, 8.0, 12.0)]
    assert pauses == sorted(pauses, reverse=True)
    assert len(set(pauses)) == len(pauses)


@pytest.mark.parametrize("seconds", [1.0, 4.0, 8.0, 12.0, LONG_SECONDS])
def test_every_reading_is_done_in_time_after_stop(seconds: float) -> None:
    cost = reading_cost([part(seconds)])
    assert pause_before_reading(cost) + SECONDS_A_COST * cost < STOP_SECONDS + WANTED_SECONDS


def test_nothing_is_read_ahead_in_a_breath() -> None:
    assert pause_before_reading(reading_cost([part(14.0), part(14.0)])) == SHORTEST_PAUSE_SECONDS


def test_parts_cost_a_reading_each() -> None:
    assert reading_cost([part(8.0), part(8.0)]) > reading_cost([part(16.0)])
    assert reading_cost([]) == 0.0
