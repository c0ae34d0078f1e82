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


def voiced_spans(probabilities: "np.ndarray", duration_seconds: float) -> tuple[Span, ...]:
    """Return where speech was heard, in order, without overlap and without padding.

    Args:
        probabilities: one value from 0 to 1 for each frame of ``FRAME_SECONDS``, shape (frames,).
        duration_seconds: length of the recording; no span ends after it.
    """
    spans: list[Span] = []
    start: int | None = None
    silent_since: int | None = None
    for frame, probability in enumerate(probabilities):
        if start is None:
            if probability >= ONSET_PROBABILITY:
                start, silent_since = frame, None
        elif probability >= ONSET_PROBABILITY:
            silent_since = None
        elif probability < OFFSET_PROBABILITY:
            silent_since = frame if silent_since is None else silent_since
            if (frame - silent_since + 1) * FRAME_SECONDS >= SHORTEST_SILENCE_SECONDS:
                spans.append(_span(start, silent_since, duration_seconds))
                start = silent_since = None
    if start is not None:
        end = len(probabilities) if silent_since is None else silent_since
        spans.append(_span(start, end, duration_seconds))
    return tuple(span for span in spans if span.seconds >= SHORTEST_VOICE_SECONDS)


def _span(first_frame: int, end_frame: int, duration_seconds: float) -> Span:
    return Span(
        round(first_frame * FRAME_SECONDS, 3),
        round(min(end_frame * FRAME_SECONDS, duration_seconds), 3),
    )


def joined(spans: tuple[Span, ...], gap_seconds: float) -> tuple[Span, ...]:
    """Return ``spans`` with every gap of up to ``gap_seconds`` closed."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start - merged[-1].end <= gap_seconds:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)
