"""Plays a sound file and tells the place that is heard."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from whypm.audio.resampling import resample
from whypm.audio.sound_card import SoundCard, SoundStream
from whypm.audio.sound_file import load_sound
from whypm.domain.sound import Device, PlaybackEnded, PlaybackEnding, PlaybackMoved, PlayerEvent

Listener = Callable[[PlayerEvent], None]

STUCK_SPEAKER_SECONDS = 2.0
"""A speaker that takes nothing for so long is lost."""

_SERVER_SECONDS = 0.1
"""Held by a sound server below the latency that it owns up to; with PulseAudio 0.05 was measured."""
_LONGEST_CLOSE_SECONDS = 1.0
"""A sound system that hangs is not waited for any longer."""
_TICK_SECONDS = 0.05
"""Twenty a second: a word lights up within a syllable of being heard."""

_log = logging.getLogger(__name__)


class Player:
    """Plays one file at a time. Safe to share between threads; a listener may call it too.

    Args:
        card: Where the speakers are.
        clock: Monotonic seconds.
    """

    def __init__(self, card: SoundCard, clock: Callable[[], float] = time.monotonic) -> None:
        self._card = card
        self._clock = clock
        # A question is asked and a recording replayed from different threads: unguarded, both could play, and
        # the one that was forgotten could not be stopped.
        self._lock = threading.RLock()
        self._playback: _Playback | None = None

    @property
    def playing(self) -> bool:
        """Whether something can still be heard."""
        return self._playback is not None and not self._playback.ended.is_set()

    def play(
        self,
        path: Path,
        speaker: Device | None,
        listener: Listener,
        start_seconds: float = 0.0,
        end_seconds: float | None = None,
    ) -> None:
        """Play a file, or a part of it, on this speaker (None: the default) and return at once.

        What played before is stopped. ``listener`` is called on the player's own thread; the last event is a
        ``PlaybackEnded``, sent when the last sample has left the speaker.

        Raises:
            SoundFileError: The file cannot be read.
            DeviceError: There is no speaker, or it cannot be opened.
        """
        with self._lock:
            self.stop()
            sound = load_sound(path)
            last = None if end_seconds is None else round(end_seconds * sound.sample_rate)
            part = sound.samples[max(0, round(start_seconds * sound.sample_rate)) : last]
            playback = _Playback(listener, start_seconds, self._clock)
            stream = self._card.open_output(speaker, sound.sample_rate, playback.fill, playback.on_end)
            try:
                playback.begin(stream, resample(part, sound.sample_rate, stream.sample_rate))
            except BaseException:  # no memory, say: nothing else would let the speaker go
                stream.close()
                raise
            self._playback = playback

    def stop(self) -> None:
        """Fall silent at once. Harmless when nothing plays."""
        with self._lock:
            if self._playback is not None:
                self._playback.stop()


class _Playback:
    """One file on its way to the speaker."""

    def __init__(self, listener: Listener, start_seconds: float, clock: Callable[[], float]) -> None:
        self.ended = threading.Event()
        self._listener = listener
        self._start_seconds = start_seconds
        self._clock = clock
        self._over = threading.Event()
        self._ending = PlaybackEnding.DEVICE_LOST  # unless the end of the samples or stop() says otherwise
        self._sent = 0  # frames handed to PortAudio; written by its thread alone

    def begin(self, stream: SoundStream, samples: NDArray[np.float32]) -> None:
        self._stream = stream
        self._frames = len(samples)
        # The stream may be cut off while its last blocks are still on their way. So silence follows them, as
        # long as the way: once that has been taken, the last sample has left.
        way_seconds = stream.latency_seconds + _SERVER_SECONDS
        tail = np.zeros(round(way_seconds * stream.sample_rate), np.float32)
        self._samples = np.concatenate([samples, tail])
        stream.start()
        self._thread = threading.Thread(target=self._watch, name="player", daemon=True)
        self._thread.start()

    def fill(self, block: NDArray[np.float32]) -> bool:
        """PortAudio's thread: copy the next samples to every channel; silence once they are used up."""
        piece = self._samples[self._sent : self._sent + len(block)]
        block[: len(piece)] = piece[:, np.newaxis]
        block[len(piece) :] = 0
        self._sent += len(piece)
        return self._sent >= len(self._samples)

    def on_end(self) -> None:
        """PortAudio's thread: everything was played, or the speaker went away."""
        if self._sent >= len(self._samples):
            self._ending = PlaybackEnding.FINISHED
        self._over.set()

    def stop(self) -> None:
        if not self._over.is_set():
            self._ending = PlaybackEnding.STOPPED
            self._over.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(_LONGEST_CLOSE_SECONDS)

    def _watch(self) -> None:
        """Tell the place until the end, and then what ended it."""
        sent, moved, heard = 0, self._clock(), 0.0
        while not self._over.wait(_TICK_SECONDS):
            now = self._clock()
            if self._sent != sent:
                sent, moved = self._sent, now
            elif now - moved > STUCK_SPEAKER_SECONDS:
                self._end()  # before the stream is closed: that would wait for what is stuck
                self._stream.close()
                return
            # Blocks come unevenly on a busy machine; the ear never goes back.
            heard = max(heard, self._heard_seconds(now - moved))
            self._tell(PlaybackMoved(self._start_seconds + heard))
        self._stream.close()
        self._end()

    def _end(self) -> None:
        self.ended.set()
        self._tell(PlaybackEnded(self._ending))

    def _tell(self, event: PlayerEvent) -> None:
        try:
            self._listener(event)
        except Exception:  # noqa: BLE001  # the speaker has to be let go whoever watches
            _log.exception("The listener failed on %s", type(event).__name__)

    def _heard_seconds(self, since_block_seconds: float) -> float:
        """How far into the part the ear is: what was sent, less what is still on its way."""
        rate = self._stream.sample_rate
        sent = self._sent / rate + since_block_seconds - self._stream.latency_seconds
        return min(max(0.0, sent), self._frames / rate)
