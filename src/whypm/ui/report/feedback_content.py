"""What the feedback view shows, taken from a report: pure values, in the order of the page."""

from collections.abc import Mapping
from dataclasses import dataclass

from whypm.domain.content import Band, Group, Pack
from whypm.domain.feedback import ItemVerdict, Level, Method, Report
from whypm.domain.remarks import Described, Drill, Figure
from whypm.domain.transcript import Sentence, Span
from whypm.feedback.coaching.reply import held_against
from whypm.feedback.coaching.summary import summarise
from whypm.feedback.delivery.figures import describe_figures, figure_value
from whypm.feedback.delivery.pitch import describe_pitch
from whypm.feedback.wording.item_phrases import phrases_of
from whypm.feedback.wording.quotes import quote
from whypm.feedback.wording.topics import topic_of
from whypm.ui.report.build import Build, read_build, repairs_line
from whypm.ui.report.course import Course, read_course
from whypm.ui.transcript.pieces import Piece, read_pieces

MOST_KEPT = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """Something to keep: a sentence about it, and the speaker's own words with their time."""

    text: str
    quote: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One checklist item. ``span`` is None where there is nothing to play."""

    id: str
    title: str
    level: Level
    is_sure: bool
    by_examples: bool
    """Judged by likeness to a pack's examples, the weaker method."""
    corrected: bool
    """The level is the user's own."""
    quote: str
    span: Span | None
    meaning: str
    why: str
    how: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One delivery figure in words, with its band and its value on it."""

    figure: Figure
    band: Band
    value: float


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of advice, and the short task on it where there is one."""

    text: str
    drill: Drill | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """The whole page."""

    question: str
    sentence: str
    kept: tuple[Kept, ...]
    changes: tuple[Change, ...]
    groups: Mapping[Group, tuple[ItemRow, ...]]
    figures: tuple[FigureRow, ...]
    described: tuple[Described, ...]
    """Figures without a target."""
    build: Build | None
    course: Course | None
    pieces: tuple[Piece, ...]
    recognised: str | None
    """What was recognised, where the pieces are the user's own words; None elsewhere."""
    repairs: str
    """What was mended, in one line; empty where nothing was."""
    unclear_seconds: float
    """Speech that was not understood."""
    sound_faults: tuple[str, ...]
    """What is wrong with the recording's sound, each with what to do."""
    follow_up: str | None


def read_report(
    report: Report, pack: Pack, outcome: str | None = None, recognised: str | None = None
) -> Feedback:
    """Return what there is to show of a report; items that the pack no longer has are left out.

    ``outcome`` says what a drill brought; a drill shows its own item and its own length alone. ``recognised``
    is the text before the user put it right.
    """
    pack = held_against(pack, report.drill, report.question)
    sentence = outcome or summarise(report, pack)
    is_told = report.was_judged or report.drill is not None  # ten items missing say nothing about silence
    return Feedback(
        question=report.question.text or "",
        sentence=sentence,
        kept=_kept(report, pack),
        changes=tuple(change for change in _changes(report) if change.text != sentence),
        groups={group: _rows(report, pack, group) if is_told else () for group in Group},
        figures=_figures(report, pack),
        described=_described(report),
        build=read_build(report),
        course=read_course(report, pack),
        pieces=read_pieces(report),
        recognised=recognised,
        repairs=repairs_line(report),
        unclear_seconds=sum(span.seconds for span in report.transcript.unclear),
        sound_faults=tuple(fault.text for fault in report.sound.faults) if report.sound is not None else (),
        follow_up=report.follow_up.text if report.follow_up is not None else None,
    )


def _changes(report: Report) -> tuple[Change, ...]:
    """A drill's advice leads to no other drill: the page offers the same one again."""
    drills = {drill.about: drill for drill in report.drills} if report.drill is None else {}
    return tuple(Change(advice.text, drills.get(advice.about)) for advice in report.advice)


def _kept(report: Report, pack: Pack) -> tuple[Kept, ...]:
    shown = [
        verdict for verdict in report.settled_checklist if verdict.level is Level.EVIDENCE and verdict.is_sure
    ]
    strongest = sorted(shown, key=lambda verdict: -verdict.confidence)[:MOST_KEPT]
    kept = []
    for verdict in strongest:
        item, sentence = pack.item(verdict.id), _sentence(report, verdict)
        if item is not None and sentence is not None:
            kept.append(
                Kept(f"You {phrases_of(item).shown}.", quote(sentence.text, topic_of(item)), _span(sentence))
            )
    return tuple(kept)


def _rows(report: Report, pack: Pack, group: Group) -> tuple[ItemRow, ...]:
    rows = []
    for verdict in report.settled_checklist:
        item = pack.item(verdict.id)
        if item is None or verdict.group is not group:
            continue
        sentence = _sentence(report, verdict)
        rows.append(
            ItemRow(
                id=item.id,
                title=item.title,
                level=verdict.level,
                is_sure=verdict.is_sure,
                corrected=verdict.corrected is not None,
                by_examples=verdict.method is Method.EXAMPLES,
                quote=quote(sentence.text, topic_of(item)) if sentence is not None else "",
                span=_span(sentence) if sentence is not None else None,
                meaning=item.meaning.strip(),
                why=item.why.strip(),
                how=item.how.strip(),
            )
        )
    return tuple(rows)


def _sentence(report: Report, verdict: ItemVerdict) -> Sentence | None:
    index = verdict.best_sentence
    sentences = report.transcript.sentences
    return sentences[index] if index is not None and index < len(sentences) else None


def _span(sentence: Sentence) -> Span | None:
    if sentence.start is None or sentence.end is None:
        return None
    return Span(sentence.start, sentence.end)


def _described(report: Report) -> tuple[Described, ...]:
    return (describe_pitch(report.pitch),) if report.pitch is not None and report.drill is None else ()


def _figures(report: Report, pack: Pack) -> tuple[FigureRow, ...]:
    timing = report.timing
    if timing is None:
        return ()
    rows = []
    for figure in describe_figures(timing, pack):
        band, value = pack.band(figure.name), figure_value(timing, figure.name)
        if band is not None and value is not None:
            rows.append(FigureRow(figure, band, value))
    return tuple(rows)
