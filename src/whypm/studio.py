"""Everything that one run works with, put together in one place and made when it is first asked for.

The window and the terminal each hold a ``Studio`` and close it at the end.
"""

import logging
import os
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from whypm.audio.player import Player
from whypm.audio.recorder import Recorder
from whypm.audio.sound_card import SoundCard
from whypm.content.library import Library, load_library
from whypm.domain.content import Pack
from whypm.domain.errors import PackError, StorageError
from whypm.domain.session import Session
from whypm.domain.sound import Device
from whypm.feedback.fillers.phrase_judge import PhraseJudge, read_phrase_judge
from whypm.feedback.fillers.phrases import PhraseInContext
from whypm.feedback.judging.encoder_process import EncoderProcess
from whypm.feedback.judging.judge import Judge
from whypm.feedback.judging.judge_settings import read_settings
from whypm.made_once import made_once
from whypm.places import find_places, prepare
from whypm.release import app_version
from whypm.sessions.analyst import Analyst
from whypm.sessions.equipment import Equipment
from whypm.sessions.interviewer import Interviewer
from whypm.sessions.recovery import recover_takes
from whypm.sessions.runner import RehearsalRunner
from whypm.sessions.store import SessionStore
from whypm.sessions.updates import Update
from whypm.settings import Settings, load_settings, save_settings
from whypm.transcription.models.catalogue import DEFAULT_MODEL
from whypm.transcription.models.shelf import ModelShelf
from whypm.transcription.process.client import Transcriber
from whypm.voice.speaker import Speaker

if TYPE_CHECKING:
    from whypm.places import Places

_log = logging.getLogger(__name__)


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the time of day in the user's zone."""
        return datetime.now(UTC).astimezone()

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()


