"""Where a long window is read in parts, so that little is left to read when the speaker stops.

Each part begins some seconds before the one before it ends: words at the edge of what Whisper hears are the
ones it gets wrong, and there the other part has them in its middle. Where a part lies depends only on what
came before its end and a moment after, so it can be read while the window still grows.
"""

from itertools import pairwise

from whypm.domain.transcript import Span
from whypm.transcription.windows.window_plan import Window

LONGEST_PART_SECONDS = 15.0
"""A window up to this length is one part: reading it takes hardly longer than reading the end of it again."""
FULL_PART_SECONDS = 13.9
"""A part that others follow ends before this, so that Whisper can be shown 20 s of which 6 s are silent."""
LATE_SECONDS = 4.0
"""How far before that it may end where there is a pause."""
CLEAR_PAUSE_SECONDS = 0.25
"""A longer gap is a pause; shorter ones are used where there are no others."""
OVERLAP_SECONDS = 5.0
"""How much two parts share at least. Over the 43 recordings, parts that share 5 s made 13.6 % errors, parts
that share 7 s 13.9 %, and whole windows 13.4 %. Where nothing was shared, errors rose by a sixth."""
SEARCHED_SECONDS = 2.5
"""How much more they may share where that lets a part begin in a pause."""

_Gap = tuple[float, float]
"""Where it begins and ends, in the window's time."""


def parts_of(window: Window) -> tuple[Window, ...]:
    """Return the parts that a window is read in, in order; the window itself where it is short enough."""
    edges = _edges(window)
    return tuple(window.between(start, end) for start, end in edges) if len(edges) > 1 else (window,)


def _edges(window: Window) -> list[tuple[float, float]]:
    """Return where the parts begin and end, in the window's time."""
    gaps = _gaps(window)
    edges = []
    start = 0.0
    while window.seconds - start > LONGEST_PART_SECONDS:
        end = _end(gaps, start)
        edges.append((start, end))
        start = _next_start(gaps, start, end)
    return [*edges, (start, window.seconds)]


def _gaps(window: Window) -> list[_Gap]:
    return [
        (window.seconds_before(before.end), window.seconds_before(after.start))
        for before, after in pairwise(window.voiced)
    ]


def _end(gaps: list[_Gap], start: float) -> float:
    latest = start + FULL_PART_SECONDS
    near = [gap for gap in gaps if latest - LATE_SECONDS <= _middle(gap) <= latest]
    clear = [gap for gap in near if gap[1] - gap[0] >= CLEAR_PAUSE_SECONDS]
    return _middle(max(clear or near, key=_seconds)) if near else latest


def _next_start(gaps: list[_Gap], start: float, end: float) -> float:
    latest = end - OVERLAP_SECONDS
    near = [gap for gap in gaps if max(latest - SEARCHED_SECONDS, start) < _middle(gap) <= latest]
    return _middle(max(near, key=_seconds)) if near else latest


def _middle(gap: _Gap) -> float:
    return (gap[0] + gap[1]) / 2


def _seconds(gap: _Gap) -> float:
    return gap[1] - gap[0]


def shared(left: Window, right: Window) -> Span:
    """Return what two parts that follow each other share, in the recording's time."""
    return Span(right.pieces[0].start, left.pieces[-1].end)
