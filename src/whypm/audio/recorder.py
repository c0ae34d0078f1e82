"""Records a take: from the microphone to the disk, block by block, with the level on the way."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from whypm.audio.level import FULL_SCALE, measure
from whypm.audio.recording_file import RecordingFile
from whypm.audio.sound_card import SoundCard, SoundStream
from whypm.domain.errors import NO_ROOM
from whypm.domain.sound import (
    BlocksDropped,
    Device,
    Ending,
    LevelHeard,
    RecorderEvent,
    Recording,
    RecordingEnded,
)

Listener = Callable[[RecorderEvent], None]
OnSamples = Callable[[NDArray[np.float32]], None]
"""Takes mono samples in [-1, 1], shape (frames,), at the take's rate, in order and without gaps."""

SILENT_DEVICE_SECONDS = 2.0
"""A microphone that delivers nothing for so long is lost: even silence arrives as blocks, twenty a second."""

_LEVEL_INTERVAL_SECONDS = 0.04
"""Twenty-five a second: smooth to the eye, cheap to draw."""
_POLL_SECONDS = 0.1
"""How often it is looked whether the microphone has fallen silent."""
_LONGEST_CLOSE_SECONDS = 1.0
"""A sound system that hangs is not waited for any longer."""
_LARGEST_TAIL_SECONDS = 0.1
"""Two blocks; what is still on its way beyond that is no speech, but a mouse click."""

_log = logging.getLogger(__name__)


class Recorder:
    """Records one take at a time. Its methods may be called from any thread, but not by two at once.

    Args:
        card: Where the microphones are.
        clock: Monotonic seconds.
    """

    def __init__(self, card: SoundCard, clock: Callable[[], float] = time.monotonic) -> None:
        self._card = card
        self._clock = clock
        self._take: _Take | None = None

    @property
    def recording(self) -> bool:
        """Whether a take is under way."""
        return self._take is not None and not self._take.ended.is_set()

    def start(
        self,
        path: Path,
        microphone: Device | None,
        listener: Listener,
        on_samples: OnSamples | None = None,
    ) -> int:
        """Begin a take in the new WAV file ``path`` with this microphone (None: the default).

        ``listener`` and ``on_samples`` are called on the recorder's own thread. Whatever ends the take, the
        last event is a ``RecordingEnded``, and what was recorded until then is kept.

        Returns:
            The take's sampling rate in Hz.

        Raises:
            DeviceError: There is no microphone, or it cannot be opened.
            StorageError: The file cannot be made.
        """
        if self.recording:
            raise RuntimeError("a take is under way")
        if self._take is not None:
            self._take.let_go()
        take = _Take(listener, on_samples, self._clock)
        stream = self._card.open_input(microphone, take.on_block, take.on_lost)
        try:
            file = RecordingFile(path, stream.sample_rate, self._clock)
        except BaseException:
            stream.close()
            raise
        try:
            stream.start()
        except BaseException:
            stream.close()
            file.close()
            path.unlink()
            raise
        take.begin(stream, file)
        self._take = take
        return stream.sample_rate

    def stop(self) -> Recording:
        """End the take and return it; when it has ended by itself, return that one.

        Waits for the sound that is still on its way from the microphone (up to a tenth of a second), and
        for the disk. A listener may call it on ``RecordingEnded`` only: before that it would wait for itself.
        """
        if self._take is None:
            raise RuntimeError("no take was begun")
        return self._take.stop()


