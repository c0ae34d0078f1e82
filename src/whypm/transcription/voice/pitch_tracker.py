"""The pitch tracker, fed while the sound comes in. However the sound is cut up, its steps are the same.

The only module that knows swift_f0. Pitch is for looking at: where it fails there is none, and the words are
none the worse for it.
"""

from typing import TYPE_CHECKING, Protocol

import numpy as np

from whypm.domain.pitch import PitchTrack
from whypm.neural_runtime import hush
from whypm.transcription.voice.voicing import SAMPLE_RATE

if TYPE_CHECKING:
    from swift_f0 import PitchResult

FRAME_SAMPLES = 256
"""SwiftF0's frame at 16 kHz: 16 ms."""
STEP_FRAMES = 6
"""A tenth of a second: shorter than a syllable, and small enough to keep for ten minutes."""
STEP_SECONDS = STEP_FRAMES * FRAME_SAMPLES / SAMPLE_RATE
BLOCK_SAMPLES = 128 * FRAME_SAMPLES
"""Seen in one run of the network, always: its rounding depends on that. Each run sees 21 frames again, so
that blocks of half the length would take a quarter more."""
LOWEST_HERTZ, HIGHEST_HERTZ = 50.0, 500.0
"""From a deep voice at the end of a sentence to a high one in excitement; what lies outside is no voice's."""
VOICED_FROM = 0.5
"""SwiftF0's own bound for its confidence that a frame has a pitch."""
FEWEST_FRAMES = 3
"""Half a step."""


class Stream(Protocol):
    """One recording, as swift_f0 follows it."""

    def push(self, audio: np.ndarray, sample_rate: float) -> "PitchResult":
        """Return the frames that are final now."""

    def flush(self) -> "PitchResult":
        """Return the last frames."""


class Network(Protocol):
    """SwiftF0's network."""

    def stream(self, fmin: float, fmax: float) -> Stream:
        """Return a recording that is empty yet."""


def load_pitch_network() -> Network:
    """Return the network; where it cannot be loaded, one that no recording can be followed with."""
    try:
        hush()
        from swift_f0 import SwiftF0

        return SwiftF0(threads=1, spin=False)
    except Exception as error:  # noqa: BLE001 - whatever a library raises that is not whole
        return _NoNetwork(error)


class _NoNetwork:
    def __init__(self, error: Exception) -> None:
        self._error = error

    def stream(self, fmin: float, fmax: float) -> Stream:
        del fmin, fmax
        raise self._error


class PitchTracker:
    """Follows the pitch of one recording; never raises."""

    def __init__(self, network: Network) -> None:
        self.fault = ""
        """What ended it; empty while all is well."""
        self._stream: Stream | None = None
        try:
            self._stream = network.stream(LOWEST_HERTZ, HIGHEST_HERTZ)
        except Exception as error:  # noqa: BLE001 - the words outlive it
            self._give_up(error)
        self._rest = np.zeros(0, dtype=np.float32)
        self._frames: list[float] = []
        """Of the step under way; not a number where a frame has no pitch."""
        self._steps: list[float | None] = []

    def hear(self, samples: np.ndarray) -> None:
        """Take in what follows: finite float32, shape (samples,), 16 kHz, mono, full scale 1."""
        if self._stream is None:
            return
        try:
            sound = np.concatenate([self._rest, samples])
            whole = len(sound) - len(sound) % BLOCK_SAMPLES
            self._rest = sound[whole:].copy()
            for begin in range(0, whole, BLOCK_SAMPLES):
                self._take_in(self._stream.push(sound[begin : begin + BLOCK_SAMPLES], SAMPLE_RATE))
        except Exception as error:  # noqa: BLE001 - the words outlive it
            self._give_up(error)

    def finish(self) -> PitchTrack | None:
        """Return the pitch of the whole recording; None where it could not be followed. To be called once."""
        if self._stream is None:
            return None
        try:
            self._take_in(self._stream.push(self._rest, SAMPLE_RATE))
            self._take_in(self._stream.flush())
        except Exception as error:  # noqa: BLE001 - the words outlive it
            self._give_up(error)
            return None
        if self._frames:
            self._steps.append(_middle(self._frames))
        return PitchTrack(STEP_SECONDS, tuple(self._steps))

    def _take_in(self, found: "PitchResult") -> None:
        self._frames += np.where(found.confidence >= VOICED_FROM, found.pitch_hz, np.nan).tolist()
        whole = len(self._frames) - len(self._frames) % STEP_FRAMES
        for begin in range(0, whole, STEP_FRAMES):
            self._steps.append(_middle(self._frames[begin : begin + STEP_FRAMES]))
        del self._frames[:whole]

    def _give_up(self, error: Exception) -> None:
        self.fault = f"{type(error).__name__}: {error}"
        self._stream = None


def _middle(frames: list[float]) -> float | None:
    """Return the median of the frames that have a pitch, to a tenth of a Hz; None where too few have."""
    pitched = np.asarray(frames)[np.isfinite(frames)]
    return round(float(np.median(pitched)), 1) if len(pitched) >= FEWEST_FRAMES else None
