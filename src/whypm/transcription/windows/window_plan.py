"""Where a recording is cut for Whisper, which hears at most 30 s at a time.

A window holds some seconds of voiced stretches with a little silence round them; long pauses are shortened,
because Whisper invents text in them. Windows end in a pause and never inside a word (unless somebody speaks
for long without one). Where a window ends depends only on what came before it and a moment after, so it can
be read while the speaker goes on, and the whole file gives the same windows afterwards.
"""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from whypm.domain.transcript import Span
from whypm.transcription.voice.voicing import SAMPLE_RATE, joined

LONGEST_SECONDS = 28.0
"""Below Whisper's 30 s, so that the end of the last word is inside."""
PADDING_SECONDS = 0.7
"""Silence kept on each side of a voiced stretch. Of 0.4, 0.7 and 1.0 this gave ``base`` the fewest errors
over 13 minutes of recordings (10.6, 10.0, 10.8 %) and the most hesitations in place (25, 27, 27 of 30). At a
window's end alone, 0.32 s made 17.3 % errors over nine minutes, 0.7 s 16.7 %."""
END_SECONDS = 0.35
"""Silence waited for at a window's end. It is given twice: as it is and, backwards, once more. So a window
can be read when half of ``PADDING_SECONDS`` has passed, and is read as well: the 43 recordings had 13.6 %
errors with this or with 0.7 s of real silence, and 14.3 % with 0.35 s and nothing after it."""
ENOUGH_SECONDS = 8.0
"""A window of this length ends at the first pause of ``PADDING_SECONDS``: little is left at the end.
With ``base`` over nine minutes of recordings this made 15.1 % errors; windows filled up to 28 s made 15.9 %,
up to 20 s 16.2 %. Read it as "no worse": it was chosen on the recordings that it is told of."""
LONG_SECONDS = 15.0
"""A window of this length ends at the first pause of ``END_SECONDS``: what comes after would be read as a
second part that shares 5 s with the first. The 43 recordings had 13.6 % errors with this, 14.0 % with 12 s
and 14.1 % with no such end, and took 6 and 11 % less of the processor. (Where a window's end was not given
twice, they had 14.6 % with it and 13.4 % without, most of that in one noisy recording.)"""


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
        return np.concatenate([*(samples[start:end] for start, end in cuts), self._more_silence(samples)])

    def _more_silence(self, samples: np.ndarray) -> np.ndarray:
        """Return the silence at the window's end, backwards: what the room goes on sounding like."""
        end = self.pieces[-1].end
        begin = max(end - END_SECONDS, self.voiced[-1].end if self.voiced else 0.0, self.pieces[-1].start)
        return samples[round(begin * SAMPLE_RATE) : round(end * SAMPLE_RATE)][::-1]

    def after(self, seconds: float) -> "Window | None":
        """Return the window's end, from the first voiced stretch after this time in it; None for none."""
        begin = self.span_in_recording(seconds, seconds).start
        voiced = tuple(span for span in self.voiced if span.start >= begin)
        if not voiced:
            return None
        begin = max(begin, voiced[0].start - PADDING_SECONDS)
        pieces = (Span(max(piece.start, begin), piece.end) for piece in self.pieces if piece.end > begin)
        return Window(tuple(pieces), voiced)

    def between(self, start: float, end: float) -> "Window":
        """Return what lies between two times in the window."""
        begin, stop = self.span_in_recording(start, start).start, self.span_in_recording(end, end).end
        return Window(_within(self.pieces, begin, stop), _within(self.voiced, begin, stop))

    def seconds_before(self, moment: float) -> float:
        """Return how much of the window comes before a moment of the recording."""
        return sum(min(max(moment - piece.start, 0.0), piece.seconds) for piece in self.pieces)

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


class WindowPlan:
    """Plans windows while voiced stretches become known; a window that was given out never changes."""

    def __init__(self) -> None:
        self._voice_end = -PADDING_SECONDS
        """Where the last window's voice ends."""

    def settled(self, voiced: tuple[Span, ...], silent_until_seconds: float) -> list[Window]:
        """Return the windows that are settled now, each of them once.

        Args:
            voiced: the recording's stretches so far; the last may still grow.
            silent_until_seconds: nothing voiced can appear before this any more.
        """
        windows: list[Window] = []
        rest = self._rest(voiced)
        while (count := _settled_count(rest, silent_until_seconds)) is not None:
            end = rest[count - 1].end
            following = rest[count].start if count < len(rest) else silent_until_seconds
            windows.append(self._window(rest[:count], end + _kept_at_end(following - end)))
            self._voice_end, rest = end, rest[count:]
        return windows

    def last(self, voiced: tuple[Span, ...], duration_seconds: float) -> Window | None:
        """Return the window that is left if the recording ends here; None where all voice has one."""
        rest = self._rest(voiced)
        if not rest:
            return None
        return self._window(rest, min(rest[-1].end + END_SECONDS, duration_seconds))

    def _rest(self, voiced: tuple[Span, ...]) -> tuple[Span, ...]:
        after = (Span(max(span.start, self._voice_end), span.end) for span in voiced)
        return _short_enough(tuple(span for span in after if span.seconds > 0))

    def _window(self, spans: tuple[Span, ...], end: float) -> Window:
        begin = spans[0].start - _share(spans[0].start - self._voice_end)
        return _window(spans, max(begin, 0.0), end)


def _within(spans: tuple[Span, ...], begin: float, stop: float) -> tuple[Span, ...]:
    held = (Span(max(span.start, begin), min(span.end, stop)) for span in spans)
    return tuple(span for span in held if span.end > span.start)


def _share(pause_seconds: float) -> float:
    """How much of a pause the window on one side of it takes: all it wants, or half of a short one."""
    return PADDING_SECONDS if pause_seconds >= PADDING_SECONDS else pause_seconds / 2


def _kept_at_end(pause_seconds: float) -> float:
    """How much of a pause the window before it ends with: never more than is known when it is settled."""
    return END_SECONDS if pause_seconds >= END_SECONDS else pause_seconds / 2


def _settled_count(spans: tuple[Span, ...], silent_until: float) -> int | None:
    """Return how many of ``spans`` make the next window, or None where that is still open."""
    seconds = 2 * PADDING_SECONDS
    for index, span in enumerate(spans):
        gap = span.start - spans[index - 1].end if index else 0.0
        seconds += min(gap, 2 * PADDING_SECONDS) + span.seconds
        if seconds > LONGEST_SECONDS and index:
            return _before_longest_pause(spans[: index + 1])
        following = spans[index + 1].start if index + 1 < len(spans) else silent_until
        wanted = END_SECONDS if seconds >= LONG_SECONDS else PADDING_SECONDS
        if seconds >= ENOUGH_SECONDS and following - span.end >= wanted:
            return index + 1
    return None


def _before_longest_pause(spans: tuple[Span, ...]) -> int:
    """Return how many of ``spans`` come before the longest pause of their second half."""
    half = (spans[0].start + spans[-2].end) / 2
    counts = [count for count in range(1, len(spans)) if spans[count - 1].end >= half]
    return max(counts, key=lambda count: (spans[count].start - spans[count - 1].end, count))


def _window(spans: tuple[Span, ...], begin: float, end: float) -> Window:
    padded = [Span(max(s.start - PADDING_SECONDS, begin), min(s.end + PADDING_SECONDS, end)) for s in spans]
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
