"""A sound card made of a file, for the demo and for tests: its microphone plays it, its speaker is mute."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from whypm.audio.sound_card import Fill, OnBlock, SoundCard, SoundStream
from whypm.audio.sound_file import load_sound
from whypm.domain.sound import ChosenDevice, Device

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK_SECONDS = 0.02
_FULL_SCALE = 32_767


class FileCard(SoundCard):
    """Takes the place of a ``SoundCard``; time passes ``speed`` times as fast as on a real one.

    ``finished`` is called once, on the microphone's thread, when the last sample of the file was delivered;
    after that the microphone delivers silence until it is closed.
    """

    def __init__(self, file: Path, finished: Callable[[], None], speed: float = 1.0) -> None:
        super().__init__()
        self._file = file
        self._finished = finished
        self._speed = speed

    def microphones(self) -> tuple[Device, ...]:
        """Return the one microphone, named after the file."""
        return (Device(0, self._file.name, "file", 1, load_sound(self._file).sample_rate, default=True),)

    def speakers(self) -> tuple[Device, ...]:
        """Return the one speaker, which is mute."""
        return (Device(1, "mute", "file", 1, 48_000, default=True),)

    def refresh(self) -> bool:
        """There is never anything new."""
        return True

    def choose_microphone(
        self,
        name: str | None = None,  # noqa: ARG002 - there is one, whatever is remembered
        host: str | None = None,  # noqa: ARG002
    ) -> ChosenDevice:
        """Return the one microphone, whatever is remembered."""
        return ChosenDevice(self.microphones()[0])

    def choose_speaker(
        self,
        name: str | None = None,  # noqa: ARG002 - there is one, whatever is remembered
        host: str | None = None,  # noqa: ARG002
    ) -> ChosenDevice:
        """Return the one speaker, whatever is remembered."""
        return ChosenDevice(self.speakers()[0])

    def open_input(
        self,
        microphone: Device | None,  # noqa: ARG002 - a SoundCard has more than one
        on_block: OnBlock,
        on_lost: Callable[[], None],  # noqa: ARG002 - a file is never unplugged
    ) -> SoundStream:
        """Open the file as a microphone. Raises SoundFileError."""
        sound = load_sound(self._file)
        samples = np.round(np.clip(sound.samples, -1, 1) * _FULL_SCALE).astype(np.int16)
        size = round(sound.sample_rate * _BLOCK_SECONDS)
        silence = np.zeros((size, 1), np.int16)
        blocks = iter(np.array_split(samples[:, np.newaxis], range(size, len(samples), size)))
        finished = self._finished

        def step() -> bool:
            nonlocal finished
            block = next(blocks, None)
            if block is None:
                finished()
                finished = _nothing
            on_block(silence if block is None else block, False)
            return True

        return _FileStream(sound.sample_rate, step, _BLOCK_SECONDS / self._speed)

    def open_output(
        self,
        speaker: Device | None,  # noqa: ARG002 - a SoundCard has more than one
        sample_rate: int,
        fill: Fill,
        on_end: Callable[[], None],
    ) -> SoundStream:
        """Open the mute speaker, which takes sound in ``speed`` times as fast as it would be heard."""
        block: NDArray[np.float32] = np.zeros((round(sample_rate * _BLOCK_SECONDS), 1), np.float32)

        def step() -> bool:
            if fill(block):
                on_end()
                return False
            return True

        return _FileStream(sample_rate, step, _BLOCK_SECONDS / self._speed)


class _FileStream(SoundStream):
    """Calls ``step`` every ``interval_seconds``, on its own thread, until that is False or it is closed."""

    def __init__(self, sample_rate: int, step: Callable[[], bool], interval_seconds: float) -> None:
        self.sample_rate = sample_rate
        self.channels = 1
        self.latency_seconds = 0.0
        self._closed = threading.Event()
        self._step = step
        self._interval_seconds = interval_seconds
        self._thread = threading.Thread(target=self._flow, name="file-card", daemon=True)

    def start(self) -> None:
        """Let the sound flow."""
        self._thread.start()

    def close(self) -> None:
        """Stop at once."""
        self._closed.set()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join()

    def _flow(self) -> None:
        while not self._closed.wait(self._interval_seconds):
            if not self._step():
                return


def _nothing() -> None:
    return None
