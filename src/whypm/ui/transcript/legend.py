"""What the marks in a transcript mean: each is named in words, and the words wear it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt

from whypm.domain.feedback import Level
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role, Size
from whypm.ui.transcript.marked_text import MarkedText
from whypm.ui.transcript.pieces import Piece, PieceKind

_LEVELS = {
    Level.EVIDENCE: ("Filled disc", "a sentence that shows an item."),
    Level.MENTION: ("Half disc", "a sentence that mentions an item."),
}
_KINDS = {
    PieceKind.FILLER: ("Dotted", "a filler."),
    PieceKind.REPAIR: ("Struck through", "said twice, begun anew or cut off."),
    PieceKind.UNSURE: ("Dashed", "may be misheard."),
    PieceKind.UNCLEAR: ("(not understood)", "a voice was heard, and no words."),
}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """``name`` says what the mark looks like; it is written in that form itself."""

    name: str
    meaning: str
    kind: PieceKind = PieceKind.WORD
    level: Level | None = None


def legend(pieces: Sequence[Piece]) -> tuple[LegendEntry, ...]:
    """Return the marks that these pieces have."""
    levels, kinds = {piece.level for piece in pieces}, {piece.kind for piece in pieces}
    entries = [
        LegendEntry(name, meaning, level=level)
        for level, (name, meaning) in _LEVELS.items()
        if level in levels
    ]
    entries += [
        LegendEntry(name, meaning, kind=kind) for kind, (name, meaning) in _KINDS.items() if kind in kinds
    ]
    return tuple(entries)


class TranscriptLegend(MarkedText):
    """Shows the entries in one running text."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, Size.SMALL)
        self._entries: tuple[LegendEntry, ...] = ()
        self.setObjectName("legend")
        self.setAccessibleName("What the marks mean")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        look.changed.connect(self._write)

    def show_entries(self, entries: Sequence[LegendEntry]) -> None:
        """Show another legend; without entries it takes no room."""
        self._entries = tuple(entries)
        self.setVisible(bool(entries))
        self._write()

    def _write(self) -> None:
        self.clear()
        forms, cursor = self.forms, self.textCursor()
        quiet = forms.ground(None, Role.TEXT_QUIET)
        cursor.beginEditBlock()
        for entry in self._entries:
            if entry.level is not None:
                self.insert_mark(cursor, entry.level)
            cursor.insertText(entry.name, forms.word(entry.kind, entry.level))
            cursor.insertText(f": {entry.meaning}  ", quiet)
        cursor.endEditBlock()
        self.fit()
