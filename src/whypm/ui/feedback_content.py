"""What the feedback view shows, taken from a report: pure values, in the order of the page."""

from collections.abc import Mapping
from dataclasses import dataclass

from whypm.domain.content import Band, Group, Pack
from whypm.domain.feedback import ItemVerdict, Level, Method, Report
from whypm.domain.remarks import Figure
from whypm.domain.transcript import Sentence, Span
from whypm.feedback.figures import describe_figures, figure_value
from whypm.feedback.phrases import phrases_of
from whypm.feedback.quotes import quote
from whypm.feedback.summary import summarise
from whypm.feedback.tokens import are_spaced

GROUP_TITLES = {
    Group.TIP: "What a good answer does",
    Group.THEME: "Why this and no other job",
    Group.STORY: "The story",
}
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
class Piece:
    """A word with its times, or a typed sentence without. ``text`` brings its own space."""

    text: str
    span: Span | None
    filler: bool
    level: Level | None
    """The strongest level that its sentence carries for any item; None where it carries none."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """The whole page."""

    question: str
    sentence: str
    kept: tuple[Kept, ...]
    changes: tuple[str, ...]
    groups: Mapping[Group, tuple[ItemRow, ...]]
    figures: tuple[FigureRow, ...]
    pieces: tuple[Piece, ...]
    unclear_seconds: float
    """Speech that was not understood."""
    follow_up: str | None


def read_report(report: Report, pack: Pack) -> Feedback:
    """Return what there is to show of a report; items that the pack no longer has are left out."""
    return Feedback(
        question=report.question.text or "",
        sentence=summarise(report, pack),
        kept=_kept(report, pack),
        changes=tuple(advice.text for advice in report.advice),
        groups={group: _rows(report, pack, group) for group in Group},
        figures=_figures(report, pack),
        pieces=_pieces(report),
        unclear_seconds=sum(span.seconds for span in report.transcript.unclear),
        follow_up=report.follow_up.text if report.follow_up is not None else None,
    )


def _kept(report: Report, pack: Pack) -> tuple[Kept, ...]:
    shown = [
        verdict for verdict in report.settled_checklist if verdict.level is Level.EVIDENCE and verdict.is_sure
    ]
    strongest = sorted(shown, key=lambda verdict: -verdict.confidence)[:MOST_KEPT]
    kept = []
    for verdict in strongest:
        item, sentence = pack.item(verdict.id), _sentence(report, verdict)
        if item is not None and sentence is not None:
            kept.append(Kept(f"You {phrases_of(item).shown}.", quote(sentence.text), _span(sentence)))
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
                quote=quote(sentence.text) if sentence is not None else "",
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


def _pieces(report: Report) -> tuple[Piece, ...]:
    transcript = report.transcript
    levels = _levels(report)
    if not transcript.words:
        return tuple(
            Piece(f"{sentence.text} ", None, filler=False, level=levels.get(index))
            for index, sentence in enumerate(transcript.sentences)
        )
    space = "" if are_spaced(transcript.words) else " "
    pieces = []
    current = 0
    sentences = transcript.sentences
    for word in transcript.words:
        while current + 1 < len(sentences) and word.start >= (sentences[current + 1].start or 0.0):
            current += 1
        span = Span(word.start, word.end)
        pieces.append(Piece(f"{word.text}{space}", span, filler=word.filler, level=levels.get(current)))
    return tuple(pieces)


def _levels(report: Report) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for verdict in report.settled_checklist:
        for evidence in verdict.evidence if verdict.is_sure else ():
            if levels.get(evidence.sentence) is not Level.EVIDENCE:
                levels[evidence.sentence] = evidence.level
    return levels
