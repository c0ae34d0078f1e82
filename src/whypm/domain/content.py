"""What a question pack holds: questions, checklist, ways to answer, delivery bands."""

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """The three groups of the checklist."""

    TIP = "tip"
    THEME = "theme"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Question:
    """One way to ask; ``text`` may hold the slot ``{company}``."""

    id: str
    text: str
    family: str

    @property
    def names_company(self) -> bool:
        """Whether the text has a slot for the employer's name."""
        return "{company}" in self.text

    def asked(self, company: str | None) -> str:
        """Return the text as it is spoken, with the employer's name or a stand-in for it."""
        return self.text.replace("{company}", company or "our company")


@dataclass(frozen=True, slots=True)
class Family:
    """Questions that ask the same thing in other words."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that a good answer shows, in words for the user and in examples for the judge."""

    id: str
    group: Group
    title: str
    meaning: str
    why: str
    how: str
    follow_ups: tuple[str, ...]
    examples: tuple[str, ...] = ()
    """Sentences that carry the item."""
    counterexamples: tuple[str, ...] = ()
    """Sentences that sound like the item and do not carry it."""
    drill: str = ""
    """A short task that asks for this item alone; empty where the pack has none."""


@dataclass(frozen=True, slots=True)
class Approach:
    """A way to build an answer, with a sample that follows it."""

    id: str
    title: str
    summary: str
    steps: tuple[str, ...]
    sample: str


class Place(StrEnum):
    """Where a figure lies against its band."""

    GOOD = "good"
    NEAR = "near"
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Band:
    """The target of one delivery figure and where it comes from.

    ``good`` lies within ``near``; an open end is None. Bounds count as inside.
    """

    figure: str
    """``length``, ``latency``, ``pace``, ``fillers`` or ``pauses``."""
    title: str
    unit: str
    good_low: float | None
    good_high: float | None
    near_low: float | None
    near_high: float | None
    source: str

    def place(self, value: float) -> Place:
        """Say where ``value`` (in ``unit``) lies: good, near, or outside on one side."""
        if _inside(value, self.good_low, self.good_high):
            return Place.GOOD
        if _inside(value, self.near_low, self.near_high):
            return Place.NEAR
        low = self.near_low if self.near_low is not None else self.good_low
        return Place.LOW if low is not None and value < low else Place.HIGH


def _inside(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole question pack, in the order of its files."""

    id: str
    title: str
    version: str
    families: tuple[Family, ...]
    checklist: tuple[ChecklistItem, ...]
    approaches: tuple[Approach, ...]
    bands: tuple[Band, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question of every family, in order."""
        return tuple(question for family in self.families for question in family.questions)

    def question(self, question_id: str) -> Question | None:
        """Return the question of this id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)

    def item(self, item_id: str) -> ChecklistItem | None:
        """Return the checklist item of this id, or None."""
        return next((item for item in self.checklist if item.id == item_id), None)

    def band(self, figure: str) -> Band | None:
        """Return the band of this delivery figure, or None where the pack sets none."""
        return next((band for band in self.bands if band.figure == figure), None)