class Studio:
    """Holds the parts; nothing is opened, loaded or started before it is used."""

    def __init__(self, data: Path | None = None, model: str | None = None) -> None:
        """``data`` and ``model`` override the data folder and the model of the settings for this run."""
        self.places: Places = find_places(data)
        self.clock = SystemClock()
        self._model = model
        self._judges: dict[str, Judge] = {}
        self._encoder: EncoderProcess | None = None
        self._encoder_asked = threading.Lock()
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End child processes, streams and files, in the reverse order of their start."""
        self._closing.close()

    def stop_analysing(self) -> None:
        """Give up a transcription under way: its recording is kept and can be analysed another time."""
        if (transcriber := Studio.transcriber.peek(self)) is not None:
            transcriber.close()

    @made_once
    def settings(self) -> Settings:
        """The user's choices as stored, with this run's model over them."""
        stored = load_settings(self.places.settings)
        return stored if self._model is None else replace(stored, model=self._model)

    def change_settings(self, settings: Settings) -> None:
        """Keep new choices; the next question and the next analysis follow them. Raises StorageError."""
        self._prepared()
        # No more than what was chosen here: another window may have kept choices of its own meanwhile,
        # and the command line's model is for this run.
        chosen: dict[str, Any] = {
            field.name: getattr(settings, field.name)
            for field in fields(settings)
            if getattr(settings, field.name) != getattr(self.settings, field.name)
        }
        save_settings(self.places.settings, replace(load_settings(self.places.settings), **chosen))
        model_changed = settings.model != self.settings.model
        Studio.settings.put(self, settings)
        if model_changed and (old := Studio.transcriber.drop(self)) is not None:
            old.close()

    @made_once
    def library(self) -> Library:
        """The built-in pack and the user's own."""
        return load_library(self.places.content / "why-pm", self.places.packs)

    def pack(self, pack_id: str) -> Pack:
        """Return the pack of this id. Raises PackError."""
        for pack in self.library.packs:
            if pack.id == pack_id:
                return pack
        raise PackError(
            f"There is no question pack '{pack_id}'.", "Put it back into the packs folder, or choose another."
        )

    def pack_or_built_in(self, pack_id: str) -> Pack:
        """Return the pack of this id, or the built-in one where the user took it away since."""
        try:
            return self.pack(pack_id)
        except PackError:
            return self.library.packs[0]

    def chosen_pack(self) -> Pack:
        """Return the pack of the settings, or the built-in one."""
        return self.pack_or_built_in(self.settings.pack)

    def pack_of(self, session: Session) -> Pack:
        """Return the pack of a kept session, or the built-in one."""
        return self.pack_or_built_in(session.pack_id)

    def chosen_speaker(self) -> Device | None:
        """Return the speaker of the settings, or None for the system's own. Raises DeviceError."""
        choice = self.settings.speaker
        return self.card.choose_speaker(choice.name, choice.host).device if choice else None

    @made_once
    def store(self) -> SessionStore:
        """The kept sessions, with what a crash left open repaired. Raises StorageError."""
        self._prepared()
        store = SessionStore(self.places.database, self.places.recordings)
        self._closing.callback(store.close)
        self._recover(store)
        return store

    def recover(self) -> bool:
        """Repair what a crash left open and was too fresh at the start; return whether there was any."""
        return self._recover(self.store)

    def _recover(self, store: SessionStore) -> bool:
        try:
            return bool(recover_takes(store, self.clock.now))
        except StorageError as error:  # a full disk must not cost what can be read
            _log.warning("A take stays as a crash left it: %s", error)
            return False

    @made_once
    def card(self) -> SoundCard:
        """The sound card. Raises DeviceError where there is no sound system."""
        return SoundCard()

    def use_card(self, card: SoundCard) -> None:
        """Take another sound card, before anything was played or recorded."""
        Studio.card.put(self, card)

    @made_once
    def player(self) -> Player:
        """Plays questions and takes."""
        player = Player(self.card)
        self._closing.callback(player.stop)
        return player

    @made_once
    def speaker(self) -> Speaker:
        """The voice that renders questions."""
        self._prepared()
        return Speaker(self.places.spoken)

    @made_once
    def shelf(self) -> ModelShelf:
        """The Whisper models of this machine."""
        self._prepared()
        return ModelShelf(self.places.models, self.places.shipped_models)

    @made_once
    def transcriber(self) -> Transcriber:
        """The child process with the chosen model, warming up. Raises ModelError."""
        folder = self.shelf.resolve(self.settings.model or DEFAULT_MODEL)
        transcriber = Transcriber(folder, threads=_threads())
        self._closing.callback(transcriber.close)
        transcriber.start()
        return transcriber

    def judge(self, pack: Pack) -> Judge:
        """Return the judge of this pack's checklist."""
        # In one step, as several threads ask; one that is not kept has loaded nothing.
        made = Judge(self.places.assets / "judge", pack.checklist, self._open_encoder)
        return self._judges.setdefault(pack.id, made)

    def _open_encoder(self, folder: Path, networks: Mapping[str, float]) -> EncoderProcess:
        """One child process holds the weights for the judges of all packs. Raises ModelError."""
        with self._encoder_asked:
            if self._encoder is None:
                self._encoder = EncoderProcess(folder, networks, self.places.assets / "fillers")
                self._closing.callback(self._encoder.close)
        self._encoder.load()
        return self._encoder

    @made_once
    def fillers(self) -> PhraseJudge:
        """What tells phrases that fill a gap from the same words meant. Raises ModelError."""
        return read_phrase_judge(self.places.assets / "fillers", self)

    def filler_chances(self, uses: Sequence[PhraseInContext]) -> tuple[float, ...]:
        """Return the chances that phrases fill a gap, from the judge's process. Raises ModelError."""
        folder = self.places.assets / "judge"
        encoder = self._encoder or self._open_encoder(folder, read_settings(folder).networks)
        return encoder.filler_chances(uses)

    @made_once
    def analyst(self) -> Analyst:
        """Makes reports."""
        return Analyst(lambda: self.transcriber, self.judge, lambda: self.fillers)

    def runner(self, listener: Callable[[Update], None]) -> RehearsalRunner:
        """Return a rehearsal that is not started yet; it ends before the rest of the studio."""
        return RehearsalRunner(
            Equipment(
                card=self.card,
                recorder=Recorder(self.card),
                interviewer=Interviewer(self.speaker, self.player),
                analyst=self.analyst,
                store=self.store,
                pack=self.pack,
                settings=lambda: self.settings,
                new_id=lambda: uuid.uuid4().hex[:12],
                clock=self.clock,
                app_version=app_version(),
            ),
            listener,
        )

    def _prepared(self) -> None:
        prepare(self.places)


def _threads() -> int:
    """Use the machine's cores up to four, so that the rest of a larger machine stays the user's."""
    return max(1, min(4, os.cpu_count() or 1))
