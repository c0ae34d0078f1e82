"""Sound as it comes from and goes to the machine: devices, levels, recordings."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or speaker. ``name`` with ``host`` is what is remembered, as indexes change."""

    index: int
    name: str
    host: str
    """The sound system that offers it, such as ALSA, WASAPI or Core Audio."""
    channels: int
    sample_rate: int
    """Its own rate in Hz."""
    default: bool = False


@dataclass(frozen=True, slots=True)
class SoundLevel:
    """How loud a block of sound is, as a share of full scale from 0 to 1."""

    peak: float
    rms: float


class Ending(StrEnum):
    """Why a recording ended."""

    STOPPED = "stopped"
    DEVICE_LOST = "device lost"
    DISK_FULL = "disk full"
    FAILED = "failed"
    CRASHED = "crashed"
    """Found unfinished at a later start."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A take on disk."""

    path: Path
    sample_rate: int
    frames: int
    dropped_blocks: int = 0
    """Blocks that the sound system reported as lost (input overflow)."""
    ending: Ending = Ending.STOPPED

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.frames / self.sample_rate


class MicrophoneState(StrEnum):
    """What the microphone test found."""

    FINE = "fine"
    SILENT = "silent"
    """Digital silence: muted, blocked by the system, or the wrong device."""
    QUIET = "quiet"
    CLIPPING = "clipping"


@dataclass(frozen=True, slots=True)
class MicrophoneCheck:
    """The result of a microphone test and a sentence that says what to do."""

    state: MicrophoneState
    level: SoundLevel
    advice: str


@dataclass(frozen=True, slots=True)
class ChosenDevice:
    """The device that is used for a remembered name."""

    device: Device
    missing: str | None = None
    """The remembered name, where that device is gone and ``device`` is the default in its place."""


@dataclass(frozen=True, slots=True)
class LevelHeard:
    """How loud the microphone is now; sent 20 to 30 times a second."""

    level: SoundLevel
    seconds: float
    """Length of the take so far."""


@dataclass(frozen=True, slots=True)
class BlocksDropped:
    """The sound system lost input."""

    count: int
    """Since the take began."""


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """The take is over and its file is closed; ``recording.ending`` says why."""

    recording: Recording


RecorderEvent = LevelHeard | BlocksDropped | RecordingEnded


class PlaybackEnding(StrEnum):
    """Why a playback ended."""

    FINISHED = "finished"
    """The last sample has left the speaker."""
    STOPPED = "stopped"
    DEVICE_LOST = "device lost"


@dataclass(frozen=True, slots=True)
class PlaybackMoved:
    """The place in the file that is heard now, in seconds; sent about 20 times a second."""

    seconds: float


@dataclass(frozen=True, slots=True)
class PlaybackEnded:
    """Nothing is played any more."""

    ending: PlaybackEnding


PlayerEvent = PlaybackMoved | PlaybackEnded
