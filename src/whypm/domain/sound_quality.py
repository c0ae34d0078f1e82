"""What a recording sounded like, apart from its words."""

from dataclasses import dataclass
from enum import StrEnum


class SoundFaultKind(StrEnum):
    """What can be wrong with the sound of a recording."""

    CLIPPING = "clipping"
    HUM = "hum"
    QUIET = "quiet"
    DROPOUTS = "dropouts"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class SoundFault:
    """A fault of the microphone or its settings, in words for the user with what to do about it."""

    kind: SoundFaultKind
    text: str


@dataclass(frozen=True, slots=True)
class Loudness:
    """The level over time: the root mean square of each step, in dB of full scale."""

    step_seconds: float
    decibels: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SoundQuality:
    """What was measured in a recording's samples."""

    loudness: Loudness
    faults: tuple[SoundFault, ...] = ()
