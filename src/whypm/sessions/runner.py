"""Drives the rehearsal: takes events in order, carries the engine's commands out, tells who listens.

One thread owns the state. What takes long runs on workers and comes back as an event, so the order of things
is the order of the queue.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from whypm.audio.microphone_check import listen_and_check
from whypm.audio.sound_file import LONGEST_SECONDS
from whypm.domain.errors import (
    DeviceError,
    SessionNotFoundError,
    StorageError,
    TranscriptionError,
    VoiceError,
    WhypmError,
)
from whypm.domain.feedback import AskedQuestion
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import (
    ChosenDevice,
    Device,
    Ending,
    LevelHeard,
    MicrophoneCheck,
    RecorderEvent,
    RecordingEnded,
)
from whypm.sessions.answered import answered
from whypm.sessions.commands import (
    Analyse,
    CheckMicrophone,
    CloseTake,
    Command,
    DropTake,
    KeepTake,
    OpenTake,
    Speak,
    StopVoice,
)
from whypm.sessions.engine import SHORTEST_TAKE_SECONDS, Phase, Rehearsal, advance
from whypm.sessions.equipment import Equipment
from whypm.sessions.events import (
    Analysed,
    AnalysisFailed,
    Asked,
    DeviceReplaced,
    Event,
    Intent,
    MicrophoneFailed,
    MicrophoneTested,
    QuestionEnded,
    StorageFailed,
    TakeEnded,
    TakeOpened,
    TakeTooLong,
    VoiceFailed,
)
from whypm.sessions.jobs import Jobs
from whypm.sessions.live_take import LiveTake
from whypm.sessions.reanalysis import reanalyse
from whypm.sessions.updates import Transcribing, Update
from whypm.settings import DeviceChoice

_TEST_SECONDS = 0.5
"""Long enough to tell a dead microphone from a quiet room; nobody is asked to speak for it."""
_SPARE_SECONDS = 2.0
"""What may still arrive between telling a take to end and its end."""


class RehearsalRunner:
    """Runs one rehearsal after the other; ``listener`` is called on the runner's own threads."""

    def __init__(self, equipment: Equipment, listener: Callable[[Update], None]) -> None:
        self._equipment = equipment
        self._listener = listener
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._jobs = Jobs(self._events.put)
        self._thread = threading.Thread(target=self._run, name="whypm-rehearsal")
        self._state = Rehearsal()
        self._question_ended_at: float | None = None
        self._live: LiveTake | None = None
        """Of the take under way; set before ``TakeOpened``."""

    def start(self) -> None:
        """Begin to take events."""
        self._thread.start()

    def send(self, intent: Intent) -> None:
        """Pass on what the user wants; returns at once."""
        self._events.put(intent)

    def close(self) -> None:
        """End: hush the voice, close and keep a take under way, wait for what is being kept."""
        self._events.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            while (event := self._events.get()) is not None:
                self._take_in(event)
        finally:  # whatever fails, a take under way is closed and kept
            self._finish()

    def _take_in(self, event: Event) -> None:
        if isinstance(event, QuestionEnded):
            self._question_ended_at = self._equipment.clock.monotonic()
        before = self._state
        self._state, commands = advance(before, event)
        for command in commands:
            self._carry_out(command)
        if self._state != before:
            self._listener(self._state)
        elif isinstance(event, Analysed | AnalysisFailed):
            self._listener(event)

    def _finish(self) -> None:
        self._equipment.interviewer.hush()
        self._stop_listening()
        if self._state.phase is Phase.LISTENING:
            self._settle(TakeEnded(self._equipment.recorder.stop()))
        self._jobs.shutdown()
        self._equipment.interviewer.hush()  # a question that was still rendered when the end came
        self._stop_listening()
        # A take that was being opened or closed is one or the other by now, and says so behind the end.
        while not self._events.empty():
            if (event := self._events.get()) is not None:
                self._settle(event)
        if self._equipment.recorder.recording:
            self._settle(TakeEnded(self._equipment.recorder.stop()))

    def _settle(self, event: Event) -> None:
        """Take in what still happens at the end: a take is kept, and nothing else is begun."""
        self._state, commands = advance(self._state, event)
        for command in commands:
            match command:
                case KeepTake(session) if session.duration_seconds >= SHORTEST_TAKE_SECONDS:
                    self._keep(session)
                case KeepTake(Session(id=session_id)) | DropTake(session_id):
                    self._drop(session_id)

    def _carry_out(self, command: Command) -> None:
        match command:
            case CheckMicrophone():
                self._jobs.start(
                    lambda: MicrophoneTested(self._check_microphone()), MicrophoneFailed, DeviceError
                )
            case Speak(text):
                self._question_ended_at = None  # a question that was set aside may have left its end
                self._equipment.interviewer.get_ready()
                self._jobs.start(lambda: self._speak(text), VoiceFailed, VoiceError)
            case StopVoice():
                self._equipment.interviewer.hush()
            case OpenTake(asked):
                self._jobs.start(lambda: self._start_take(asked), MicrophoneFailed, DeviceError)
            case CloseTake():
                self._jobs.start(
                    lambda: TakeEnded(self._equipment.recorder.stop()), StorageFailed, StorageError
                )
            case KeepTake(session):
                self._keep(session)
                if session.state is SessionState.SET_ASIDE:
                    self._stop_listening()
            case DropTake(session_id):
                self._stop_listening()
                self._drop(session_id)
            case Analyse(session):
                live, self._live = self._live, None
                failed = partial(AnalysisFailed, session_id=session.id)
                self._jobs.start_long(lambda: self._analyse(session, live), failed, TranscriptionError)

    def _check_microphone(self) -> MicrophoneCheck:
        return listen_and_check(self._equipment.card, self._microphone(), _TEST_SECONDS)

    def _speak(self, text: str) -> None:
        settings = self._equipment.settings()
        if not settings.speak_questions:
            raise VoiceError("Questions are shown, not spoken: that is what your settings say.")
        choice = settings.speaker
        self._equipment.interviewer.ask(
            text,
            self._events.put,
            voice=settings.voice,
            words_per_minute=settings.speech_words_per_minute,
            device=self._chosen(self._equipment.card.choose_speaker, choice),
        )

    def _microphone(self) -> Device | None:
        return self._chosen(self._equipment.card.choose_microphone, self._equipment.settings().microphone)

    def _chosen(
        self, choose: Callable[[str, str], ChosenDevice], choice: DeviceChoice | None
    ) -> Device | None:
        """Return the remembered device, or None for the system's own; tell where it is gone."""
        if choice is None:
            return None
        chosen = choose(choice.name, choice.host)
        if chosen.missing is not None:
            self._events.put(DeviceReplaced(chosen.missing, chosen.device.name))
        return chosen.device

    def _new_session(self, asked: Asked) -> Session:
        """Return the session of a take that begins now; it counts as crashed until its end is kept."""
        equipment = self._equipment
        session_id = equipment.new_id()
        pack = equipment.pack(asked.pack_id)
        return Session(
            id=session_id,
            created=equipment.clock.now(),
            question=AskedQuestion(asked.question_id, asked.text),
            company=asked.company,
            audio=equipment.store.recording_path(session_id),
            duration_seconds=0.0,
            state=SessionState.RECORDED,
            ending=Ending.CRASHED,
            dropped_blocks=0,
            opening_seconds=0.0,
            pack=f"{pack.id} {pack.version}",
            model=None,
            app_version=equipment.app_version,
            drill=asked.drill,
        )

    def _start_take(self, asked: Asked) -> Event:
        """Write the session down first, so that even a crash in the next moment leaves a take to recover."""
        equipment = self._equipment
        session = self._new_session(asked)
        try:
            equipment.store.keep(session)
        except StorageError as error:
            return StorageFailed(error)
        live = equipment.analyst.listen(
            self._listener,
            partial(answered, session, equipment.pack, equipment.store),
            preview=equipment.settings().live_text,
        )
        try:
            sample_rate = equipment.recorder.start(
                equipment.store.recording_path(session.id), self._microphone(), self._heard, live.feed
            )
        except StorageError as error:
            equipment.store.delete(session.id)
            return StorageFailed(error)
        except WhypmError:
            equipment.store.delete(session.id)
            raise
        self._live = live
        self._jobs.prepare(partial(live.begin, sample_rate))
        ended = self._question_ended_at
        self._question_ended_at = None
        opening_seconds = 0.0 if ended is None else equipment.clock.monotonic() - ended
        return TakeOpened(replace(session, opening_seconds=opening_seconds))

    def _heard(self, event: RecorderEvent) -> None:
        if isinstance(event, LevelHeard) and event.seconds >= LONGEST_SECONDS - _SPARE_SECONDS:
            self._events.put(TakeTooLong())
        if isinstance(event, RecordingEnded):
            if event.recording.ending is not Ending.STOPPED:
                self._events.put(TakeEnded(event.recording))
        else:
            self._listener(event)

    def _keep(self, session: Session) -> None:
        try:
            self._equipment.store.keep(session)
        except StorageError as error:
            self._events.put(StorageFailed(error))

    def _drop(self, session_id: str) -> None:
        try:
            self._equipment.store.delete(session_id)
        except SessionNotFoundError:
            return  # it went already
        except StorageError as error:
            self._events.put(StorageFailed(error))

    def _stop_listening(self) -> None:
        live, self._live = self._live, None
        if live is not None:
            live.abandon()

    def _analyse(self, session: Session, live: LiveTake | None) -> Event:
        equipment = self._equipment
        return Analysed(
            reanalyse(
                session,
                equipment.analyst,
                equipment.pack,
                equipment.store,
                lambda share: self._listener(Transcribing(share, session.id)),
                partial(live.finish, session.duration_seconds) if live is not None else None,
                lambda error: self._events.put(StorageFailed(error)),
            )
        )
