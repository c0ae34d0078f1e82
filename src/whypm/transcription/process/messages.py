"""What the transcriber and its child process say to each other. All of it is pickled on the way."""

from dataclasses import dataclass

import numpy as np

from whypm.domain.transcript import Recognition

# To the child.


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Sound to recognise: float32, shape (samples,), 16 kHz, mono."""

    samples: np.ndarray
    language: str | None


@dataclass(frozen=True, slots=True)
class Listen:
    """An answer begins: ``Sound`` follows as it is spoken, and at last ``Finish`` or ``Abandon``."""

    sample_rate: int
    """Of the sound that follows, in Hz."""
    preview: bool
    """Whether somebody watches the words while they are spoken."""
    so_far: bool
    """Whether each ``News`` of more words brings what would be recognised if the answer ended there."""


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """What follows of the answer: float32, shape (samples,), mono."""

    samples: np.ndarray


@dataclass(frozen=True, slots=True)
class Finish:
    """The answer is over; ``Done`` is expected."""


@dataclass(frozen=True, slots=True)
class Abandon:
    """Nobody wants this answer's words any more; ``Abandoned`` is expected."""


# To the parent.


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A share (0 to 1) of the task is done; also a sign of life."""

    share: float


@dataclass(frozen=True, slots=True)
class News:
    """What is understood of the answer under way; also a sign of life."""

    settled: str
    ahead: str
    read_seconds: float
    """Up to here nothing waits to be read."""
    recognition: Recognition | None = None
    """What would be recognised if the answer ended here; only where it was asked for and has more words."""


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a task, or of an answer."""

    recognition: Recognition
    pitch_fault: str
    """Why it has no pitch; empty where it has."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The child is free for something else."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The model cannot be used; trying again would change nothing."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Something unforeseen; the child ends after it, so that a new one starts clean."""

    message: str


Message = Ready | Progress | News | Done | Abandoned
"""What the parent gets while all is well."""
