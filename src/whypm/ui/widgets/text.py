"""Text on the screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from whypm.ui.fonts import text_font
from whypm.ui.theme import Size


def text_label(
    text: str = "",
    size: Size = Size.BODY,
    *,
    tone: str = "",
    strong: bool = False,
    figures: bool = False,
    wraps: bool = True,
    name: str = "",
    copies: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """Return a label of plain text; ``tone`` names its colour, such as ``quiet`` or ``warning``.

    With ``copies`` its words can be selected and copied, as they may be wanted elsewhere.
    """
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(text_font(size, strong=strong, figures=figures))
    label.setWordWrap(wraps)
    if wraps:
        # A wrapping label may be narrower than its longest line; without this a long text widens the window.
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setMinimumWidth(1)
    if copies:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setObjectName(name)
    set_tone(label, tone)
    return label


def set_tone(label: QLabel, tone: str) -> None:
    """Give the label the colour of another role."""
    if label.property("tone") != tone:
        label.setProperty("tone", tone)
        restyle(label)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
