"""The transcriber as the rest of the program sees it: a child process that may die without harm."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Self

import numpy as np

from whypm.child_process import start_deaf
from whypm.domain.errors import ModelError, TranscriptionError
from whypm.domain.transcript import Recognition
from whypm.transcription.models.shelf import ModelFolder
from whypm.transcription.process.live_task import LiveTask, OnHeard, OnRecognised
from whypm.transcription.process.messages import Abandoned, Done, Failed, Message, Progress, Refused, Task
from whypm.transcription.process.worker import serve
from whypm.transcription.voice.voicing import SAMPLE_RATE
from whypm.transcription.windows.window_plan import LONGEST_SECONDS

LOAD_SECONDS = 60.0
"""A cold disk and a virus scanner can take half of this over the largest model."""
ATTEMPTS = 2
"""What kills two children in a row would kill a third."""
_LEAVE_SECONDS = 2.0
_BASE_MODEL_BYTES = 145_217_532
"""Of ``model.bin`` of ``base``, whose speed the patience with others is counted from."""

_log = logging.getLogger(__name__)


class _ChildLostError(Exception):
    """The child died, hung or gave up; the work can be repeated."""


@dataclass(frozen=True, slots=True)
class _Child:
    process: BaseProcess
    connection: Connection


class Transcriber:
    """Speech recognition in a long-lived child process. Safe to use from any thread, one task at a time.

    A child that dies or hangs is replaced and its work repeated once.

    Args:
        model: from a ``ModelShelf``, which has checked it.
        threads: processor threads that it may keep busy.
    """

    def __init__(self, model: ModelFolder, threads: int = 2) -> None:
        self._model = model
        self._threads = threads
        self._child: _Child | None = None
        self._ready = False
        self._closed = False
        self._one_task = threading.Lock()
        self._live: LiveTask | None = None
        self._starting = threading.Lock()

    @property
    def model(self) -> ModelFolder:
        """The model that it works with."""
        return self._model

    def start(self) -> None:
        """Start the child and let it load its model meanwhile; returns at once, and may be left out."""
        self._running_child()

    def recognise(
        self,
        samples: np.ndarray,
        on_progress: Callable[[float], None] | None = None,
        timeout_seconds: float | None = None,
        language: str | None = None,
    ) -> Recognition:
        """Return what was said; waits for a task under way on another thread first.

        A live task that is still being fed is given up for it: its words can be had from the recording.

        Args:
            samples: float32, shape (samples,), 16 kHz, mono, full scale 1.
            on_progress: called on this thread with the share done, 0 to 1; starts again if work is repeated.
            timeout_seconds: how long the child may show no sign of life; None takes ``patience_seconds``.
            language: ISO 639-1 code; None detects it.

        Raises:
            ModelError: the model cannot be loaded.
            TranscriptionError: the child failed twice, or ``close`` was called.
        """
        if timeout_seconds is None:
            timeout_seconds = patience_seconds(len(samples) / SAMPLE_RATE, self._model)
        if self._live is not None:
            self._live.abandon()
        task = Task(samples, language)
        reason = ""
        with self._one_task:
            for _ in range(ATTEMPTS):
                try:
                    return self._recognise_once(task, on_progress, timeout_seconds)
                except _ChildLostError as error:
                    self._drop_child()
                    reason = str(error)
                except BaseException:
                    self._drop_child()  # it may be in the middle of a task nobody waits for
                    raise
        raise TranscriptionError(
            f"The transcription failed twice: {reason}.",
            "The recording is kept. Try again with less running beside it, or with a smaller model.",
        )

    def listen(
        self,
        sample_rate: int,
        on_heard: OnHeard | None = None,
        on_recognised: OnRecognised | None = None,
        timeout_seconds: float | None = None,
        *,
        preview: bool = False,
    ) -> LiveTask:
        """Return an answer that is transcribed while it is fed; returns at once.

        A task under way is waited for in the background, and a live one before it given up.

        Args:
            sample_rate: of the sound that will be fed, in Hz.
            on_heard: called on a thread of the task with what is understood so far.
            on_recognised: called there when there are more words, with what would be recognised if the answer
                ended where it stands: exactly that, but for its length, in a pause that was read ahead.
            timeout_seconds: how long the child may show no sign of life; None takes ``patience_seconds``.
            preview: whether words are wanted within about a second, where the machine is fast enough; without
                it, they come with each pause.
        """
        if self._live is not None:
            self._live.abandon()
        if timeout_seconds is None:
            timeout_seconds = patience_seconds(LONGEST_SECONDS, self._model)
        live = LiveTask(
            lambda task: self._hold_live(task, timeout_seconds),
            sample_rate,
            on_heard,
            on_recognised,
            preview=preview,
        )
        self._live = live
        live.start()
        return live

    def close(self) -> None:
        """End the child for good; a task under way fails with ``TranscriptionError``."""
        self._closed = True
        self._drop_child()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running_child(self) -> _Child:
        with self._starting:
            if self._closed:
                raise TranscriptionError("The transcriber was closed.")
            if self._child is None:
                self._child = self._spawn()
                self._ready = False
            return self._child

    def _spawn(self) -> _Child:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=serve,
            args=(theirs, self._model.path, self._model.name, self._threads),
            name="whypm transcriber",
            daemon=True,
        )
        start_deaf(process)
        theirs.close()  # so that the pipe ends when the child does
        return _Child(process, ours)

    def _recognise_once(
        self, task: Task, on_progress: Callable[[float], None] | None, timeout_seconds: float
    ) -> Recognition:
        def take_in(message: Message) -> None:
            if isinstance(message, Progress) and on_progress:
                on_progress(message.share)

        answer = self._converse(lambda child: _send(child, task), take_in, timeout_seconds)
        if isinstance(answer, Abandoned):
            raise _ChildLostError("it spoke of another task")
        return answer.recognition

    def _hold_live(self, live: LiveTask, timeout_seconds: float) -> Recognition | None:
        """Carry a live task to its end; a child that fails meanwhile is replaced, and warms up at once."""
        with self._one_task:
            if live.abandoned:
                return None
            try:
                answer = self._converse(live.send_to, live.take_in, timeout_seconds)
            except _ChildLostError as error:
                self._drop_child()
                self.start()
                raise TranscriptionError(f"The live transcription failed: {error}.") from error
            except BaseException:
                self._drop_child()
                raise
            return answer.recognition if isinstance(answer, Done) else None

    def _converse(
        self,
        send: Callable[[Connection], None],
        take_in: Callable[[Message], None],
        timeout_seconds: float,
    ) -> Done | Abandoned:
        """Send to a child that is ready, and take in what it says until it says that it is done."""
        child = self._running_child()
        if not self._ready:
            self._receive(child, LOAD_SECONDS)
            self._ready = True
        # A hung child reads nothing, and a full pipe would hold this thread: so another one sends.
        threading.Thread(target=send, args=(child.connection,), name="transcriber feed", daemon=True).start()
        while True:
            message = self._receive(child, timeout_seconds)
            if isinstance(message, Done) and message.pitch_fault:
                _log.warning("the pitch was not followed: %s", message.pitch_fault)
            if isinstance(message, Done | Abandoned):
                return message
            take_in(message)

    def _receive(self, child: _Child, timeout_seconds: float) -> Message:
        if child.process.sentinel in wait([child.connection, child.process.sentinel], timeout_seconds):
            child.process.join(_LEAVE_SECONDS)
        if self._closed:
            raise TranscriptionError("The transcriber was closed.")
        try:
            if not child.connection.poll():
                raise _ChildLostError(_ending(child.process, timeout_seconds))
            message = child.connection.recv()
        except (EOFError, OSError) as error:
            child.process.join(_LEAVE_SECONDS)
            raise _ChildLostError(_ending(child.process, timeout_seconds)) from error
        if isinstance(message, Refused):
            raise ModelError(message.message, message.remedy)
        if isinstance(message, Failed):
            raise _ChildLostError(message.message)
        answer: Message = message
        return answer

    def _drop_child(self) -> None:
        """Kill the child; it holds nothing that needs to be put away."""
        with self._starting:
            child, self._child = self._child, None
        if child is not None:
            child.process.kill()
            child.process.join(_LEAVE_SECONDS)


def patience_seconds(duration_seconds: float, model: ModelFolder) -> float:
    """How long a child may be silent over a recording before it counts as hung.

    It reports after each window. ``base`` reads a window of 28 s in about 4 s on two cores; ten times that,
    scaled by the model's size, tells a hung child from a loaded machine.
    """
    weights = max((model.path / "model.bin").stat().st_size / _BASE_MODEL_BYTES, 0.5)
    return 15.0 + min(duration_seconds, LONGEST_SECONDS) * weights * 1.5


def _send(connection: Connection, task: Task) -> None:
    with suppress(OSError, ValueError):  # the child is gone; the receiver notices
        connection.send(task)


def _ending(process: BaseProcess, waited_seconds: float) -> str:
    if process.is_alive():
        return f"it showed no sign of life for {waited_seconds:.0f} seconds"
    return f"its process ended with code {process.exitcode}"
