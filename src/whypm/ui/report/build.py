"""How an answer is built, for showing: its parts in the order said, what can be checked, what was mended."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from whypm.domain.feedback import Report
from whypm.domain.remarks import AnswerShape, Part, RepairKind, Specific
from whypm.domain.transcript import Sentence
from whypm.feedback.coaching.advice import MOST_ADVICE

PART_TITLES = {
    Part.OPENING: "Opening",
    Part.STORY: "Story",
    Part.REASONS: "Reasons",
    Part.COMPANY: "Company",
    Part.CLOSING: "Closing",
}
_NAMED_DETAILS = 4
_REPAIR_WORDS = {
    RepairKind.REPEAT: "said twice",
    RepairKind.RESTART: "begun anew",
    RepairKind.CUT_OFF: "cut off",
}


@dataclass(frozen=True, slots=True)
class PartRun:
    """Sentences that do the same, one after the other; ``share`` (0 to 1) is of the whole answer."""

    part: Part
    share: float


@dataclass(frozen=True, slots=True)
class PartTotal:
    """All that one part takes; ``seconds`` is None where the answer was typed."""

    part: Part
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Build:
    """The runs in the order said, the totals in the order of a good answer, and what to change."""

    runs: tuple[PartRun, ...]
    totals: tuple[PartTotal, ...]
    remarks: tuple[str, ...]
    specifics: str
    """One line on what can be checked."""


def read_build(report: Report) -> Build | None:
    """Return how the answer is built; None for a drill, and where nothing was said."""
    shape = report.shape
    if shape is None or report.drill is not None:
        return None
    return Build(
        runs=_runs(shape, report.transcript.sentences),
        totals=tuple(PartTotal(share.part, share.seconds) for share in shape.parts),
        remarks=shape.remarks[: max(0, MOST_ADVICE - len(report.advice))],  # both ask for a change
        specifics=_specifics_line(report),
    )


def repairs_line(report: Report) -> str:
    """Return what was mended in one line; empty where nothing was."""
    counts = Counter(repair.kind for repair in report.repairs)
    if not counts:
        return ""
    kinds = ", ".join(f"{counts[kind]} {words}" for kind, words in _REPAIR_WORDS.items() if counts[kind])
    total = counts.total()
    return f"You mended your words {'once' if total == 1 else f'{total} times'}: {kinds}."


def _runs(shape: AnswerShape, sentences: Sequence[Sentence]) -> tuple[PartRun, ...]:
    parts = {index: share.part for share in shape.parts for index in share.sentences}
    said = [index for index in range(len(sentences)) if index in parts]
    lengths = {index: _length(sentences[index]) for index in said}
    whole = sum(lengths.values()) or 1.0
    return tuple(
        PartRun(part, sum(lengths[index] for index in run) / whole)
        for part, run in groupby(said, key=lambda index: parts[index])
    )


def _length(sentence: Sentence) -> float:
    """Return a sentence's seconds, or its words where it was typed."""
    if sentence.start is None or sentence.end is None:
        return float(len(sentence.text.split()))
    return sentence.end - sentence.start


def _specifics_line(report: Report) -> str:
    specifics = report.specifics
    if specifics is None:
        return ""
    details = _distinct(specifics.details)
    if not details:
        return "Nothing can be checked yet: name a number, a name or an outcome."
    named = ", ".join(f"“{text}”" for text in details[:_NAMED_DETAILS])
    more = len(details) - _NAMED_DETAILS
    rest = f" and {more} more" if more > 0 else ""
    things = "1 thing" if len(details) == 1 else f"{len(details)} things"
    return f"You named {things} that can be checked: {named}{rest}."


def _distinct(details: Iterable[Specific]) -> list[str]:
    """Leave out what is said again, and what stands inside a longer detail of its sentence."""
    details = tuple(details)
    texts = (
        detail.text
        for detail in details
        if not any(
            other.sentence == detail.sentence and other.text != detail.text and detail.text in other.text
            for other in details
        )
    )
    return list({text.casefold(): text for text in texts}.values())
