"""How a transcript's words look: each kind and each level has a form of its own, and not a colour alone."""

from PySide6.QtGui import QFont, QTextCharFormat

from whypm.domain.feedback import Level
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Role
from whypm.ui.transcript.pieces import PieceKind
from whypm.ui.widgets.mark import STATE_ROLES

_LINES = {
    PieceKind.FILLER: (QTextCharFormat.UnderlineStyle.DotLine, Role.WARNING),
    PieceKind.UNSURE: (QTextCharFormat.UnderlineStyle.DashUnderline, Role.TEXT_QUIET),
}
"""What stands under a kind of word, and its colour."""
_QUIET = frozenset({PieceKind.FILLER, PieceKind.REPAIR, PieceKind.UNCLEAR})


class TranscriptForms:
    """Character formats in one font and the colours in force."""

    def __init__(self, look: Look, font: QFont) -> None:
        self._look = look
        self._font = font

    def ground(self, level: Level | None, role: Role = Role.TEXT) -> QTextCharFormat:
        """Return the format of plain words, on the ground of a sentence that carries an item at ``level``."""
        shape = QTextCharFormat()
        shape.setFont(self._font)
        shape.setForeground(self._look.colour(role))
        if level is not None:
            shape.setBackground(self._look.tint(STATE_ROLES[level]))
        return shape

    def word(self, kind: PieceKind, level: Level | None) -> QTextCharFormat:
        """Return the format of a word of this kind in such a sentence."""
        shape = self.ground(level, Role.TEXT_QUIET if kind in _QUIET else Role.TEXT)
        if kind is PieceKind.REPAIR:
            shape.setFontStrikeOut(True)
        if kind in _LINES:
            style, role = _LINES[kind]
            shape.setUnderlineStyle(style)
            shape.setUnderlineColor(self._look.colour(role))
        return shape
