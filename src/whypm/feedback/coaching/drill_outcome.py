"""What a drill brought: the weak point before and after."""

from dataclasses import dataclass

from whypm.domain.content import Pack, Place
from whypm.domain.feedback import Level, Method, Report
from whypm.domain.remarks import Drill
from whypm.feedback.coaching.drill import narrowed
from whypm.feedback.delivery.figures import describe_figures

_UNPROVEN = "touched on now; going by examples, a claim and a proof look the same"
_LEVELS = {Level.EVIDENCE: "shown", Level.MENTION: "only mentioned", Level.MISSING: "not said"}
_PLACES = {
    Place.GOOD: "on target",
    Place.NEAR: "near the target",
    Place.LOW: "below the target",
    Place.HIGH: "above the target",
}


@dataclass(frozen=True, slots=True)
class DrillOutcome:
    """The drill's point in the answer that it came from, if that is known, and in the drill.

    A checklist item has a level; a delivery figure has a place against its target; None is not known.
    ``shown`` says whether the point is made now: the item proven, the figure not outside its band.
    """

    about: str
    before: Level | Place | None
    after: Level | Place | None
    sure: bool
    shown: bool
    unproven: bool = False
    """Whether the point was touched on and the judge, going by examples, cannot tell a claim from a proof."""


def drill_outcome(drill: Drill, after: Report, pack: Pack, before: Report | None = None) -> DrillOutcome:
    """Return what the drill brought.

    Args:
        drill: The task.
        after: The report on the drill.
        pack: Where its items and bands are.
        before: The report on the answer that the drill came from, if any.
    """
    state, sure = _state(after, drill.about, narrowed(pack, drill))
    unproven = _is_unproven(after, drill.about)
    earlier = _state(before, drill.about, pack)[0] if before is not None else None
    shown = sure and state in {Level.EVIDENCE, Place.GOOD, Place.NEAR}
    return DrillOutcome(drill.about, earlier, state, sure and not unproven, shown, unproven)


def outcome_sentence(outcome: DrillOutcome, pack: Pack) -> str:
    """Return the outcome in one sentence: "Working with others: only mentioned before, shown now."."""
    item, band = pack.item(outcome.about), pack.band(outcome.about)
    title = item.title if item is not None else band.title if band is not None else outcome.about
    before = f"{_in_words(outcome.before)} before, " if outcome.before is not None else ""
    if outcome.after is None:
        return f"{title}: {before}too little was said to tell now."
    if outcome.unproven:
        return f"{title}: {_UNPROVEN}."
    doubt = "" if outcome.sure else " (not sure)"
    return f"{title}: {before}{_in_words(outcome.after)} now{doubt}."


def _state(report: Report, about: str, pack: Pack) -> tuple[Level | Place | None, bool]:
    """Return the point's level or place in a report, and whether that is sure."""
    for verdict in report.settled_checklist:
        if verdict.id == about:
            return verdict.level, verdict.is_sure
    figures = describe_figures(report.timing, pack) if report.timing is not None else ()
    places = [figure.place for figure in figures if figure.name == about]
    return (places[0], True) if places else (None, False)


def _is_unproven(report: Report, about: str) -> bool:
    return any(
        verdict.id == about
        and verdict.method is Method.EXAMPLES
        and verdict.corrected is None
        and verdict.level is Level.MENTION
        for verdict in report.checklist
    )


def _in_words(state: Level | Place) -> str:
    return _LEVELS[state] if isinstance(state, Level) else _PLACES[state]
