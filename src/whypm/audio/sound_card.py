"""The machine's microphones and speakers, by way of PortAudio."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from whypm.audio.device_list import Kind, choose_device, list_devices
from whypm.audio.native_output import silenced
from whypm.audio.portaudio import portaudio, spoken_reason
from whypm.domain.errors import DeviceError
from whypm.domain.sound import ChosenDevice, Device

OnBlock = Callable[[NDArray[np.int16], bool], None]
"""Takes a block of shape (frames, channels), valid during the call, and whether input was lost before it.

Called on PortAudio's own thread: copy, enqueue, return.
"""
Fill = Callable[[NDArray[np.float32]], bool]
"""Fills a block of shape (frames, channels) with samples in [-1, 1]; True when it was the last one.

Called on PortAudio's own thread: copy, return.
"""

FALLBACK_RATES = (48_000, 44_100, 16_000)
"""In Hz, tried in this order where a device refuses its own: the common ones, then what speech needs."""

# Python's other threads can hold the callback back for tens of milliseconds (garbage collection, a busy
# window), and models are loaded while the question is asked. So much is buffered below us; PortAudio's own
# choice on ALSA is 35 ms. Input that is late delays the level meter alone; output that is late leaves a gap.
_INPUT_LATENCY_SECONDS = 0.2
_OUTPUT_LATENCY_SECONDS = 0.4

_OPEN_MICROPHONE = (
    "Check that it is plugged in, that the system's privacy settings let WhyPM use the microphone, and that "
    "no other program holds it; or choose another one."
)
_OPEN_SPEAKER = "Check that it is plugged in and that no other program holds it; or choose another one."


class SoundStream:
    """One open stream. Its thread calls ``on_block`` or ``fill`` from ``start`` until it ends.

    ``sample_rate`` (Hz) and ``channels`` are what the device accepted.
    """

    def __init__(self, stream: Any, ended: Callable[[], None]) -> None:  # noqa: ANN401  # sounddevice is untyped
        self._stream = stream
        self._ended = ended
        self._closed = threading.Event()
        self.sample_rate = int(stream.samplerate)
        self.channels = int(stream.channels)
        self.latency_seconds = float(stream.latency)

    @property
    def closed(self) -> bool:
        """Whether ``close`` was called: the stream's end is then ours, and no loss."""
        return self._closed.is_set()

    def start(self) -> None:
        """Let the sound flow.

        Raises:
            DeviceError: The device went away or is held by another program.
        """
        try:
            with silenced():
                self._stream.start()
        except Exception as error:  # sounddevice's own error class is known only once it is loaded
            self.close()
            raise DeviceError(
                f"The sound device did not start: {spoken_reason(error)}.", _OPEN_SPEAKER
            ) from error

    def close(self) -> None:
        """Stop at once and let the device go. Harmless when repeated; never call it from a callback."""
        if self._closed.is_set():
            return
        self._closed.set()
        with contextlib.suppress(Exception), silenced():  # a device that was pulled out refuses to be stopped
            self._stream.abort()
        with contextlib.suppress(Exception), silenced():
            self._stream.close()
        self._ended()


