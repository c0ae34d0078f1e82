"""Voiced stretches out of the voice detector's frame probabilities."""

from typing import TYPE_CHECKING

from whypm.domain.transcript import Span

if TYPE_CHECKING:
    import numpy as np

SAMPLE_RATE = 16_000
FRAME_SAMPLES = 512
"""Silero's frame at 16 kHz."""
FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE

ONSET_PROBABILITY = 0.5
OFFSET_PROBABILITY = 0.35
"""Silero's own hysteresis: 0.5 starts speech, 0.15 less ends it."""
SHORTEST_SILENCE_SECONDS = 0.1
"""Shorter gaps are the closures of consonants; Silero's wrapper uses 98 ms as well."""
SHORTEST_VOICE_SECONDS = 0.1
"""Shorter bursts are clicks and knocks; the shortest words ("a", "oh") last about 0.1 s or more."""


class VoiceFinder:
    """Finds voiced stretches while the frames come in; how these are cut up makes no difference."""

    def __init__(self) -> None:
        self._frames = 0
        self._start: int | None = None
        self._silent_since: int | None = None
        self._closed: list[Span] = []

    @property
    def silent_until_seconds(self) -> float:
        """Up to here nothing voiced can still appear after the last closed stretch."""
        return (self._frames if self._start is None else self._start) * FRAME_SECONDS

    def hear(self, probabilities: "np.ndarray") -> None:
        """Take in the next frames: one value from 0 to 1 for each, shape (frames,)."""
        for probability in probabilities.tolist():
            self._take_in(probability)
            self._frames += 1

    def spans(self, duration_seconds: float) -> tuple[Span, ...]:
        """Return what was found so far, the stretch under way included; none ends after the duration.

        A closed stretch never changes; the last one, while it is under way, only grows.
        """
        found = self._closed
        if self._start is not None:
            end = self._frames if self._silent_since is None else self._silent_since
            found = [*found, _span(self._start, end)]
        held = (Span(span.start, round(min(span.end, duration_seconds), 3)) for span in found)
        return tuple(span for span in held if span.seconds >= SHORTEST_VOICE_SECONDS)

    def _take_in(self, probability: float) -> None:
        if self._start is None:
            if probability >= ONSET_PROBABILITY:
                self._start, self._silent_since = self._frames, None
        elif probability >= ONSET_PROBABILITY:
            self._silent_since = None
        elif probability < OFFSET_PROBABILITY:
            self._silent_since = self._frames if self._silent_since is None else self._silent_since
            if (self._frames - self._silent_since + 1) * FRAME_SECONDS >= SHORTEST_SILENCE_SECONDS:
                self._closed.append(_span(self._start, self._silent_since))
                self._start = self._silent_since = None


def voiced_spans(probabilities: "np.ndarray", duration_seconds: float) -> tuple[Span, ...]:
    """Return where speech was heard, in order, without overlap and without padding.

    Args:
        probabilities: one value from 0 to 1 for each frame of ``FRAME_SECONDS``, shape (frames,).
        duration_seconds: length of the recording; no span ends after it.
    """
    finder = VoiceFinder()
    finder.hear(probabilities)
    return finder.spans(duration_seconds)


def _span(first_frame: int, end_frame: int) -> Span:
    return Span(round(first_frame * FRAME_SECONDS, 3), round(end_frame * FRAME_SECONDS, 3))


def joined(spans: tuple[Span, ...], gap_seconds: float) -> tuple[Span, ...]:
    """Return ``spans`` with every gap of up to ``gap_seconds`` closed."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start - merged[-1].end <= gap_seconds:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)