class _Take:
    """One take: the queue between PortAudio's thread and the thread that writes."""

    def __init__(self, listener: Listener, on_samples: OnSamples | None, clock: Callable[[], float]) -> None:
        self.ended = threading.Event()
        self._listener = listener
        self._on_samples = on_samples
        self._clock = clock
        # Unbounded on purpose: memory for a slow disk is cheap, a lost word is not. None ends the take.
        self._blocks: queue.SimpleQueue[tuple[NDArray[np.int16], bool] | None] = queue.SimpleQueue()
        self._wanted_to_end = threading.Event()
        self._ending = Ending.DEVICE_LOST  # unless the pump, which alone writes it, knows otherwise
        self._dropped = 0
        self._unmeasured: list[NDArray[np.int16]] = []
        self._unmeasured_frames = 0

    def begin(self, stream: SoundStream, file: RecordingFile) -> None:
        self._stream = stream
        self._file = file
        self._thread = threading.Thread(target=self._pump, name="recorder", daemon=True)
        self._thread.start()

    def on_block(self, block: NDArray[np.int16], overflowed: bool) -> None:
        """PortAudio's thread: copy and enqueue, nothing else."""
        self._blocks.put((block.copy(), overflowed))

    def on_lost(self) -> None:
        """PortAudio's thread: the stream ended by itself."""
        self._blocks.put(None)

    def stop(self) -> Recording:
        if threading.current_thread() is self._thread:
            if not self.ended.is_set():
                raise RuntimeError("a listener cannot wait for the end of its own take")
            return self._result
        # The last syllable is still in the buffers between microphone and callback.
        if not self.ended.wait(min(self._stream.latency_seconds, _LARGEST_TAIL_SECONDS)):
            self._wanted_to_end.set()
        self._blocks.put(None)
        self.ended.wait()
        self.let_go()
        return self._result

    def let_go(self) -> None:
        """Wait until the microphone is free for the next take, but not for a sound system that hangs."""
        self._thread.join(_LONGEST_CLOSE_SECONDS)

    def _pump(self) -> None:
        try:
            self._write_blocks()
            if self._wanted_to_end.is_set():
                self._ending = Ending.STOPPED
        except OSError as error:
            self._ending = Ending.DISK_FULL if error.errno in NO_ROOM else Ending.FAILED
            _log.warning("The take ended: %s", error)
        except Exception:  # noqa: BLE001  # a flaw of ours must not cost the take
            self._ending = Ending.FAILED
            _log.exception("The take ended")
        finally:
            self._finish()

    def _finish(self) -> None:
        """Close the file and tell the take's end: whoever waits for it must not wait for ever."""
        try:
            self._file.close()
        except Exception:  # noqa: BLE001  # what was written stays readable: readers go by the file's length
            self._ending = Ending.FAILED
            _log.exception("The recording was not closed")
        self._result = Recording(
            path=self._file.path,
            sample_rate=self._file.sample_rate,
            frames=self._file.frames,
            dropped_blocks=self._dropped,
            ending=self._ending,
        )
        self.ended.set()
        self._tell(RecordingEnded(self._result))
        self._stream.close()  # last, since it waits for the sound system, and that may be what has failed

    def _write_blocks(self) -> None:
        """Write what arrives until the take is stopped or the microphone falls silent for good."""
        last_arrival = self._clock()
        while True:
            try:
                arrival = self._blocks.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                if self._clock() - last_arrival > SILENT_DEVICE_SECONDS:
                    return
                continue
            if arrival is None:
                return
            last_arrival = self._clock()
            block, overflowed = arrival
            mono = _mono(block)
            self._file.write(mono)
            if overflowed:
                self._dropped += 1
                self._tell(BlocksDropped(self._dropped))
            self._hand_on(mono)
            self._tell_level(mono)

    def _hand_on(self, mono: NDArray[np.int16]) -> None:
        if self._on_samples is None:
            return
        try:
            self._on_samples(mono.astype(np.float32) / np.float32(FULL_SCALE))
        except Exception:  # noqa: BLE001  # the recording outlives whatever reads along
            _log.exception("The live transcription reads along no more")
            self._on_samples = None

    def _tell_level(self, mono: NDArray[np.int16]) -> None:
        """Measure blocks together where they come in smaller pieces than the eye can follow."""
        self._unmeasured.append(mono)
        self._unmeasured_frames += len(mono)
        if self._unmeasured_frames >= _LEVEL_INTERVAL_SECONDS * self._file.sample_rate:
            level = measure(np.concatenate(self._unmeasured))
            self._unmeasured, self._unmeasured_frames = [], 0
            self._tell(LevelHeard(level, self._file.frames / self._file.sample_rate))

    def _tell(self, event: RecorderEvent) -> None:
        try:
            self._listener(event)
        except Exception:  # noqa: BLE001  # the recording outlives whoever watches
            _log.exception("The listener failed on %s", type(event).__name__)


def _mono(block: NDArray[np.int16]) -> NDArray[np.int16]:
    """The mean over the channels of (frames, channels) as (frames,)."""
    if block.shape[1] == 1:
        return block[:, 0]
    mean: NDArray[np.int16] = np.round(block.mean(axis=1)).astype(np.int16)
    return mean
