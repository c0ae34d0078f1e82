"""What follows from a verdict: next question, drills, the answer's shape, its specifics and its repairs."""

from dataclasses import dataclass
from enum import StrEnum

from whypm.domain.content import Place


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The question an interviewer would ask next; ``about`` is the checklist item that it probes."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Drill:
    """A short task that records one weak point again; ``about`` is a checklist id or a delivery figure."""

    about: str
    prompt: str
    """As it is asked aloud, its length included."""
    seconds: float


class Part(StrEnum):
    """What a sentence does in the answer."""

    OPENING = "opening"
    STORY = "story"
    REASONS = "reasons"
    COMPANY = "company"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class PartShare:
    """The sentences of one part, as indexes into the transcript; ``seconds`` is None where it was typed."""

    part: Part
    sentences: tuple[int, ...]
    seconds: float | None


class Headline(StrEnum):
    """When the first sentence came that answers "why"."""

    EARLY = "early"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class AnswerShape:
    """How the answer is built: its parts in the order above, its headline, its closing."""

    parts: tuple[PartShare, ...]
    headline: Headline
    headline_sentence: int | None
    closed: bool
    remarks: tuple[str, ...] = ()
    """What to change, each with its reason, in words for the user."""


class SpecificKind(StrEnum):
    """What makes a sentence checkable."""

    NUMBER = "number"
    NAME = "name"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Specific:
    """A checkable detail as it was said, and the sentence it stands in."""

    kind: SpecificKind
    text: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Specifics:
    """The checkable details, against the sentences that only claim something."""

    details: tuple[Specific, ...]
    general: tuple[int, ...]
    """Sentences that carry an item without any detail, as indexes into the transcript."""


class RepairKind(StrEnum):
    """How speech was mended."""

    REPEAT = "repeat"
    RESTART = "restart"
    CUT_OFF = "cut off"


@dataclass(frozen=True, slots=True)
class Repair:
    """Words that were said and then mended: ``first_word`` to ``last_word`` of the transcript's words."""

    kind: RepairKind
    text: str
    start: float
    end: float
    first_word: int
    last_word: int


@dataclass(frozen=True, slots=True)
class Described:
    """A delivery figure that is told and not judged: nobody has set a target for it."""

    name: str
    title: str
    value: str
    source: str
    """What is known about it, and who says so."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A delivery figure in words: what was measured, what to aim at, and who says so."""

    name: str
    """The band's figure, such as ``pace``."""
    title: str
    value: str
    target: str
    source: str
    place: Place
