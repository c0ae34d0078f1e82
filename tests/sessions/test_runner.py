"""The runner between the voice and the take, with a speaker and a clock that do as they are told."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from event_diary import EventDiary
from whypm.audio.file_card import FileCard
from whypm.audio.recorder import Recorder
from whypm.domain.errors import TranscriptionError, VoiceError
from whypm.domain.sound import ChosenDevice, LevelHeard, PlaybackEnded, PlaybackEnding, PlayerEvent
from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.equipment import Equipment
from whypm.sessions.events import Answer, Asked, Begin, Hush, Leave, Stop
from whypm.sessions.interviewer import Interviewer
from whypm.sessions.runner import RehearsalRunner
from whypm.sessions.updates import Update
from whypm.settings import DeviceChoice
from whypm.studio import Studio, SystemClock

WAIT_SECONDS = 20.0


class Voice:
    """Renders at once, where it works."""

    works = True

    def render(self, text: str, **_: object) -> Path:
        if not self.works:
            raise VoiceError("There is no voice.")
        return Path(text)

    def cancel(self) -> None:
        """There is nothing to give up."""


class SilentPlayer:
    """Plays until it is stopped."""

    def __init__(self) -> None:
        self.played: list[Path] = []
        self.begun = threading.Event()
        self._listener: Callable[[PlayerEvent], None] | None = None

    def play(self, file: Path, _: object, listener: Callable[[PlayerEvent], None]) -> None:
        self.played.append(file)
        self._listener = listener
        self.begun.set()

    def stop(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener(PlaybackEnded(PlaybackEnding.STOPPED))


class SlowCard(FileCard):
    """Takes its time to find the speaker."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, lambda: None, 5.0)
        self.looking = threading.Event()
        self.found = threading.Event()
        self.found.set()

    def choose_speaker(self, name: str | None = None, host: str | None = None) -> ChosenDevice:
        self.looking.set()
        assert self.found.wait(WAIT_SECONDS)
        return super().choose_speaker(name, host)


class StoppedClock(SystemClock):
    seconds = 100.0

    def monotonic(self) -> float:
        return self.seconds


class Stage:
    """A rehearsal whose voice, speaker and clock are held by the test."""

    def __init__(self, studio: Studio) -> None:
        self.card = SlowCard(studio.places.assets / "demo" / "reply.opus")
        self.voice, self.player, self.clock = Voice(), SilentPlayer(), StoppedClock()
        self.diary: EventDiary[Update] = EventDiary()
        self.pack_id = studio.library.packs[0].id
        numbers = iter("abcdef")
        settings = replace(studio.settings, speaker=DeviceChoice("mute", "file"), live_text=False)
        interviewer = Interviewer(self.voice, self.player)  # type: ignore[arg-type]
        equipment = Equipment(
            card=self.card,
            recorder=Recorder(self.card),
            interviewer=interviewer,
            analyst=studio.analyst,
            store=studio.store,
            pack=studio.pack,
            settings=lambda: settings,
            new_id=lambda: next(numbers),
            clock=self.clock,
            app_version="0",
        )
        self.runner = RehearsalRunner(equipment, self.diary)

    def ask(self, text: str) -> None:
        self.runner.send(Begin(Asked(None, text, self.pack_id)))

    def until(self, fits: Callable[[Rehearsal], bool]) -> Rehearsal:
        found = self.diary.until(lambda update: isinstance(update, Rehearsal) and fits(update), WAIT_SECONDS)
        assert isinstance(found, Rehearsal)
        return found

    def until_phase(self, phase: Phase) -> Rehearsal:
        return self.until(lambda state: state.phase is phase)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Studio(tmp_path, "tiny.en") as studio:
        made = Stage(studio)
        made.runner.start()
        try:
            yield made
        finally:
            made.runner.close()


def test_a_question_that_is_hushed_before_it_begins_is_never_said(stage: Stage) -> None:
    stage.card.found.clear()
    stage.ask("Why?")
    assert stage.card.looking.wait(WAIT_SECONDS)
    stage.runner.send(Hush())
    stage.until(lambda state: state.hushed)
    stage.card.found.set()
    stage.until_phase(Phase.LISTENING)
    assert stage.player.played == []


def test_the_end_of_a_question_that_was_set_aside_is_no_beginning_of_the_next_answer(stage: Stage) -> None:
    stage.ask("First?")
    assert stage.player.begun.wait(WAIT_SECONDS)
    stage.voice.works = False
    stage.ask("Second?")
    stage.until_phase(Phase.READING)
    stage.clock.seconds += 45.0
    stage.runner.send(Answer())
    session = stage.until_phase(Phase.LISTENING).session
    assert session is not None
    assert session.opening_seconds == 0.0
    stage.runner.send(Leave())
    stage.until_phase(Phase.IDLE)


def test_answers_that_are_still_analysed_do_not_hold_the_next_question_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def slowly(*_: object) -> None:
        may_end.wait(WAIT_SECONDS)
        raise TranscriptionError("It was given up.")

    monkeypatch.setattr("whypm.sessions.runner.reanalyse", slowly)
    stage.voice.works = False
    for number in range(3):
        stage.ask(f"Number {number}?")
        stage.until_phase(Phase.READING)
        stage.runner.send(Answer())
        stage.until_phase(Phase.LISTENING)
        stage.diary.until(lambda update: isinstance(update, LevelHeard), WAIT_SECONDS)
        stage.runner.send(Stop())
        stage.until_phase(Phase.ANALYSING)
        stage.runner.send(Leave())
        stage.until_phase(Phase.IDLE)
    stage.ask("And the last?")
    stage.until_phase(Phase.READING)
    may_end.set()
