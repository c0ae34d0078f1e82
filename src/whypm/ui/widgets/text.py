"""Text on the screen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from whypm.ui.style.theme import Size


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
) -> QLabel:
    """Return a label of plain text; ``tone`` names its colour, such as ``quiet`` or ``warning``.

    With ``copies`` its words can be selected and copied, as they may be wanted elsewhere.
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if strong or figures:
        label.setFont(letters_font(strong=strong, figures=figures))
    set_letters(label, size)
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


def letters_font(*, strong: bool = False, figures: bool = False) -> QFont:
    """Return what a text has of its own beside its size; face and size come from the application."""
    font = QFont()
    if strong:
        font.setWeight(QFont.Weight.DemiBold)
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def set_letters(widget: QWidget, size: Size) -> None:
    """Let the style sheet give a widget letters of this size: there it goes along with the user's choice."""
    if widget.property("letters") != size.name.lower():
        widget.setProperty("letters", size.name.lower())
        restyle(widget)


def set_tone(label: QLabel, tone: str) -> None:
    """Give the label the colour of another role."""
    if label.property("tone") != tone:
        label.setProperty("tone", tone)
        restyle(label)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a changed property; one that was never shown is looked at when it is."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
