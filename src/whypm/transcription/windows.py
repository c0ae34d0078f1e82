"""Where a recording is cut for Whisper, which hears at most 30 s at a time.

A window holds the voiced stretches of up to ``LONGEST_SECONDS`` with a little silence round them; long
pauses are shortened, because Whisper invents text in them. Windows end in a pause and never inside a
word (unless somebody speaks for half a minute without one). A cut depends only on what came before it and
up to ``LONGEST_SECONDS`` after, so a window can be decoded while the speaker goes on, and the whole file
gives the same windows afterwards.
"""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from whypm.domain.transcript import Span
from whypm.transcription.voicing import SAMPLE_RATE, joined

LONGEST_SECONDS = 28.0
"""Below Whisper's 30 s, so that the end of the last word is inside."""
PADDING_SECONDS = 0.7
"""Silence kept on each side of a voiced stretch. Of 0.4, 0.7 and 1.0 this gave ``base`` the fewest errors
over 13 minutes of recordings (10.6, 10.0, 10.8 %) and the most hesitations in place (25, 27, 27 of 30)."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces of a recording that are decoded as one, in order and without overlap."""

    pieces: tuple[Span, ...]
    voiced: tuple[Span, ...]

    @property
    def seconds(self) -> float:
        """How much sound is decoded."""
        return sum(piece.seconds for piece in self.pieces)

    @property
    def voiced_seconds(self) -> float:
        """How much of it is voice."""
        return sum(span.seconds for span in self.voiced)

    @property
    def speech_end_seconds(self) -> float:
        """Where the last voiced stretch ends, from the window's start."""
        return self.seconds - (self.pieces[-1].end - self.voiced[-1].end)

    def cut(self, samples: np.ndarray) -> np.ndarray:
        """Return the window's sound out of the recording's (float32, 16 kHz, mono)."""
        cuts = [(round(piece.start * SAMPLE_RATE), round(piece.end * SAMPLE_RATE)) for piece in self.pieces]
        return np.concatenate([samples[start:end] for start, end in cuts])

    def span_in_recording(self, start: float, end: float) -> Span:
        """Return the recording's time for a stretch of the window's.

        A stretch across a join is held to the piece that its middle lies in: a word is never said on both
        sides of a long pause.
        """
        begins = [0.0, *accumulate(piece.seconds for piece in self.pieces)]
        index = min(max(bisect_right(begins, (start + end) / 2) - 1, 0), len(self.pieces) - 1)
        piece = self.pieces[index]
        shift = piece.start - begins[index]
        return Span(
            min(max(start + shift, piece.start), piece.end),
            min(max(end + shift, piece.start), piece.end),
        )


def plan_windows(voiced: tuple[Span, ...], duration_seconds: float) -> tuple[Window, ...]:
    """Return the windows that hold every voiced stretch of a recording once; none where nobody spoke."""
    windows: list[Window] = []
    rest = _short_enough(voiced)
    earliest = 0.0
    while rest:
        count = _fitting(rest)
        latest = (rest[count - 1].end + rest[count].start) / 2 if count < len(rest) else duration_seconds
        windows.append(_window(rest[:count], earliest, latest))
        earliest, rest = latest, rest[count:]
    return tuple(windows)


def _fitting(spans: tuple[Span, ...]) -> int:
    """Return how many of ``spans`` make the next window: those before the longest late pause."""
    seconds = 0.0
    fitting = 0
    for index, span in enumerate(spans):
        gap = span.start - spans[index - 1].end if index else 0.0
        seconds += min(gap, 2 * PADDING_SECONDS) + span.seconds
        if seconds + 2 * PADDING_SECONDS > LONGEST_SECONDS and index:
            break
        fitting = index + 1
    if fitting == len(spans):
        return fitting
    half = spans[0].start + (spans[fitting - 1].end - spans[0].start) / 2
    ends = [count for count in range(1, fitting + 1) if spans[count - 1].end >= half]
    return max(ends, key=lambda count: (spans[count].start - spans[count - 1].end, count))


def _window(spans: tuple[Span, ...], earliest: float, latest: float) -> Window:
    padded = [
        Span(max(s.start - PADDING_SECONDS, earliest), min(s.end + PADDING_SECONDS, latest)) for s in spans
    ]
    for index, (before, after) in enumerate(pairwise(padded)):
        if after.start < before.end:
            padded[index + 1] = Span(before.end, after.end)
    return Window(joined(tuple(padded), 0.0), spans)


def _short_enough(voiced: tuple[Span, ...]) -> tuple[Span, ...]:
    """Cut stretches that alone would overfill a window; there is no better place without a pause."""
    longest = LONGEST_SECONDS - 2 * PADDING_SECONDS
    pieces: list[Span] = []
    for span in voiced:
        start = span.start
        while span.end - start > longest:
            pieces.append(Span(start, start + longest))
            start += longest
        pieces.append(Span(start, span.end))
    return tuple(pieces)
