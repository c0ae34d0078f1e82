"""How long the report takes after Stop, in the program's own parts and processes."""

import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import soundfile

from whypm.audio.resampling import resample
from whypm.domain.content import Pack
from whypm.domain.feedback import AskedQuestion
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Ending
from whypm.domain.transcript import HeardSoFar, Recognition
from whypm.feedback.judging.encoder_process import PROCESS_NAME
from whypm.sessions.analyst import Analyst
from whypm.sessions.answered import answered
from whypm.sessions.live_take import LiveTake
from whypm.sessions.reanalysis import reanalyse
from whypm.sessions.store import SessionStore
from whypm.transcription.process.client import Transcriber
from whypm.transcription.voice.voicing import SAMPLE_RATE
from whypm_lab.speech.after_stop import PartSeconds, PartTimer
from whypm_lab.speech.long_answers import LongAnswer
from whypm_lab.speech.processes import memory_megabytes, processor_seconds

MICROPHONE_RATE = 48_000
BLOCK_SECONDS = 0.05
LIVE_SECONDS = 8.0
"""The end of an answer is fed as fast as it is spoken; what comes before, as fast as it is read."""
LARGEST_LEAD_SECONDS = 2.0
QUESTION = AskedQuestion(None, "Why product management?")


@dataclass(frozen=True, slots=True)
class Stop:
    """One answer, fed live and stopped."""

    seconds: float
    report_seconds: float
    """From Stop to the report that is kept."""
    waited: PartSeconds
    """What those seconds went to."""
    worked: PartSeconds
    """The processor time after Stop."""
    processor_seconds: float
    """Of the children's processes and of ours, over the whole answer: what was done ahead is in it."""
    memory_megabytes: float
    """Of the transcriber's and the judge's processes, at the end."""
    behind_seconds: float
    """How much sound waited to be read when Stop came."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The same answer, read from its recording."""

    seconds: float
    processor_seconds: float
    same_report: bool = True
    """Whether it gave the report of the live answer."""


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


class StopMeasure:
    """Has answers given, stopped and reported as a rehearsal does."""

    def __init__(self, analyst: Analyst, pack: Pack, store: SessionStore) -> None:
        self._analyst = analyst
        self._pack = pack
        self._store = store
        self._audio = store.recording_path("measured")

    def stop(self, answer: LongAnswer) -> Stop:
        """Have one answer given, and measure what follows Stop."""
        recorded = _recorded(answer.samples)
        seconds = len(recorded) / MICROPHONE_RATE
        session = _session(self._audio, self._pack)
        soundfile.write(self._audio, recorded, MICROPHONE_RATE, subtype="PCM_16")
        self._store.keep(session)
        spent, ours = _children_seconds(), time.process_time()
        follower = _Follower()
        take = self._analyst.listen(follower, partial(answered, session, self._pack_of, self._store))
        take.begin(MICROPHONE_RATE)
        _feed(take, follower, recorded)
        behind, timer = follower.behind_seconds, PartTimer()
        of_judge, of_all = _judge_seconds(), _children_seconds()
        with timer.measuring():
            began = time.perf_counter()
            self._done = reanalyse(
                replace(session, duration_seconds=seconds),
                self._analyst,
                self._pack_of,
                self._store,
                heard=partial(take.finish, seconds),
            )
            report_seconds = time.perf_counter() - began
        judge = _judge_seconds() - of_judge
        return Stop(
            seconds=seconds,
            report_seconds=report_seconds,
            waited=timer.waited(),
            worked=timer.worked(_children_seconds() - of_all - judge, judge),
            processor_seconds=_children_seconds() - spent + time.process_time() - ours,
            memory_megabytes=sum(memory_megabytes(child.pid or 0) for child in active_children()),
            behind_seconds=behind,
        )

    def whole(self) -> Whole:
        """Have the last answer read once more, from its recording."""
        spent, began = _children_seconds(), time.perf_counter()
        again = reanalyse(self._done, self._analyst, self._pack_of, self._store)
        return Whole(
            seconds=time.perf_counter() - began,
            processor_seconds=_children_seconds() - spent,
            same_report=again.report == self._done.report,
        )

    def _pack_of(self, _: str) -> Pack:
        return self._pack


def hear_live(transcriber: Transcriber, samples: np.ndarray) -> Recognition:
    """Recognise sound that is fed live, as fast as it is read."""
    live = transcriber.listen(SAMPLE_RATE)
    for begin in range(0, len(samples), round(BLOCK_SECONDS * SAMPLE_RATE)):
        live.feed(samples[begin : begin + round(BLOCK_SECONDS * SAMPLE_RATE)])
    return live.finish()


def _children_seconds() -> float:
    return sum(processor_seconds(child.pid or 0) for child in active_children())


def _judge_seconds() -> float:
    judges = (child for child in active_children() if child.name == PROCESS_NAME)
    return sum(processor_seconds(judge.pid or 0) for judge in judges)


def _recorded(samples: np.ndarray) -> np.ndarray:
    """Return speech as a microphone gives it: int16, shape (samples,)."""
    resampled = resample(samples, SAMPLE_RATE, MICROPHONE_RATE)
    return np.clip(np.round(resampled * 32768), -32768, 32767).astype(np.int16)


def _session(audio: Path, pack: Pack) -> Session:
    return Session(
        id="measured",
        created=datetime.now(UTC),
        question=QUESTION,
        company=None,
        audio=audio,
        duration_seconds=0.0,
        state=SessionState.RECORDED,
        ending=Ending.STOPPED,
        dropped_blocks=0,
        opening_seconds=0.0,
        pack=f"{pack.id} {pack.version}",
        model=None,
        app_version="",
    )


def _feed(take: LiveTake, follower: _Follower, recorded: np.ndarray) -> None:
    size = round(BLOCK_SECONDS * MICROPHONE_RATE)
    blocks = [recorded[begin : begin + size] for begin in range(0, len(recorded), size)]
    live = round(LIVE_SECONDS / BLOCK_SECONDS)
    for number, block in enumerate(blocks[:-live]):
        take.feed(_floats(block))
        if number % round(LARGEST_LEAD_SECONDS / BLOCK_SECONDS) == 0:
            follower.wait(0.2)
    follower.wait(0.2)
    began = time.perf_counter()
    spoken = 0
    for block in blocks[-live:]:
        spoken += len(block)
        # A block is there when its last sample was spoken.
        time.sleep(max(0.0, began + spoken / MICROPHONE_RATE - time.perf_counter()))
        take.feed(_floats(block))


def _floats(block: np.ndarray) -> np.ndarray:
    return block.astype(np.float32) / np.float32(32768)
