import errno
import multiprocessing
import os
import queue
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess

import numpy as np
import pytest
import soxr

from whypm.domain.errors import TranscriptionError
from whypm.domain.transcript import HeardSoFar, Recognition
from whypm.transcription.models.shelf import ModelFolder
from whypm.transcription.process.client import Transcriber
from whypm.transcription.process.live_task import LiveTask

RATE = 16_000
WAIT_SECONDS = 60.0
Recordings = Callable[[str], np.ndarray]


def child() -> BaseProcess:
    (process,) = multiprocessing.active_children()
    return process


def child_of(live: LiveTask) -> BaseProcess:
    """The child, once the task has started it."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not multiprocessing.active_children():
        assert live.running
        assert time.monotonic() < deadline
    return child()


def blocks(sound: np.ndarray, rate: int = RATE) -> Iterator[np.ndarray]:
    """Pieces of 20 ms, as a sound card gives them."""
    size = rate // 50
    return (sound[begin : begin + size] for begin in range(0, len(sound), size))


def feed(live: LiveTask, sound: np.ndarray, rate: int = RATE) -> None:
    for block in blocks(sound, rate):
        live.feed(block)


def two_recordings(recording: Recordings) -> np.ndarray:
    """18 seconds with two voices and a pause between them: several windows."""
    pause = np.zeros(RATE * 2, dtype=np.float32)
    return np.concatenate([recording("read/jfk.flac"), pause, recording("read/librivox_sense_0890.wav")])


@pytest.mark.parametrize("rate", [16_000, 48_000])
def test_a_live_answer_has_the_words_and_the_pitch_of_the_whole_file(
    transcriber: Transcriber, recording: Recordings, rate: int
) -> None:
    sound = soxr.resample(two_recordings(recording), RATE, rate).astype(np.float32)
    live = transcriber.listen(rate)
    feed(live, sound, rate)
    recognition = live.finish()
    assert recognition == transcriber.recognise(soxr.resample(sound, rate, RATE))
    assert len(recognition.words) >= 30
    assert recognition.pitch is not None
    assert sum(hertz is not None for hertz in recognition.pitch.hertz) > 50


def test_what_is_settled_is_told_while_the_answer_goes_on(
    transcriber: Transcriber, recording: Recordings
) -> None:
    told: queue.SimpleQueue[HeardSoFar] = queue.SimpleQueue()
    live = transcriber.listen(RATE, told.put)
    feed(live, two_recordings(recording))
    heard = told.get(timeout=WAIT_SECONDS)
    while not heard.settled or heard.behind_seconds > 0:
        heard = told.get(timeout=WAIT_SECONDS)
    words = [word.text for word in live.finish().words]
    settled = heard.settled.split()
    assert words[: len(settled)] == settled
    assert heard.settled.startswith("And so")


def test_in_a_pause_the_open_window_is_read_ahead(transcriber: Transcriber, recording: Recordings) -> None:
    told: queue.SimpleQueue[HeardSoFar] = queue.SimpleQueue()
    live = transcriber.listen(RATE, told.put)
    speech = recording("read/librivox_sense_0930.wav")[: RATE * 3]
    feed(live, np.concatenate([speech, np.zeros(round(RATE * 1.5), dtype=np.float32)]))
    heard = told.get(timeout=WAIT_SECONDS)
    while not heard.ahead:
        heard = told.get(timeout=WAIT_SECONDS)
    assert heard.settled == ""
    assert " ".join(word.text for word in live.finish().words) == heard.ahead


def test_what_is_recognised_in_a_pause_is_what_the_answer_ends_with_if_nothing_more_is_said(
    transcriber: Transcriber, recording: Recordings
) -> None:
    """Several windows are told of one after the other; the last one is all that was said."""
    told: queue.SimpleQueue[Recognition] = queue.SimpleQueue()
    heard: queue.SimpleQueue[HeardSoFar] = queue.SimpleQueue()
    live = transcriber.listen(RATE, heard.put, told.put)
    speech = two_recordings(recording)
    feed(live, np.concatenate([speech, np.zeros(RATE * 2, dtype=np.float32)]))
    recognised = [told.get(timeout=WAIT_SECONDS)]
    while recognised[-1].words[-1].end < len(speech) / RATE - 1.0:
        recognised.append(told.get(timeout=WAIT_SECONDS))
    whole = live.finish()
    assert recognised[-1].words == whole.words
    assert recognised[-1].voiced == whole.voiced
    assert recognised[-1].language == whole.language
    assert len(recognised) >= 2


def test_a_preview_tells_words_before_there_is_a_pause(
    transcriber: Transcriber, recording: Recordings
) -> None:
    told: queue.SimpleQueue[HeardSoFar] = queue.SimpleQueue()
    live = transcriber.listen(RATE, told.put, preview=True)
    feed(live, recording("read/jfk.flac")[: round(RATE * 1.9)])  # "And so, my fellow Americans"
    heard = told.get(timeout=WAIT_SECONDS)
    while not heard.ahead:
        heard = told.get(timeout=WAIT_SECONDS)
    assert heard.ahead.startswith("And so")
    feed(live, recording("read/jfk.flac")[round(RATE * 1.9) :])
    assert live.finish() == transcriber.recognise(recording("read/jfk.flac"))


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot stop a process from outside")
def test_feeding_does_not_wait_for_a_child_that_reads_nothing(
    transcriber: Transcriber, recording: Recordings
) -> None:
    """Ten minutes are far more than a pipe holds, and nothing of them is lost."""
    live = transcriber.listen(RATE)
    pid = child_of(live).pid or 0
    os.kill(pid, signal.SIGSTOP)
    feed(live, np.zeros(RATE * 600, dtype=np.float32))
    feed(live, recording("read/jfk.flac"))
    os.kill(pid, signal.SIGCONT)
    recognition = live.finish()
    assert recognition.duration_seconds == pytest.approx(611.0, abs=0.1)
    assert len(recognition.words) >= 18


def test_a_child_killed_while_it_listens_ends_the_task_and_a_new_one_is_there(
    transcriber: Transcriber, recording: Recordings
) -> None:
    sound = two_recordings(recording)
    told: queue.SimpleQueue[HeardSoFar] = queue.SimpleQueue()
    live = transcriber.listen(RATE, told.put)
    feed(live, sound)
    told.get(timeout=WAIT_SECONDS)
    killed = child()
    killed.kill()
    feed(live, sound)
    with pytest.raises(TranscriptionError, match="live transcription failed"):
        live.finish()
    assert child().pid != killed.pid
    assert len(transcriber.recognise(sound).words) >= 30


def test_a_fault_that_nobody_foresaw_is_logged_and_told_for_what_it_is(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def converse(_: LiveTask) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    live = LiveTask(converse, RATE, None)
    live.start()
    with pytest.raises(
        TranscriptionError, match=r"failed inside WhyPM: OSError.*Too many open files"
    ) as told:
        live.finish()
    assert told.value.remedy == "The log has the details."
    assert "Too many open files" in caplog.text


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot stop a process from outside")
def test_a_hung_child_ends_the_task_after_the_timeout(
    transcriber: Transcriber, recording: Recordings
) -> None:
    """It hangs before it has work to do: on a busy machine, work alone may outlast so short a timeout."""
    sound = two_recordings(recording)
    transcriber.recognise(sound[:RATE])
    os.kill(child().pid or 0, signal.SIGSTOP)
    live = transcriber.listen(RATE, timeout_seconds=1.0)
    feed(live, sound)
    feed(live, np.zeros(RATE * 120, dtype=np.float32))
    with pytest.raises(TranscriptionError, match="no sign of life"):
        live.finish()
    assert len(transcriber.recognise(sound).words) >= 30


def test_an_abandoned_task_leaves_the_child_free_and_nothing_behind(
    transcriber: Transcriber, recording: Recordings
) -> None:
    speech = recording("read/jfk.flac")
    live = transcriber.listen(RATE)
    feed(live, speech)
    live.abandon()
    live.feed(speech)
    assert len(transcriber.recognise(speech).words) == 22
    pid = child().pid
    assert not live.running
    with pytest.raises(TranscriptionError, match="given up"):
        live.finish()
    assert len(transcriber.recognise(speech).words) == 22
    assert child().pid == pid


def test_another_recording_goes_before_an_answer_that_can_be_had_from_its_file(
    transcriber: Transcriber, recording: Recordings
) -> None:
    live = transcriber.listen(RATE)
    feed(live, recording("read/jfk.flac"))
    assert len(transcriber.recognise(recording("read/jfk.flac")).words) == 22
    assert live.abandoned


def test_closing_ends_a_live_task(tiny: ModelFolder, recording: Recordings) -> None:
    transcriber = Transcriber(tiny, threads=2)
    live = transcriber.listen(RATE)
    feed(live, recording("read/jfk.flac"))
    transcriber.close()
    with pytest.raises(TranscriptionError, match="closed"):
        live.finish()
    assert multiprocessing.active_children() == []


def test_silence_alone_says_nothing(transcriber: Transcriber) -> None:
    live = transcriber.listen(RATE)
    feed(live, np.zeros(RATE * 3, dtype=np.float32))
    recognition: Recognition = live.finish()
    assert recognition.words == ()
    assert recognition.duration_seconds == 3.0


def test_an_answer_without_any_sound_is_empty(transcriber: Transcriber) -> None:
    assert transcriber.listen(RATE).finish().words == ()
