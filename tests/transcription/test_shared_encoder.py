"""What Whisper's encoder is shown, and how often it works."""

import numpy as np
import pytest

from whypm.transcription.recognition.shared_encoder import (
    FRAME_SECONDS,
    LONE_FRAMES,
    SHORT_FRAMES,
    SharedEncoder,
)

MELS, MOST = 80, 3000


def features(sounding_seconds: float) -> np.ndarray:
    """Thirty seconds, sounding at first and nothing after."""
    frames = np.zeros((MELS, MOST), np.float32)
    frames[:, : round(sounding_seconds / FRAME_SECONDS)] = 1.0
    return frames


class _Encoder:
    def __init__(self) -> None:
        self.shown: list[int] = []

    def __call__(self, frames: np.ndarray) -> object:
        self.shown.append(frames.shape[1])
        return object()


def test_the_same_sound_is_encoded_once() -> None:
    real = _Encoder()
    encoder = SharedEncoder(real)
    assert encoder(features(3.0)) is encoder(features(3.0))
    assert encoder(features(4.0)) is not encoder(features(3.0))
    assert len(real.shown) == 2


@pytest.mark.parametrize(("seconds", "frames"), [(3.0, SHORT_FRAMES), (15.0, 2250), (27.0, MOST)])
def test_the_frames_that_are_shown_hold_the_sound_and_silence_after_it(seconds: float, frames: int) -> None:
    real = _Encoder()
    SharedEncoder(real)(features(seconds))
    assert real.shown == [frames]


def test_fewer_frames_are_shown_of_a_sound_by_itself() -> None:
    real = _Encoder()
    encoder = SharedEncoder(real)
    with encoder.showing(LONE_FRAMES):
        encoder(features(0.5))
    encoder(features(0.5))
    assert real.shown == [LONE_FRAMES, SHORT_FRAMES]


def test_how_long_an_encoded_sound_is_is_known() -> None:
    encoder = SharedEncoder(_Encoder())
    long, short = encoder(features(12.0)), encoder(features(1.5))
    assert encoder.sounding_seconds(long) == pytest.approx(12.0, abs=FRAME_SECONDS)
    assert encoder.sounding_seconds(short) == pytest.approx(1.5, abs=FRAME_SECONDS)
    for seconds in (5.0, 6.0):
        encoder(features(seconds))
    assert encoder.sounding_seconds(long) == MOST * FRAME_SECONDS  # not kept any more
