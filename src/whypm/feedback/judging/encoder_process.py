"""The networks in a child process, which keeps their weights out of the window's memory.

A child that dies or hangs is replaced and its work repeated once.
"""

import logging
import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from whypm.child_process import give_back_memory, settle_in, start_deaf
from whypm.domain.errors import ModelError
from whypm.feedback.fillers.network import FillerNetwork
from whypm.feedback.fillers.phrases import PhraseInContext
from whypm.feedback.judging.encoder import AnswerEncoder, AnswerReading

PROCESS_NAME = "whypm judge"
LOAD_SECONDS = 60.0
"""As for the transcriber: a cold disk and a virus scanner can take half of it."""
PATIENCE_SECONDS = 20.0
PATIENCE_SECONDS_A_SENTENCE = 1.0
"""Forty times what a sentence takes on two cores: tells a hung child from a loaded machine."""
ATTEMPTS = 2
"""What kills two children in a row would kill a third."""
_LEAVE_SECONDS = 2.0
_log = logging.getLogger(__name__)
_REMEDY = "Nothing is lost. Try again with less running beside it."


@dataclass(frozen=True, slots=True)
class _ReadAnswer:
    """Asks for an ``AnswerReading``."""

    sentences: tuple[str, ...]

    @property
    def patience_seconds(self) -> float:
        return PATIENCE_SECONDS + PATIENCE_SECONDS_A_SENTENCE * len(self.sentences)


@dataclass(frozen=True, slots=True)
class _ReadUses:
    """Asks for ``_Chances``."""

    uses: tuple[PhraseInContext, ...]

    @property
    def patience_seconds(self) -> float:
        return PATIENCE_SECONDS + PATIENCE_SECONDS_A_SENTENCE * len(self.uses)


_Request = _ReadAnswer | _ReadUses


@dataclass(frozen=True, slots=True)
class _Chances:
    """That phrases fill a gap, 0 to 1 each."""

    values: tuple[float, ...]


_Wanted = TypeVar("_Wanted", AnswerReading, _Chances)


@dataclass(frozen=True, slots=True)
class _Ready:
    """The weights are loaded."""


@dataclass(frozen=True, slots=True)
class _Refused:
    """The weights cannot be loaded."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Failed:
    """Something else went wrong, of which a clean child may know nothing."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Child:
    process: BaseProcess
    connection: Connection


class EncoderProcess:
    """Reads as ``AnswerEncoder`` and ``FillerNetwork`` do, in one process. Safe to share between threads.

    The process starts with the first reading, or by :meth:`load`.

    Args:
        folder, networks: As for ``AnswerEncoder``.
        fillers: The folder of ``FillerNetwork``, loaded when it is first asked; None where nobody asks.
    """

    def __init__(self, folder: Path, networks: Mapping[str, float], fillers: Path | None = None) -> None:
        self._folder = folder
        self._networks = dict(networks)
        self._fillers = fillers
        self._one_at_a_time = threading.Lock()
        self._child: _Child | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        child = self._child
        return child.process.pid if child else None

    def load(self) -> None:
        """Start the child, and return when it has loaded the weights. Raises ModelError."""
        with self._one_at_a_time:
            if self._child is None:
                self._start()

    def read(self, sentences: Sequence[str]) -> AnswerReading:
        """Read an answer of at least one sentence; blocks.

        Raises:
            ModelError: the child failed twice, or ``close`` was called.
        """
        return self._ask(_ReadAnswer(tuple(sentences)), AnswerReading)

    def filler_chances(self, uses: Sequence[PhraseInContext]) -> tuple[float, ...]:
        """Return the chance of each use of a phrase that it fills a gap; blocks. Raises as :meth:`read`."""
        return self._ask(_ReadUses(tuple(uses)), _Chances).values

    def _ask(self, request: _Request, wanted: type[_Wanted]) -> _Wanted:
        with self._one_at_a_time:
            for _ in range(ATTEMPTS):
                try:
                    reading = self._ask_once(request, wanted)
                except BaseException:
                    self._drop_child()  # it may be in the middle of a reading nobody waits for
                    raise
                if reading is not None:
                    return reading
                self._drop_child()
        raise ModelError("The judge's process ended or hung twice.", _REMEDY)

    def _ask_once(self, request: _Request, wanted: type[_Wanted]) -> _Wanted | None:
        child = self._child or self._start()
        with suppress(OSError):  # it is gone, as its sentinel tells as well
            child.connection.send(request)
        message = self._receive(child, request.patience_seconds)
        return message if isinstance(message, wanted) else None

    def close(self) -> None:
        """End the child for good; who is waiting for it gets a ModelError."""
        self._closed = True
        self._drop_child()

    def _start(self) -> _Child:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=serve,
            args=(theirs, self._folder, self._networks, self._fillers),
            name=PROCESS_NAME,
            daemon=True,
        )
        start_deaf(process)
        theirs.close()  # so that the pipe ends when the child does
        child = self._child = _Child(process, ours)
        if self._receive(child, LOAD_SECONDS) is None:
            self._drop_child()
            raise ModelError("The judge's process ended or hung while it loaded its weights.", _REMEDY)
        return child

    def _receive(self, child: _Child, patience_seconds: float) -> AnswerReading | _Chances | _Ready | None:
        """Return what the child says, or None where it died or hung."""
        if not self._closed:
            wait([child.connection, child.process.sentinel], patience_seconds)
        if self._closed:
            self._drop_child()
            raise ModelError("The judge was closed.")
        message: AnswerReading | _Chances | _Ready | _Refused | _Failed | None = None
        with suppress(EOFError, OSError):
            message = child.connection.recv() if child.connection.poll() else None
        if isinstance(message, _Refused):
            self._drop_child()
            raise ModelError(message.message, message.remedy)
        if isinstance(message, AnswerReading | _Chances | _Ready):
            return message
        _log.warning("the judge's process was lost: %s", message.reason if message else "it died or hung")
        return None

    def _drop_child(self) -> None:
        """Kill the child; it holds nothing that needs to be put away."""
        child, self._child = self._child, None
        if child is not None:
            child.process.kill()
            child.process.join(_LEAVE_SECONDS)


def serve(connection: Connection, folder: Path, networks: Mapping[str, float], fillers: Path | None) -> None:
    """Load the weights and read until the connection closes. Runs in the child only."""
    settle_in()
    try:
        readers = _Readers(folder, networks, fillers)
        connection.send(_Ready())
        while True:
            connection.send(readers.answer(connection.recv()))
            give_back_memory()
    except (EOFError, ConnectionError):
        pass  # the parent hung up
    except ModelError as error:
        connection.send(_Refused(error.message, error.remedy))
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent starts a clean child
        connection.send(_Failed(f"{type(error).__name__}: {error}"))
    finally:
        os._exit(0)  # not through the destructors of native libraries


class _Readers:
    """The child's networks."""

    def __init__(self, folder: Path, networks: Mapping[str, float], fillers: Path | None) -> None:
        self._encoder = AnswerEncoder(folder, networks)
        self._fillers_folder = fillers
        self._fillers: FillerNetwork | None = None

    def answer(self, request: _Request) -> AnswerReading | _Chances:
        match request:
            case _ReadAnswer(sentences):
                return self._encoder.read(sentences)
            case _ReadUses(uses):
                return _Chances(self._filler_network().filler_chances(uses))

    def _filler_network(self) -> FillerNetwork:
        if self._fillers is None:
            if self._fillers_folder is None:
                raise ModelError("There is no network for fillers here.")
            self._fillers = FillerNetwork(self._fillers_folder)
        return self._fillers
