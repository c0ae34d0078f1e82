"""How an answer was delivered, in seconds and words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filler:
    """A sound or phrase that fills a gap ("um", "you know"); times in seconds."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence of 0.5 s or more between the first and the last voiced frame."""

    start: float
    end: float
    inside_sentence: bool = False

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class PaceStretch:
    """The pace in one stretch of an answer; times in seconds, fillers left out of the count."""

    start: float
    end: float
    words_per_minute: float


@dataclass(frozen=True, slots=True)
class Timing:
    """The delivery figures of one recorded answer; None where nobody spoke."""

    duration_seconds: float
    """Length of the recording."""
    response_latency_seconds: float | None
    """From the end of the question to the first voiced frame."""
    speaking_seconds: float
    """First to last voiced frame."""
    word_count: int
    """Fillers left out."""
    words_per_minute: float | None
    """``word_count`` over ``speaking_seconds``."""
    articulation_words_per_minute: float | None
    """``word_count`` over ``speaking_seconds`` less its pauses."""
    pauses: tuple[Pause, ...]
    fillers: tuple[Filler, ...]
    """At least these: Whisper tends to leave fillers out."""
    fillers_per_minute: float | None
    pace_curve: tuple[PaceStretch, ...] = ()
    """The pace over the answer, stretch by stretch from the first to the last voiced frame."""

    @property
    def longest_pause_seconds(self) -> float:
        """The longest pause, or 0."""
        return max((pause.seconds for pause in self.pauses), default=0.0)
