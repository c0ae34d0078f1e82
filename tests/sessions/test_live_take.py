"""Takes that are transcribed while they are recorded, with a real recorder, transcriber and judge."""

import math
import multiprocessing
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import pytest

from event_diary import EventDiary
from whypm.audio.file_card import FileCard
from whypm.audio.sound_file import load_sound
from whypm.domain.errors import ModelError, StorageError
from whypm.domain.feedback import AskedQuestion
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import LevelHeard
from whypm.domain.transcript import HeardSoFar
from whypm.sessions.answered import Answered, answered
from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.events import Answer, Asked, Begin, Leave, Stop
from whypm.sessions.live_take import LiveTake
from whypm.sessions.runner import RehearsalRunner
from whypm.sessions.updates import Update
from whypm.studio import Studio
from whypm.transcription.process.client import Transcriber

WAIT_SECONDS = 90.0
SPEED = 5.0
"""The microphone plays the recording so many times as fast as it was spoken."""


def child() -> BaseProcess:
    (process,) = multiprocessing.active_children()
    return process


def in_phase(phase: Phase) -> Callable[[Update], bool]:
    return lambda update: isinstance(update, Rehearsal) and update.phase is phase


@dataclass
class Room:
    """A rehearsal whose microphone plays a recording."""

    studio: Studio
    runner: RehearsalRunner
    diary: EventDiary[Update]
    played: threading.Event

    def begin(self) -> None:
        self.runner.send(Begin(Asked(None, "Why product management?", self.studio.library.packs[0].id)))
        self.diary.until(in_phase(Phase.READING), WAIT_SECONDS)
        self.runner.send(Answer())
        self.diary.until(in_phase(Phase.LISTENING), WAIT_SECONDS)

    def stop(self) -> Session:
        assert self.played.wait(WAIT_SECONDS)
        self.runner.send(Stop())
        state = self.diary.until(in_phase(Phase.REVIEW), WAIT_SECONDS)
        assert isinstance(state, Rehearsal)
        assert state.session is not None
        return state.session

    def words_from_file(self, session: Session) -> int:
        assert session.audio is not None
        sound = load_sound(session.audio)
        assert sound.sample_rate == 16_000
        return len(self.studio.transcriber.recognise(sound.samples).words)


@pytest.fixture
def room(tmp_path: Path, shared_folder: Path) -> Iterator[Room]:
    played = threading.Event()
    diary: EventDiary[Update] = EventDiary()
    with Studio(tmp_path, "tiny.en") as studio:
        studio.change_settings(replace(studio.settings, speak_questions=False))
        speech = shared_folder / "speech" / "read" / "kennedy_moon_21s.flac"
        studio.use_card(FileCard(speech, played.set, SPEED))
        assert studio.transcriber.recognise(np.zeros(16_000, dtype=np.float32)).words == ()
        runner = studio.runner(diary)
        runner.start()
        try:
            yield Room(studio, runner, diary, played)
        finally:
            runner.close()


def test_an_answer_is_understood_while_it_is_given_and_reported_in_the_words_of_its_file(room: Room) -> None:
    room.begin()
    heard = room.diary.until(
        lambda update: isinstance(update, HeardSoFar) and bool(update.settled), WAIT_SECONDS
    )
    session = room.stop()
    assert isinstance(heard, HeardSoFar)
    assert session.report is not None
    transcript = session.report.transcript
    assert " ".join(word.text for word in transcript.words).startswith(heard.settled[:20])
    assert len(transcript.words) == room.words_from_file(session) >= 40


def test_the_report_of_a_live_answer_is_the_one_made_from_its_file(room: Room) -> None:
    """Its words, verdicts, timing and sound, of which most was found out before it ended."""
    room.begin()
    session = room.stop()
    assert session.audio is not None
    assert session.report is not None
    studio = room.studio
    again = studio.analyst.analyse(session.audio, answered(session, studio.pack, studio.store))
    assert session.report.sound is not None
    assert session.report == again


