"""An answer that is transcribed while it is being given, as the rest of the program sees it."""

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection

import numpy as np

from whypm.domain.errors import TranscriptionError, WhypmError
from whypm.domain.transcript import HeardSoFar, Recognition
from whypm.transcription.process.messages import Abandon, Finish, Listen, Message, News, Progress, Sound

BLOCK_SECONDS = 0.1
"""Sound is sent in pieces of this length: a sound card's own blocks would wake the child too often."""

_log = logging.getLogger(__name__)

OnHeard = Callable[[HeardSoFar], None]
OnRecognised = Callable[[Recognition], None]
OnProgress = Callable[[float], None]


class LiveTask:
    """Takes sound in and gives its words at the end; made by ``Transcriber.listen``.

    A child that dies or hangs ends it: then ``finish`` says so, and the words come from the recording. Its
    methods never wait for the child, except ``finish``.

    Args:
        converse: holds the conversation with the child on this task's thread, to its end.
        sample_rate: of the sound, in Hz.
        on_heard: called with what is understood so far, on this task's thread.
        on_recognised: called there with what would be recognised if the answer ended where it stands.
        preview: whether words are wanted before a pause, at some cost.
    """

    def __init__(
        self,
        converse: Callable[["LiveTask"], Recognition | None],
        sample_rate: int,
        on_heard: OnHeard | None,
        on_recognised: OnRecognised | None = None,
        *,
        preview: bool = False,
    ) -> None:
        self._converse = converse
        self._beginning = Listen(sample_rate, preview, on_recognised is not None)
        self._on_heard = on_heard
        self._on_recognised = on_recognised
        self._on_progress: OnProgress | None = None
        # Unbounded: the child may be busy for seconds, and the microphone's thread must not wait for it.
        self._outbox: queue.SimpleQueue[np.ndarray | Finish | Abandon | None] = queue.SimpleQueue()
        self._frames = 0
        self._ending = threading.Event()
        self._abandoned = False
        self._recognition: Recognition | None = None
        self._error: WhypmError | None = None
        self._thread = threading.Thread(target=self._run, name="live transcription", daemon=True)

    def start(self) -> None:
        """Begin; sound may be fed before."""
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it still takes sound in or works on it."""
        return self._thread.is_alive()

    @property
    def abandoned(self) -> bool:
        """Whether nobody wants its words any more."""
        return self._abandoned

    def feed(self, samples: np.ndarray) -> None:
        """Add what follows: float32, shape (samples,), mono, full scale 1. Returns at once."""
        if not self._ending.is_set():
            self._frames += len(samples)
            self._outbox.put(samples)

    def finish(self, on_progress: OnProgress | None = None) -> Recognition:
        """Return what was said; waits for what is not read yet.

        Raises:
            TranscriptionError: the child died or hung meanwhile, the conversation with it failed, or the
                task was abandoned.
            ModelError: the model cannot be loaded.
        """
        self._on_progress = on_progress
        if not self._ending.is_set():
            self._ending.set()
            self._outbox.put(Finish())
        self._thread.join()
        if self._recognition is None:
            raise self._error or TranscriptionError("The live transcription was given up.")
        return self._recognition

    def abandon(self) -> None:
        """Let the child be free for something else as soon as it can; returns at once."""
        if not self._ending.is_set():
            self._abandoned = True
            self._ending.set()
            self._outbox.put(Abandon())

    def send_to(self, connection: Connection) -> None:
        """Send all that is fed, in order, until the task ends. Blocks while the child is busy."""
        with suppress(OSError, ValueError):  # the child is gone; the receiver notices
            connection.send(self._beginning)
            for piece in self._pieces():
                connection.send(piece)

    def take_in(self, message: Message) -> None:
        """Take in what the child says on the way."""
        try:
            if isinstance(message, News) and message.recognition and self._on_recognised:
                self._on_recognised(message.recognition)
            if isinstance(message, News) and self._on_heard:
                fed_seconds = self._frames / self._beginning.sample_rate
                behind_seconds = max(0.0, fed_seconds - message.read_seconds)
                self._on_heard(HeardSoFar(message.settled, message.ahead, behind_seconds))
            elif isinstance(message, Progress) and self._on_progress:
                self._on_progress(message.share)
        except Exception:  # noqa: BLE001 - the transcription outlives whoever watches
            _log.exception("a listener of the live transcription failed")

    def _pieces(self) -> Iterator[Sound | Finish | Abandon]:
        """Yield the sound in pieces as it is fed, and the end."""
        blocks: list[np.ndarray] = []
        frames = 0
        wanted = BLOCK_SECONDS * self._beginning.sample_rate
        while (item := self._outbox.get()) is not None:
            if isinstance(item, np.ndarray):
                blocks.append(item)
                frames += len(item)
                if frames < wanted:
                    continue
            if blocks:
                yield Sound(np.concatenate(blocks))
                blocks, frames = [], 0
            if not isinstance(item, np.ndarray):
                yield item

    def _run(self) -> None:
        try:
            self._recognition = self._converse(self)
        except WhypmError as error:
            _log.warning("the live transcription ended: %s", error)
            self._error = error
        except Exception as error:  # noqa: BLE001 - whatever it was, the words come from the recording
            _log.exception("the live transcription failed")
            self._error = TranscriptionError(
                f"The live transcription failed inside WhyPM: {error!r}.", "The log has the details."
            )
        finally:
            self._ending.set()
            self._outbox.put(None)  # the sender may be waiting for more
