"""Buttons: one primary action a view, plain ones beside it, quiet ones for what is rarely needed."""

from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton

from whypm.ui.style.theme import CORNER, Size
from whypm.ui.widgets.text import letters_font, set_letters

_RING = 2.0
_INSET = 4.0


class Weight(StrEnum):
    """How much a button asks for."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    INLINE = "inline"
    """Stands in a text and looks like it, but for its colour."""
    PLACE = "place"
    """A place to go to, in the navigation."""


class _Button(QPushButton):
    """Enter presses it as Space does (Qt keeps Enter for dialogs), and its name goes along with its words.

    While it cannot be pressed nothing else has its focus: Qt would hand that to a neighbour, which a second
    press would then mean. Once it can be pressed again it has the focus back, unless that went elsewhere.
    The second press of a double click counts only where the first one did: what comes into the place of a
    button that has gone was not meant.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._waits = False
        self._pressed_milliseconds: int | None = None

    def setEnabled(self, enabled: bool) -> None:  # noqa: N802 - Qt's name
        """Let it be pressed, or not."""
        if not enabled and self.hasFocus():
            self._waits = True
            self.clearFocus()
        super().setEnabled(enabled)
        if enabled and self._waits:
            self._waits = False
            if self.window().focusWidget() is None:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Say something else, to a screen reader too."""
        super().setText(text)
        self.setAccessibleName(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Know when it was pressed."""
        self._pressed_milliseconds = event.timestamp()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take it for a second press, or for nothing."""
        first, longest = self._pressed_milliseconds, QGuiApplication.styleHints().mouseDoubleClickInterval()
        if first is not None and event.timestamp() - first <= longest:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter press it."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


class _Primary(_Button):
    """Shows its focus inside: round a filled button a line can hardly be told from the filling."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ring over the button."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.HighlightedText), _RING))
            place = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
            painter.drawRoundedRect(place, CORNER - _INSET, CORNER - _INSET)


def pressed_by_enter(made: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button if this is Enter, and return whether it is.

    A key that is held down presses once: by then another button may have the focus.
    """
    is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    if is_enter and not event.isAutoRepeat():
        made.click()
    return is_enter


def button(
    text: str, name: str, weight: Weight = Weight.PLAIN, *, key: str = "", tip: str = ""
) -> QPushButton:
    """Return a button; ``key`` is shown in its tooltip and is bound elsewhere."""
    made = _Primary(text) if weight is Weight.PRIMARY else _Button(text)
    made.setObjectName(name)
    made.setProperty("kind", weight.value)
    if weight is Weight.PRIMARY:
        made.setFont(letters_font(strong=True))
    set_letters(made, Size.SMALL if weight is Weight.INLINE else Size.BODY)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    made.setAccessibleName(text)
    words = tip or text
    made.setToolTip(f"{words} ({key})" if key else tip)
    return made