def test_a_transcriber_killed_in_mid_answer_costs_neither_sound_nor_words(room: Room) -> None:
    room.begin()
    room.diary.until(lambda update: isinstance(update, HeardSoFar), WAIT_SECONDS)
    child().kill()
    session = room.stop()
    assert session.duration_seconds >= 20.9
    assert session.dropped_blocks == 0
    assert session.report is not None
    assert len(session.report.transcript.words) == room.words_from_file(session) >= 40


def test_an_answer_that_is_set_aside_leaves_the_transcriber_free(room: Room) -> None:
    room.begin()
    room.diary.until(lambda update: isinstance(update, HeardSoFar), WAIT_SECONDS)
    room.diary.until(lambda update: isinstance(update, LevelHeard) and update.seconds > 1, WAIT_SECONDS)
    pid = child().pid
    room.runner.send(Leave())
    room.diary.until(in_phase(Phase.IDLE), WAIT_SECONDS)
    assert room.studio.transcriber.recognise(np.zeros(16_000, dtype=np.float32)).words == ()
    assert child().pid == pid
    (session,) = room.studio.store.recent()
    assert session.state is SessionState.SET_ASIDE
    assert not [thread for thread in threading.enumerate() if thread.name == "live transcription"]


def test_sound_that_never_reached_the_transcriber_is_noticed(room: Room) -> None:
    """So that the words come from the recording, which has it all."""
    told: queue.SimpleQueue[HeardSoFar] = queue.SimpleQueue()
    take = LiveTake(lambda: room.studio.transcriber, told.put)
    take.feed(np.zeros(8_000, dtype=np.float32))
    take.begin(16_000)
    take.feed(np.zeros(8_000, dtype=np.float32))
    assert take.finish(2.0) is None


@pytest.mark.parametrize("fault", [ModelError("There is no model."), RuntimeError("No thread is left.")])
def test_without_a_transcriber_a_take_is_recorded_all_the_same_and_the_log_says_why(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def no_transcriber() -> Transcriber:
        raise fault

    take = LiveTake(no_transcriber, lambda _: None)
    take.feed(np.zeros(8_000, dtype=np.float32))
    take.begin(16_000)
    take.feed(np.zeros(8_000, dtype=np.float32))
    assert take.finish(1.0) is None
    assert str(fault) in caplog.text


def test_a_take_is_looked_through_while_it_is_recorded_and_never_in_part(room: Room) -> None:
    """Where one sample of it was not seen, how it sounded comes from the recording."""
    for missing_samples in (0, 160):
        take = LiveTake(lambda: room.studio.transcriber, lambda _: None)
        take.feed(np.zeros(8_000, dtype=np.float32))
        take.begin(16_000)
        take.feed(np.zeros(8_000, dtype=np.float32))
        heard = take.finish((16_000 + missing_samples) / 16_000)
        assert heard is not None
        assert (heard.sound is None) == bool(missing_samples)
        assert heard.sound is None or heard.sound.loudness.decibels == (-96.0, -96.0)


def test_work_ahead_that_fails_costs_the_answer_nothing(room: Room, shared_folder: Path) -> None:
    """The first report ahead cannot be made; the one after Stop can, from what was heard live."""
    asked: queue.SimpleQueue[None] = queue.SimpleQueue()
    told: queue.SimpleQueue[HeardSoFar] = queue.SimpleQueue()

    def unknown() -> Answered:
        asked.put(None)
        raise StorageError("The sessions cannot be read.")

    speech = shared_folder / "speech" / "read" / "jfk.flac"
    sound = load_sound(speech)
    analyst = room.studio.analyst
    take = analyst.listen(told.put, unknown)
    take.begin(sound.sample_rate)
    take.feed(sound.samples)
    take.feed(np.zeros(2 * sound.sample_rate, dtype=np.float32))
    asked.get(timeout=WAIT_SECONDS)
    seconds = len(sound.samples) / sound.sample_rate + 2.0
    answer = Answered(AskedQuestion(None, "Why product management?"), room.studio.library.packs[0])
    report = analyst.analyse(speech, answer, heard=partial(take.finish, seconds))
    assert len(report.transcript.words) >= 18
    assert report.sound is not None
    assert len(report.sound.loudness.decibels) == math.ceil(2 * seconds)
    assert asked.empty()
