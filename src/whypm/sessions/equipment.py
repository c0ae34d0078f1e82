"""What a rehearsal is held with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from whypm.audio.recorder import Recorder
from whypm.audio.sound_card import SoundCard
from whypm.domain.content import Pack
from whypm.sessions.analyst import Analyst
from whypm.sessions.interviewer import Interviewer
from whypm.sessions.store import SessionStore
from whypm.settings import Settings


class Clock(Protocol):
    """Where the runner gets its time and its ids from."""

    def now(self) -> datetime:
        """Return the time of day with its zone."""

    def monotonic(self) -> float:
        """Return seconds that never go back."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a rehearsal is held with."""

    card: SoundCard
    recorder: Recorder
    interviewer: Interviewer
    analyst: Analyst
    store: SessionStore
    pack: Callable[[str], Pack]
    settings: Callable[[], Settings]
    new_id: Callable[[], str]
    clock: Clock
    app_version: str
