"""Buttons: one primary action a view, plain ones beside it, quiet ones for what is rarely needed."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from whypm.ui.fonts import text_font
from whypm.ui.theme import Size


class Weight(StrEnum):
    """How much a button asks for."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    INLINE = "inline"
    """Stands in a text and looks like it, but for its colour."""
    PLACE = "place"
    """A place to go to, in the navigation."""


def button(
    text: str, name: str, weight: Weight = Weight.PLAIN, *, key: str = "", tip: str = ""
) -> QPushButton:
    """Return a button; ``key`` is shown in its tooltip and is bound elsewhere."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("kind", weight.value)
    size = Size.SMALL if weight is Weight.INLINE else Size.BODY
    made.setFont(text_font(size, strong=weight is Weight.PRIMARY))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    made.setAccessibleName(text)
    words = tip or text
    made.setToolTip(f"{words} ({key})" if key else tip)
    return made
