"""The report in one sentence, for the top of the feedback page and of the terminal."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from whypm.domain.content import Group, Pack, Place
from whypm.domain.feedback import ItemVerdict, Level, Report
from whypm.domain.remarks import AnswerShape, Headline
from whypm.feedback.coaching.delivery_advice import is_long_text
from whypm.feedback.coaching.reply import held_against, probed_item
from whypm.feedback.delivery.figures import describe_figures
from whypm.feedback.substance.reasons import reason_sentence
from whypm.feedback.wording.item_phrases import phrases_of

_MOST_SHOWN = 2
_GOOD = "a good answer"
_READY = f"{_GOOD}, ready to be told again"
_READY_DRILL = "put it into your whole answer now"
_HITS: Mapping[Place | None, str] = MappingProxyType({Place.GOOD: "on target", Place.NEAR: "near the target"})
_TOLD_FIRST = ("path", "experience", "strategy", "collaboration", "passion", "company", "aspiration")
_SAID_ONCE = ("told ", "said ", "touched on ")
_SAY_MORE = "next time take longer and tell one moment in full"
_NEXT_ON_DELIVERY = {
    "pace": "let the pace settle",
    "fillers": "let silence take the place of the fillers",
    "latency": "start a little sooner",
    "pauses": "finish each sentence before you think about the next",
}


def summarise(report: Report, pack: Pack) -> str:
    """Return one sentence in the second person: what the answer did, and what to do next.

    Only sure verdicts are told: the judge's or the user's. What comes next is the report's first advice.
    """
    pack = held_against(pack, report.drill, report.question)
    if not report.was_judged:
        return report.advice[0].text if report.advice else "Nothing was said yet."
    point = _point(report, pack)
    did = _what_was_done(report.settled_checklist, pack, point)
    following = _what_is_next(report, pack, point)
    if did and following:
        return f"You {did}; {following}."
    proven = _told(report.settled_checklist, Level.EVIDENCE)
    if did and report.drill is None and not any(point in {None, verdict.id} for verdict in proven):
        # Nothing to advise where the judge is not sure; that makes the answer no good one.
        return f"You {did}."
    if did:
        return f"You {did}: {_READY_DRILL if report.drill is not None else _praise(report.shape)}."
    hit = _HITS.get(_drilled_place(report, pack))
    if hit and not following:
        return f"That was {hit}: {_READY_DRILL}."
    began = "made a start"
    if _misses(report, point):
        began = "not come to the point yet"
    elif _says_nothing(report):
        began = "not come to your answer yet"
    return f"You have {began}; {following}." if following else f"You have {began}."


def _point(report: Report, pack: Pack) -> str | None:
    """Return what the answer was to be about alone: a drill's point, or a follow-up question's."""
    if report.drill is not None:
        return report.drill.about
    probed = probed_item(report.question, pack)
    return probed.id if probed is not None else None


def _drilled_place(report: Report, pack: Pack) -> Place | None:
    """Return where a drill's delivery figure lies; None where it is a drill on an item, or none."""
    if report.drill is None or report.timing is None:
        return None
    figures = describe_figures(report.timing, pack)
    return next((figure.place for figure in figures if figure.name == report.drill.about), None)


def _says_nothing(report: Report) -> bool:
    """Say whether much was said and nothing of it answers: off the point, of others only, or all denied."""
    texts = [sentence.text for sentence in report.transcript.sentences]
    return (
        report.drill is None
        and all(verdict.level is Level.MISSING and verdict.is_sure for verdict in report.settled_checklist)
        and not any(piece.about == "length" for piece in report.advice)
        and reason_sentence(texts) is None
    )


def _misses(report: Report, point: str | None) -> bool:
    """Say whether the one point of a drill or of a follow-up question is surely missing."""
    return any(
        verdict.id == point and verdict.level is Level.MISSING and verdict.is_sure
        for verdict in report.settled_checklist
    )


def _praise(shape: AnswerShape | None) -> str:
    """Return what is said of a good answer, without calling it ready where its shape has a remark."""
    if shape is None or not shape.remarks:
        return _READY
    is_late, is_missing = shape.headline is Headline.LATE, shape.headline is Headline.MISSING
    wishes = ["begin with your reason"] if is_late or is_missing else []
    if len(shape.remarks) > len(wishes):
        wishes.append("give it a close")
    return f"{_GOOD}; next time {' and '.join(wishes)}"


def _what_was_done(verdicts: Sequence[ItemVerdict], pack: Pack, point: str | None) -> str:
    """Return the first two things, the one that was asked for before all others."""
    shown = sorted(_told(verdicts, Level.EVIDENCE), key=lambda verdict: verdict.id != point)
    if shown:
        phrases = [phrases_of(item).shown for verdict in shown if (item := pack.item(verdict.id)) is not None]
    else:
        claimed = sorted(_told(verdicts, Level.MENTION), key=lambda verdict: verdict.id != point)
        phrases = [
            phrases_of(item).claimed for verdict in claimed if (item := pack.item(verdict.id)) is not None
        ]
    return _joined(phrases[:_MOST_SHOWN])


def _joined(phrases: Sequence[str]) -> str:
    """Return "told this and that" of "told this" and "told that", where that can be read in one way only."""
    if len(phrases) == _MOST_SHOWN and " and " not in phrases[0]:
        for verb in _SAID_ONCE:
            if all(phrase.startswith(verb) for phrase in phrases):
                return f"{phrases[0]} and {phrases[1].removeprefix(verb)}"
    return " and ".join(phrases)


def _told(verdicts: Sequence[ItemVerdict], level: Level) -> list[ItemVerdict]:
    """Return the sure verdicts of this level as they are told: a deed, then a reason, then the rest."""
    sure = [verdict for verdict in verdicts if verdict.level is level and verdict.is_sure]
    deeds = sorted((verdict for verdict in sure if verdict.group is not Group.THEME), key=_rank)
    reasons = [verdict for verdict in sure if verdict.group is Group.THEME]
    return [*deeds[:1], *reasons[:1], *deeds[1:], *reasons[1:]]


def _rank(verdict: ItemVerdict) -> int:
    return _TOLD_FIRST.index(verdict.id) if verdict.id in _TOLD_FIRST else len(_TOLD_FIRST)


def _what_is_next(report: Report, pack: Pack, point: str | None) -> str:
    if not report.advice:
        return ""
    about = report.advice[0].about
    item = pack.item(about)
    asks_for_a_reason = point is None and item is not None and item.group is Group.THEME
    if asks_for_a_reason and _gives_no_reason(report):
        return "say next why you want this job and no other"
    if item is not None:
        return f"say next {phrases_of(item).next_step}"
    if about == "length":
        return _length_next(report, pack)
    return f"next time {_NEXT_ON_DELIVERY[about]}" if about in _NEXT_ON_DELIVERY else ""


def _gives_no_reason(report: Report) -> bool:
    return all(
        verdict.level is Level.MISSING for verdict in report.settled_checklist if verdict.group is Group.THEME
    )


def _length_next(report: Report, pack: Pack) -> str:
    band = pack.band("length")
    timing = report.timing
    if timing is None:
        too_short = not is_long_text(len(report.transcript.text.split()), pack)
    else:
        too_short = band is None or timing.speaking_seconds < (band.good_low or 0.0)
    return _SAY_MORE if too_short else "next time tell it in less time"