class SoundCard:
    """Lists, remembers and opens the machine's sound devices. PortAudio is loaded at the first call."""

    # Shared by all cards: PortAudio is one to a process, and crashes it when restarted under an open stream.
    _lock: ClassVar = threading.RLock()
    _open_streams: ClassVar[set[SoundStream]] = set()

    def microphones(self) -> tuple[Device, ...]:
        """Return the microphones known since the start or the last ``refresh``.

        Raises:
            DeviceError: PortAudio is not installed, or does not answer.
        """
        return self._devices("input")

    def speakers(self) -> tuple[Device, ...]:
        """Return the speakers known since the start or the last ``refresh``.

        Raises:
            DeviceError: PortAudio is not installed, or does not answer.
        """
        return self._devices("output")

    def refresh(self) -> bool:
        """Look again for devices that were plugged in or pulled out.

        PortAudio can only look while it starts, and starting it anew would kill open streams: while one is
        open nothing is done and False is returned.

        Raises:
            DeviceError: PortAudio is not installed, or does not start; the next look begins with that.
        """
        with self._lock:
            if self._open_streams:
                return False
            library = portaudio()
            with _in_words(library), silenced():
                if library._initialized:  # noqa: SLF001  # sounddevice has no public call for these
                    library._terminate()  # noqa: SLF001
                library._initialize()  # noqa: SLF001
            return True

    def choose_microphone(self, name: str | None = None, host: str | None = None) -> ChosenDevice:
        """Return the remembered microphone, or the default one in its place.

        Raises:
            DeviceError: There is no microphone at all.
        """
        chosen = self._choose(self.microphones, name, host)
        if chosen is None:
            raise DeviceError("No microphone was found.", "Plug one in, then try again.")
        return chosen

    def choose_speaker(self, name: str | None = None, host: str | None = None) -> ChosenDevice:
        """Return the remembered speaker, or the default one in its place.

        Raises:
            DeviceError: There is no speaker at all.
        """
        chosen = self._choose(self.speakers, name, host)
        if chosen is None:
            raise DeviceError("No speaker or headphones were found.", "Plug some in, then try again.")
        return chosen

    def open_input(
        self, microphone: Device | None, on_block: OnBlock, on_lost: Callable[[], None]
    ) -> SoundStream:
        """Open a microphone (None: the default) without starting it.

        Mono at the device's own rate where it agrees, else at a rate and with the channels that it accepts.
        ``on_lost`` is called on PortAudio's thread when the stream ends though nobody closed it.

        Raises:
            DeviceError: There is no microphone, or it cannot be opened.
        """
        library = portaudio()
        device = microphone or self.choose_microphone().device

        def callback(block: NDArray[np.int16], _frames: int, _time: object, status: Any) -> None:  # noqa: ANN401
            on_block(block, bool(status.input_overflow))

        rates = (device.sample_rate, *FALLBACK_RATES)
        channels = (1, 2, device.channels)
        settings = {"dtype": "int16", "latency": _INPUT_LATENCY_SECONDS, "callback": callback}
        try:
            return self._open(library.InputStream, device, rates, channels, settings, on_lost)
        except library.PortAudioError as error:
            message = f"The microphone “{device.name}” could not be opened: {spoken_reason(error)}."
            raise DeviceError(message, _OPEN_MICROPHONE) from error

    def open_output(
        self, speaker: Device | None, sample_rate: int, fill: Fill, on_end: Callable[[], None]
    ) -> SoundStream:
        """Open a speaker (None: the default) without starting it.

        At ``sample_rate`` (Hz) where the device agrees, else at its own: look at the stream's. ``on_end`` is
        called on PortAudio's thread when the last block has been played, or the device went away.

        Raises:
            DeviceError: There is no speaker, or it cannot be opened.
        """
        library = portaudio()
        device = speaker or self.choose_speaker().device

        def callback(block: NDArray[np.float32], _frames: int, _time: object, _status: object) -> None:
            if fill(block):
                raise library.CallbackStop

        rates = (sample_rate, device.sample_rate, *FALLBACK_RATES)
        channels = (1, 2, device.channels)
        settings = {"dtype": "float32", "latency": _OUTPUT_LATENCY_SECONDS, "callback": callback}
        try:
            return self._open(library.OutputStream, device, rates, channels, settings, on_end)
        except library.PortAudioError as error:
            message = f"The speaker “{device.name}” could not be opened: {spoken_reason(error)}."
            raise DeviceError(message, _OPEN_SPEAKER) from error

    def _open(
        self,
        kind: Callable[..., Any],
        device: Device,
        rates: tuple[int, ...],
        channels: tuple[int, ...],
        settings: dict[str, Any],
        on_end: Callable[[], None],
    ) -> SoundStream:
        opened: list[SoundStream] = []

        def finished() -> None:
            if opened and not opened[0].closed:
                on_end()

        with self._lock, silenced():
            stream = _first_accepted(
                kind, device, rates, channels, {**settings, "finished_callback": finished}
            )
            opened.append(SoundStream(stream, lambda: self._open_streams.discard(opened[0])))
            self._open_streams.add(opened[0])
        return opened[0]

    def _choose(
        self, devices: Callable[[], tuple[Device, ...]], name: str | None, host: str | None
    ) -> ChosenDevice | None:
        """Choose among the devices; where what is wanted is not there, look again: it may just have come."""
        chosen = choose_device(devices(), name, host)
        if (chosen is None or chosen.missing is not None) and self.refresh():
            chosen = choose_device(devices(), name, host)
        return chosen

    def _devices(self, kind: Kind) -> tuple[Device, ...]:
        with self._lock:
            library = portaudio()
            if not library._initialized:  # noqa: SLF001  # the last look has failed half way
                self.refresh()
            with _in_words(library):
                return list_devices(
                    kind, library.query_hostapis(), library.query_devices(), library.default.hostapi
                )


@contextlib.contextmanager
def _in_words(library: Any) -> Iterator[None]:  # noqa: ANN401  # sounddevice is untyped
    try:
        yield
    except library.PortAudioError as error:
        raise DeviceError(
            f"The sound system does not answer: {spoken_reason(error)}.", "Try again in a moment."
        ) from error


def _first_accepted(
    kind: Callable[..., Any],
    device: Device,
    rates: tuple[int, ...],
    channels: tuple[int, ...],
    settings: dict[str, Any],
) -> Any:  # noqa: ANN401
    """Open with the first rate and number of channels that the device accepts; raise the first refusal."""
    refusal: Exception | None = None
    for rate in dict.fromkeys(rates):
        for count in dict.fromkeys(number for number in channels if number <= device.channels):
            try:
                return kind(
                    device=device.index,
                    samplerate=rate,
                    channels=count,
                    **settings,
                )
            except Exception as error:  # noqa: BLE001  # which errors mean "another rate" differs by system
                refusal = refusal or error
    raise refusal or DeviceError(f"“{device.name}” has no channels.", "Choose another one.")
