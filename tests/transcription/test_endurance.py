"""Long answers and scarce memory."""

import multiprocessing
import os
import queue
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from whypm.domain.errors import TranscriptionError
from whypm.domain.transcript import HeardSoFar
from whypm.transcription.process.client import Transcriber
from whypm.transcription.process.live_task import LiveTask

RATE = 16_000
WAIT_SECONDS = 120.0
MEBIBYTE = 2**20
Recordings = Callable[[str], np.ndarray]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read and limited as Linux does it")


def child_pid() -> int:
    deadline = time.monotonic() + WAIT_SECONDS
    while not multiprocessing.active_children():
        assert time.monotonic() < deadline
    (process,) = multiprocessing.active_children()
    return process.pid or 0


def kibibytes(pid: int, field: str) -> int:
    """A field of the process's status, such as VmRSS."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1])
    raise LookupError(field)


def feed(live: LiveTask, sound: np.ndarray) -> None:
    for begin in range(0, len(sound), RATE // 10):
        live.feed(sound[begin : begin + RATE // 10])


def wait_until_read(told: "queue.SimpleQueue[HeardSoFar]", behind_seconds: float) -> None:
    """Wait until no more than this of what was fed is still unread."""
    while told.get(timeout=WAIT_SECONDS).behind_seconds > behind_seconds:
        pass


def test_a_child_out_of_memory_in_mid_answer_is_replaced_and_the_file_gives_the_words(
    transcriber: Transcriber, recording: Recordings
) -> None:
    import resource

    sound = recording("read/jfk.flac")
    told: queue.SimpleQueue[HeardSoFar] = queue.SimpleQueue()
    live = transcriber.listen(RATE, told.put)
    feed(live, sound)
    told.get(timeout=WAIT_SECONDS)
    starved = child_pid()
    room = (kibibytes(starved, "VmSize") + 1024) * 1024
    resource.prlimit(starved, resource.RLIMIT_AS, (room, room))
    for _ in range(4):
        feed(live, sound)
    with pytest.raises(TranscriptionError):
        live.finish()
    assert len(transcriber.recognise(sound).words) >= 20
    assert child_pid() != starved


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_ten_minutes_take_no_more_memory_than_their_sound(
    transcriber: Transcriber, recording: Recordings
) -> None:
    speech = recording("spontaneous/rosehill_second_pass_150s.flac")
    minute = speech[: 60 * RATE]
    told: queue.SimpleQueue[HeardSoFar] = queue.SimpleQueue()
    live = transcriber.listen(RATE, told.put)
    used: list[tuple[int, int]] = []
    for _ in range(10):
        feed(live, minute)
        wait_until_read(told, behind_seconds=45.0)
        used.append((kibibytes(child_pid(), "VmRSS"), kibibytes(os.getpid(), "VmRSS")))
    live.finish()
    sound_kibibytes = 7 * minute.nbytes / 1024
    for early, late in zip(used[2], used[9], strict=True):
        assert late - early <= sound_kibibytes + 24 * 1024, used  # KiB
