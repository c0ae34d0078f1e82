"""How long a pause must last before the open window is read ahead.

Somebody who has finished presses Stop some 1.5 s after the last word; the reading should be done by about
then. One that begins sooner than it needs to is more often in vain, because the speaker goes on.
"""

from collections.abc import Iterable

from whypm.transcription.windows.window_plan import Window

READING_COST = 3.0
"""What any reading costs, as seconds of speech that could be read for it: the encoder's share."""
SHORTEST_PAUSE_SECONDS = 0.5
"""Nothing is read ahead sooner, however much there is: shorter silences belong to fluent speech."""
LAST_MOMENT_SECONDS = 1.35
"""Into a pause, a reading that takes no time would begin here."""
SECONDS_BEFORE = 0.05
"""So much sooner for each second of speech that a reading costs: two thirds of what it takes with ``base``
on two cores with AVX-512 (1.1 s for a window of 12 s). Without it, in slow hours, it takes three times as
long. Over answers of 15, 30, 60 and 90 s (`whypm_lab.speech.reading_cost`) live costs 1.19, 1.06, 1.14 and
1.18 times what the file does; beginning all readings at 0.5 s it would be 1.76, 1.68, 1.69 and 1.68 times, at
0.7 s 1.26, 1.21, 1.25 and 1.28."""


def reading_cost(parts: Iterable[Window]) -> float:
    """Return what reading these parts of a window costs, in seconds of speech."""
    return sum(READING_COST + part.seconds for part in parts)


def pause_before_reading(cost: float) -> float:
    """Return how many seconds of a pause are waited for before something of this cost is read ahead."""
    return max(SHORTEST_PAUSE_SECONDS, LAST_MOMENT_SECONDS - SECONDS_BEFORE * cost)
