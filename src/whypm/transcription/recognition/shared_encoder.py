"""What Whisper's encoder is shown of a window, and its work done once for both readings of the window."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

ENCODINGS_KEPT = 3
"""A window's, and those of what is left of it when Whisper stopped early; 3 MB each with ``base``."""
SHORT_FRAMES = 2000
"""Frames of 10 ms that Whisper is shown in place of the 3000 it was trained with: a third of the time to
encode. Over nine minutes of recordings ``base`` made 16.7 % errors with them, where it made 17.2 %."""
STEP_FRAMES = 250
"""Longer sound is shown in the least number of such steps more. The 43 recordings had 13.5 % errors with
them, and 13.4 % with 3000 frames for all that 2000 do not hold."""
MOST_FRAMES = 3000
FRAME_SECONDS = 0.01
LONE_FRAMES = 1000
"""Shown of a short sound that is read by itself, as most of what that costs is the encoder's work. With so
few, longer sounds are misread, and in loops."""
SPARE_FRAMES = 600
"""Silence that has to follow the sound: with 1 s of it, words were lost (15 s with 14 s of sound)."""


class SharedEncoder:
    """Lets the two readings of a window share the encoder's work, and keeps it to what there is to hear.

    A context of 15 s would make short windows cheaper still, but cost two points of word error rate with
    ``base``, most of them in noise and accents.

    Args:
        encode: takes features of shape (mels, frames). Both readings wait for it. A model of its own, on two
            threads, would take 0.3 s where ``base`` takes 0.5, but 155 MB more memory.
    """

    def __init__(self, encode: Callable[[np.ndarray], Any]) -> None:
        self._encode = encode
        self._enough_frames = SHORT_FRAMES
        self._kept: dict[bytes, tuple[Any, float]] = {}
        self._one_at_a_time = threading.Lock()

    def __call__(self, features: np.ndarray) -> Any:  # noqa: ANN401 - a handle of CTranslate2's
        """Return the encoding of features that hold 30 s."""
        shown = self._shown(features)
        key = hashlib.blake2b(shown.tobytes(), digest_size=16).digest()
        with self._one_at_a_time:  # both readings ask for it at once
            if key not in self._kept:
                if len(self._kept) == ENCODINGS_KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = self._encode(shown), _sounding_frames(shown) * FRAME_SECONDS
            return self._kept[key][0]

    def sounding_seconds(self, encoding: object) -> float:
        """Return how long the sound is that an encoding holds; as long as it can be where it is not kept."""
        # A copy, as the other reading may add its own; its lock is held for as long as that takes to encode.
        kept = tuple(self._kept.values())
        return next((seconds for one, seconds in kept if one is encoding), MOST_FRAMES * FRAME_SECONDS)

    @contextmanager
    def showing(self, frames: int) -> Iterator[None]:
        """Show so many frames, where these and the filling that has to follow hold the sound."""
        self._enough_frames = frames
        try:
            yield
        finally:
            self._enough_frames = SHORT_FRAMES

    def _shown(self, features: np.ndarray) -> np.ndarray:
        sounding = _sounding_frames(features)
        for enough in (self._enough_frames, *range(SHORT_FRAMES, MOST_FRAMES, STEP_FRAMES)):
            if sounding <= enough - SPARE_FRAMES:
                return np.ascontiguousarray(features[:, :enough])
        return features


def _sounding_frames(features: np.ndarray) -> int:
    sounding = np.flatnonzero(features.any(axis=0))
    return int(sounding[-1]) + 1 if len(sounding) else 0
