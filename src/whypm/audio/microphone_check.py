"""Whether a microphone hears its user well enough, from a few seconds of speech."""

import math
import queue
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from whypm.audio.level import FULL_SCALE, measure
from whypm.audio.sound_card import SoundCard
from whypm.domain.errors import DeviceError
from whypm.domain.sound import Device, MicrophoneCheck, MicrophoneState, SoundLevel

CLIPPED_SHARE = 0.001
"""Of the samples at full scale: a millisecond in each second. Of 43 speech recordings that were set up with
care, 42 have none at all and one has a twentieth of this."""

QUIET_DECIBELS = -50.0
"""Of full scale, for the loudest twentieth of the 30 ms frames. ITU-T P.56 levels sit near -26 for speech
lines; the same recordings lie between -10 and -39, murmured ones down to -46, one made too quiet on purpose
at -56."""

SMALLEST_CONTRAST_DECIBELS = 6.0
"""Between those frames and the quietest tenth. Speech comes in syllables and gaps: the same recordings differ
by 13 and more, speech beside a jackhammer by 8; steady noise without speech by less than 1."""

_FRAME_SECONDS = 0.03
_SILENT_STEPS = 2
"""Of 16 bits, from the lowest to the highest sample: what a converter makes of nothing."""
_DEAD_SECONDS = 2.0
"""A microphone that sends no block for so long is lost: even silence comes twenty times a second."""
_FLOOR = 1e-12

_ADVICE = {
    MicrophoneState.FINE: "Your microphone hears you well.",
    MicrophoneState.SILENT: (
        "Your microphone sends nothing but silence. Check its mute switch and the system's privacy settings "
        "for the microphone, or choose another one."
    ),
    MicrophoneState.QUIET: (
        "Your voice hardly stands out. Move closer, turn the input level up in the system's sound settings, "
        "or choose another microphone; then say a whole sentence."
    ),
    MicrophoneState.CLIPPING: (
        "Your voice is too loud for the microphone and gets distorted. Turn the input level down in the "
        "system's sound settings, or move back a little."
    ),
}


def check_microphone(samples: NDArray[np.int16], sample_rate: int) -> MicrophoneCheck:
    """Judge mono 16-bit samples of shape (frames,) in which somebody speaks; ``sample_rate`` in Hz."""
    state = _state(samples, sample_rate)
    return MicrophoneCheck(state, measure(samples), _ADVICE[state])


def listen_and_check(
    card: SoundCard,
    microphone: Device | None,
    seconds: float,
    on_level: Callable[[SoundLevel], None] | None = None,
    given_up: Callable[[], bool] = lambda: False,
) -> MicrophoneCheck:
    """Listen to a microphone (None: the default) for ``seconds`` and judge what was heard. Nothing is kept.

    Blocks; ``on_level`` is called on the caller's thread for each block meanwhile. The microphone is let go
    at the first block for which ``given_up`` says so.

    Raises:
        DeviceError: There is no microphone, it cannot be opened, it goes away while we listen, or the test
            was given up.
    """
    blocks: queue.SimpleQueue[NDArray[np.int16] | None] = queue.SimpleQueue()
    stream = card.open_input(
        microphone, lambda block, _overflowed: blocks.put(block.copy()), lambda: blocks.put(None)
    )
    heard: list[NDArray[np.int16]] = []
    frames = 0
    try:
        stream.start()
        while frames < seconds * stream.sample_rate:
            block = blocks.get(timeout=_DEAD_SECONDS)
            if block is None:
                raise DeviceError("The microphone went away during its test.", "Plug it in and try again.")
            if given_up():
                raise DeviceError("The test was stopped before its end.")
            heard.append(block.mean(axis=1).astype(np.int16))
            frames += len(block)
            if on_level is not None:
                on_level(measure(block))
    except queue.Empty:
        raise DeviceError("The microphone delivers no sound at all.", "Choose another one.") from None
    finally:
        stream.close()
    return check_microphone(np.concatenate(heard), stream.sample_rate)


def _state(samples: NDArray[np.int16], sample_rate: int) -> MicrophoneState:
    if samples.size == 0 or np.ptp(samples.astype(np.int32)) <= _SILENT_STEPS:
        return MicrophoneState.SILENT
    at_the_ceiling = np.abs(samples.astype(np.int32)) >= FULL_SCALE - 1
    if at_the_ceiling.mean() > CLIPPED_SHARE:
        return MicrophoneState.CLIPPING
    loud, low = _loud_and_low_decibels(samples, sample_rate)
    if loud < QUIET_DECIBELS or loud - low < SMALLEST_CONTRAST_DECIBELS:
        return MicrophoneState.QUIET
    return MicrophoneState.FINE


def _loud_and_low_decibels(samples: NDArray[np.int16], sample_rate: int) -> tuple[float, float]:
    """The 95th and 10th percentile of the frames' RMS levels, in dB of full scale; the offset is left out."""
    length = max(1, min(len(samples), math.floor(_FRAME_SECONDS * sample_rate)))
    frames = samples[: len(samples) // length * length].reshape(-1, length) / FULL_SCALE
    powers = np.mean((frames - frames.mean()) ** 2, axis=1)
    loud, low = np.percentile(10 * np.log10(powers + _FLOOR), [95, 10])
    return float(loud), float(low)
