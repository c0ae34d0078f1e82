"""What an answer showed, and what to do about it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from whypm.domain.content import Group
from whypm.domain.pitch import VoicePitch
from whypm.domain.remarks import AnswerShape, Drill, FollowUp, Repair, Specifics
from whypm.domain.sound_quality import SoundQuality
from whypm.domain.timing import Timing
from whypm.domain.transcript import Transcript


class Level(StrEnum):
    """How far an answer shows a checklist item; see each pack's guideline."""

    MISSING = "missing"
    MENTION = "mention"
    EVIDENCE = "evidence"


class Method(StrEnum):
    """How an item was judged: by trained weights, or by likeness to the pack's example sentences (weaker)."""

    TRAINED = "trained"
    EXAMPLES = "examples"


SURE_FROM_CONFIDENCE = 0.6
"""Below this calibrated confidence a verdict is shown as "not sure" and no advice is built on it."""


@dataclass(frozen=True, slots=True)
class EvidenceSentence:
    """A sentence that carries an item, as an index into the transcript's sentences."""

    sentence: int
    level: Level


@dataclass(frozen=True, slots=True)
class Correction:
    """The user's own verdict on one checklist item."""

    item: str
    level: Level


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """What the judge decided on one checklist item.

    ``confidence`` is the probability (0 to 1) that ``level`` is right; ``evidence`` holds the
    sentences that carry the item, strongest first, and is empty only where the level is missing.
    ``corrected`` is the user's own verdict, which stands beside the judge's; None where there is none.
    """

    id: str
    group: Group
    level: Level
    confidence: float
    evidence: tuple[EvidenceSentence, ...] = ()
    method: Method = Method.TRAINED
    corrected: Level | None = None

    @property
    def is_sure(self) -> bool:
        """Whether the judge is confident enough for advice to rest on this verdict."""
        return self.confidence >= SURE_FROM_CONFIDENCE

    @property
    def settled(self) -> "ItemVerdict":
        """The verdict that counts: the user's own, held for sure, where there is one; else the judge's.

        Its ``evidence`` may be empty though the level is not missing: the user need not name a sentence.
        """
        if self.corrected is None:
            return self
        carrying: tuple[EvidenceSentence, ...] = ()
        if self.corrected is Level.MENTION:
            carrying = tuple(replace(evidence, level=Level.MENTION) for evidence in self.evidence)
        elif self.corrected is Level.EVIDENCE:
            best = tuple(replace(evidence, level=Level.EVIDENCE) for evidence in self.evidence[:1])
            carrying = (*best, *self.evidence[1:])
        return replace(self, level=self.corrected, confidence=1.0, evidence=carrying)

    @property
    def best_sentence(self) -> int | None:
        """The sentence that carries the item best, or None where it is missing."""
        return self.evidence[0].sentence if self.evidence else None


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to change; ``about`` is a checklist id or a delivery figure's name."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """The question as it was put; both None for a bare recording or text."""

    id: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told about one answer. ``timing`` is None where the answer was typed."""

    question: AskedQuestion
    transcript: Transcript
    timing: Timing | None
    checklist: tuple[ItemVerdict, ...]
    advice: tuple[Advice, ...]
    follow_up: FollowUp | None = None
    shape: AnswerShape | None = None
    """None where nothing was said."""
    specifics: Specifics | None = None
    """None where nothing was said."""
    repairs: tuple[Repair, ...] = ()
    drills: tuple[Drill, ...] = ()
    """Short tasks on what the advice is about, in its order."""
    drill: Drill | None = None
    """The task that this answer was given to: it is judged on that alone. None for a whole answer."""
    sound: SoundQuality | None = None
    """Loudness and faults of the recording; None where the answer was typed."""
    pitch: VoicePitch | None = None
    """None where the answer was typed, or too little of a voice was heard."""

    @property
    def settled_checklist(self) -> tuple[ItemVerdict, ...]:
        """The verdicts that count, the user's corrections among them."""
        return tuple(verdict.settled for verdict in self.checklist)

    @property
    def was_judged(self) -> bool:
        """Whether there was anything to judge: not in silence, nor in another language.

        There every item is missing, and the one advice says what was heard.
        """
        is_unjudged = self.specifics is None and len(self.advice) == 1
        is_empty = not self.transcript.sentences or is_unjudged
        return not is_empty or any(verdict.level is not Level.MISSING for verdict in self.settled_checklist)
