"""What the engine wants done; the runner does it, and what comes of it returns as an event."""

from dataclasses import dataclass

from whypm.domain.session import Session
from whypm.sessions.events import Asked


@dataclass(frozen=True, slots=True)
class CheckMicrophone:
    """Listen for a moment and report what the microphone gives."""


@dataclass(frozen=True, slots=True)
class Speak:
    """Say this text aloud."""

    text: str


@dataclass(frozen=True, slots=True)
class StopVoice:
    """Fall silent; ``QuestionEnded`` follows."""


@dataclass(frozen=True, slots=True)
class OpenTake:
    """Start to record the answer to this question."""

    asked: Asked


@dataclass(frozen=True, slots=True)
class CloseTake:
    """Stop recording; ``TakeEnded`` follows."""


@dataclass(frozen=True, slots=True)
class KeepTake:
    """Write down that the take of this session ended, and how."""

    session: Session


@dataclass(frozen=True, slots=True)
class DropTake:
    """Take the session of a recording away that holds no answer."""

    session_id: str


@dataclass(frozen=True, slots=True)
class Analyse:
    """Transcribe and check the take of this session, and keep the report."""

    session: Session


Command = CheckMicrophone | Speak | StopVoice | OpenTake | CloseTake | KeepTake | DropTake | Analyse
