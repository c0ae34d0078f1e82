"""How long the report takes after Stop, in the program's own parts and processes."""

import threading
import time
from dataclasses import dataclass
from multiprocessing import active_children
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile

from whypm.domain.content import Pack
from whypm.domain.feedback import AskedQuestion
from whypm.domain.transcript import HeardSoFar, Recognition
from whypm.sessions.analyst import Analyst, Answered, Progress
from whypm.sessions.live_take import LiveTake
from whypm.transcription.client import Transcriber
from whypm.transcription.voicing import SAMPLE_RATE
from whypm_lab.speech.long_answers import LongAnswer
from whypm_lab.speech.processes import memory_megabytes, processor_seconds

BLOCK_SECONDS = 0.05
LIVE_SECONDS = 8.0
"""The end of an answer is fed as fast as it is spoken; what comes before, as fast as it is read."""
LARGEST_LEAD_SECONDS = 2.0
QUESTION = AskedQuestion(None, "Why product management?")


@dataclass(frozen=True, slots=True)
class Stop:
    """One answer, fed live and stopped."""

    seconds: float
    words_seconds: float
    """From Stop to the words."""
    report_seconds: float
    """From Stop to the report."""
    left_processor_seconds: float
    """What the transcriber's process had still to do after Stop."""
    processor_seconds: float
    """Of the transcriber's process, over the whole answer."""
    memory_megabytes: float
    """Of the transcriber's process, at the end."""
    behind_seconds: float
    """How much sound waited to be read when Stop came."""
    text: str


class _Follower:
    """Lets the feed wait until the transcriber has caught up."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._last: HeardSoFar | None = None

    @property
    def behind_seconds(self) -> float:
        return self._last.behind_seconds if self._last else 0.0

    def __call__(self, heard: HeardSoFar) -> None:
        with self._news:
            self._last = heard
            self._news.notify_all()

    def wait(self, seconds: float) -> None:
        """Wait until no more sound than this waits to be read."""
        with self._news:
            self._last = None
            self._news.wait_for(lambda: self._last is not None and self._last.behind_seconds <= seconds, 120)


def measure_stop(transcriber: Transcriber, analyst: Analyst, pack: Pack, answer: LongAnswer) -> Stop:
    """Feed one answer, stop it, and have its report made as a rehearsal does."""
    (child,) = (process.pid or 0 for process in active_children())
    spent = processor_seconds(child)
    follower = _Follower()
    take = LiveTake(lambda: transcriber, follower)
    take.begin(SAMPLE_RATE)
    _feed(take, follower, answer.samples)
    behind = follower.behind_seconds
    spent_before_stop = processor_seconds(child)
    words_at: list[float] = []

    def heard(on_progress: Progress | None) -> Recognition | None:
        recognition = take.finish(answer.seconds, on_progress)
        words_at.append(time.perf_counter())
        return recognition

    with TemporaryDirectory() as folder:
        recording = Path(folder) / "answer.wav"
        soundfile.write(recording, answer.samples, SAMPLE_RATE)
        stopped = time.perf_counter()
        report = analyst.analyse(recording, Answered(QUESTION, pack), heard=heard)
        reported = time.perf_counter()
    return Stop(
        seconds=answer.seconds,
        words_seconds=words_at[0] - stopped,
        report_seconds=reported - stopped,
        left_processor_seconds=processor_seconds(child) - spent_before_stop,
        processor_seconds=processor_seconds(child) - spent,
        memory_megabytes=memory_megabytes(child),
        behind_seconds=behind,
        text=report.transcript.text,
    )


def measure_whole(transcriber: Transcriber, samples: np.ndarray) -> tuple[Recognition, float, float]:
    """Recognise the whole file in the same process; return the result, its time and its processor time."""
    (child,) = (process.pid or 0 for process in active_children())
    spent, began = processor_seconds(child), time.perf_counter()
    recognition = transcriber.recognise(samples)
    return recognition, time.perf_counter() - began, processor_seconds(child) - spent


def hear_live(transcriber: Transcriber, samples: np.ndarray) -> Recognition:
    """Recognise sound that is fed live, as fast as it is read."""
    live = transcriber.listen(SAMPLE_RATE)
    for begin in range(0, len(samples), round(BLOCK_SECONDS * SAMPLE_RATE)):
        live.feed(samples[begin : begin + round(BLOCK_SECONDS * SAMPLE_RATE)])
    return live.finish()


def _feed(take: LiveTake, follower: _Follower, samples: np.ndarray) -> None:
    size = round(BLOCK_SECONDS * SAMPLE_RATE)
    blocks = [samples[begin : begin + size] for begin in range(0, len(samples), size)]
    live = round(LIVE_SECONDS / BLOCK_SECONDS)
    for number, block in enumerate(blocks[:-live]):
        take.feed(block)
        if number % round(LARGEST_LEAD_SECONDS / BLOCK_SECONDS) == 0:
            follower.wait(0.2)
    follower.wait(0.2)
    began = time.perf_counter()
    spoken = 0
    for block in blocks[-live:]:
        spoken += len(block)
        # A block is there when its last sample was spoken.
        time.sleep(max(0.0, began + spoken / SAMPLE_RATE - time.perf_counter()))
        take.feed(block)
