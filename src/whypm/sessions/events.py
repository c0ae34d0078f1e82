"""What can happen in a rehearsal: the user's intents, and what the machine reports back."""

from dataclasses import dataclass

from whypm.domain.errors import WhypmError
from whypm.domain.session import DrillOf, Session
from whypm.domain.sound import MicrophoneCheck, Recording


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put to the user, with the pack that it came from."""

    question_id: str | None
    text: str
    pack_id: str
    company: str | None = None
    drill: DrillOf | None = None
    """Where the text is a drill's prompt: what it is about, and the session that it came from."""


# The user's intents.


@dataclass(frozen=True, slots=True)
class Begin:
    """Ask this question; a take under way is kept and set aside first."""

    asked: Asked


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop the voice; the question counts as asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Start to record: the question has been read from the screen."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Ask the same question again; a take under way is kept and set aside."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The answer is finished: keep it and look at it."""


@dataclass(frozen=True, slots=True)
class Reanalyse:
    """Look at the kept answer once more."""


@dataclass(frozen=True, slots=True)
class Leave:
    """End the rehearsal; a take under way is kept and set aside."""


Intent = Begin | Hush | Answer | Repeat | Stop | Reanalyse | Leave


# What the machine reports.


@dataclass(frozen=True, slots=True)
class DeviceReplaced:
    """A remembered device is not there; the system's own takes its place."""

    missing: str
    used: str


@dataclass(frozen=True, slots=True)
class MicrophoneTested:
    """The microphone gave sound, or silence, before the first question."""

    check: MicrophoneCheck


@dataclass(frozen=True, slots=True)
class MicrophoneFailed:
    """There is no microphone to record with, or it cannot be opened."""

    error: WhypmError


@dataclass(frozen=True, slots=True)
class QuestionEnded:
    """The last sample of the question has left the speaker, or the voice was stopped."""


@dataclass(frozen=True, slots=True)
class VoiceFailed:
    """No voice or no speaker; the question is shown as text."""

    error: WhypmError


@dataclass(frozen=True, slots=True)
class TakeOpened:
    """The microphone is open and the first block is on its way to the disk."""

    session: Session


@dataclass(frozen=True, slots=True)
class TakeTooLong:
    """The take has reached the longest length that can be analysed."""


@dataclass(frozen=True, slots=True)
class TakeEnded:
    """The recording is closed; ``recording.ending`` says why."""

    recording: Recording


@dataclass(frozen=True, slots=True)
class Analysed:
    """The session with its report, as it was kept."""

    session: Session


@dataclass(frozen=True, slots=True)
class AnalysisFailed:
    """There is no report; the recording is kept all the same."""

    error: WhypmError
    session_id: str


@dataclass(frozen=True, slots=True)
class StorageFailed:
    """The data folder refused something; what is on disk stays there."""

    error: WhypmError


Outcome = (
    DeviceReplaced
    | MicrophoneTested
    | MicrophoneFailed
    | QuestionEnded
    | VoiceFailed
    | TakeOpened
    | TakeTooLong
    | TakeEnded
    | Analysed
    | AnalysisFailed
    | StorageFailed
)
Event = Intent | Outcome
