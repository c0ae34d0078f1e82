"""The transcript in pieces: each word with its time, and what there is to say about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge

from whypm.domain.feedback import Level, Report
from whypm.domain.remarks import RepairKind
from whypm.domain.transcript import Span
from whypm.feedback.text.tokens import are_spaced

_REPAIR_NOTES = {
    RepairKind.REPEAT: "Said twice",
    RepairKind.RESTART: "Begun anew",
    RepairKind.CUT_OFF: "Cut off",
}


class PieceKind(StrEnum):
    """What a piece is."""

    WORD = "word"
    FILLER = "filler"
    REPAIR = "repair"
    """A word that the speaker mended: a reader would strike it out."""
    UNSURE = "unsure"
    """A word that may be misheard."""
    UNCLEAR = "unclear"
    """A voice that was heard and not understood."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word with its times, or a typed sentence without. ``text`` brings its own space."""

    text: str
    span: Span | None
    level: Level | None
    """The strongest level that its sentence carries for any item; None where it carries none."""
    kind: PieceKind = PieceKind.WORD
    note: str = ""
    """What the kind means here, for the tooltip."""


def read_pieces(report: Report) -> tuple[Piece, ...]:
    """Return the transcript's pieces in the order said."""
    transcript = report.transcript
    levels = _levels(report)
    if transcript.sentences and not transcript.words:
        return tuple(
            Piece(f"{sentence.text} ", None, levels.get(index))
            for index, sentence in enumerate(transcript.sentences)
        )
    timed = merge(_words(report, levels), _unclear(report), key=lambda each: each[0])
    return tuple(piece for _, piece in timed)


def _words(report: Report, levels: dict[int, Level]) -> Iterator[tuple[float, Piece]]:
    words, sentences = report.transcript.words, report.transcript.sentences
    space = "" if are_spaced(words) else " "
    notes = {
        index: _REPAIR_NOTES[repair.kind]
        for repair in report.repairs
        for index in range(repair.first_word, repair.last_word + 1)
    }
    current = 0
    for index, word in enumerate(words):
        while current + 1 < len(sentences) and word.start >= (sentences[current + 1].start or 0.0):
            current += 1
        kind, note = PieceKind.WORD, ""
        if word.filler:
            kind, note = PieceKind.FILLER, "A filler"
        elif index in notes:
            kind, note = PieceKind.REPAIR, notes[index]
        elif word.is_unsure:
            kind, note = PieceKind.UNSURE, "Perhaps misheard"
        span = Span(word.start, word.end)
        yield word.start, Piece(f"{word.text}{space}", span, levels.get(current), kind, note)


def _unclear(report: Report) -> Iterator[tuple[float, Piece]]:
    for span in report.transcript.unclear:
        note = f"{span.seconds:.1f} seconds of speech were not understood here. Click to hear them."
        yield span.start, Piece(" (not understood) ", span, None, PieceKind.UNCLEAR, note)


def _levels(report: Report) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for verdict in report.settled_checklist:
        for evidence in verdict.evidence if verdict.is_sure else ():
            if levels.get(evidence.sentence) is not Level.EVIDENCE:
                levels[evidence.sentence] = evidence.level
    return levels
