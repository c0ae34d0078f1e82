"""Several answers of one person beside each other: what stays, what goes, what does not fit together."""

from dataclasses import dataclass
from enum import StrEnum

from whypm.domain.feedback import Report


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One answer, by the id of its session."""

    id: str
    report: Report


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of one answer; ``sentence`` is its index in that answer's transcript.

    None with an empty text where the user said that the answer gives something, without naming a sentence.
    """

    answer: str
    sentence: int | None
    text: str


class Course(StrEnum):
    """How a reason or a story goes through the answers, the newest of them first."""

    STAYS = "stays"
    NEW = "new"
    """In the newest answer only."""
    GONE = "gone"
    """In earlier answers and not in the newest."""
    COMES_AND_GOES = "comes and goes"


@dataclass(frozen=True, slots=True)
class Reason:
    """A theme of the checklist: where it was given, newest first, and the answers that surely lack it."""

    item: str
    course: Course
    told: tuple[Quote, ...]
    """A quote an answer."""
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Concrete sentences that share names, numbers and rare words, a quote an answer, the newest first."""

    course: Course
    told: tuple[Quote, ...]
    shared: tuple[str, ...]
    """Words of the newest quote that all quotes have; empty for a story that was told once."""
    lacking: tuple[str, ...]


class Clash(StrEnum):
    """What makes two sentences contradict each other."""

    NUMBER = "number"
    DENIAL = "denial"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sentences that cannot both be right; ``newer`` is of the newer answer."""

    clash: Clash
    about: str
    newer: Quote
    older: Quote


@dataclass(frozen=True, slots=True)
class Repetition:
    """An answer that says again what an older one said, word for word."""

    newer: str
    older: str
    share: float
    """Of the newer answer's words, from 0 to 1."""
    longest: str
    """The longest run of words that both have, as the newer one has it."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """Everything that is told about several answers; ``answers`` are their ids, the newest first."""

    answers: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    stories: tuple[Story, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    repetitions: tuple[Repetition, ...] = ()
    without_reason: tuple[str, ...] = ()
    """The answers that surely do not say why this job, the newest first."""
