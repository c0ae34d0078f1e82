"""The reading column: a scrolling page whose content is never wider than is good to read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from whypm.ui.style.theme import Space

_SCROLL_BAR = 12
"""Its width in the style sheet."""
_GROW = 1000
"""Against the margins' 1: the column takes all the room up to its widest."""
_BY_KEY = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})


class Column(QScrollArea):
    """Put things into ``content``; they stand in the middle of ``page``, the style sheet's width at most.

    Where Tab leads to the page itself, for its arrow keys, a ring shows that it has the focus.
    """

    def __init__(self, spacing: int = Space.LARGE) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page = QWidget()
        self.page.setObjectName("page")
        margins = QHBoxLayout(self.page)
        margins.setContentsMargins(Space.SECTION, Space.SECTION, Space.SECTION, Space.SECTION)
        self._column = QWidget()
        self._column.setObjectName("column")
        self.content = QVBoxLayout(self._column)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(spacing)
        margins.addStretch(1)
        margins.addWidget(self._column, _GROW)
        margins.addStretch(1)
        self.setWidget(self.page)
        self._ring = QFrame(self)  # above the page: an edge of its own would move the words
        self._ring.setObjectName("ring")
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.hide()

    @property
    def column_width(self) -> int:
        """How wide the content is once it has been laid out at the present size."""
        return min(self.viewport().width() - 2 * Space.SECTION, self._column.maximumWidth())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the ring."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            self._ring.show()
            self._ring.raise_()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the ring away."""
        super().focusOutEvent(event)
        self._ring.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take the ring along."""
        super().resizeEvent(event)
        self._ring.setGeometry(self.rect())


class Card(QFrame):
    """A raised surface with its own column, ``content``."""

    def __init__(self, spacing: int = Space.SMALL) -> None:
        super().__init__()
        self.setObjectName("card")
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        self.content.setSpacing(spacing)


class Foot(QWidget):
    """The actions of a page, in line with its column; ``content`` takes them."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        margins = QHBoxLayout(self)
        right = Space.SECTION + _SCROLL_BAR
        margins.setContentsMargins(Space.SECTION, Space.MEDIUM, right, Space.MEDIUM)
        column = QWidget()
        column.setObjectName("column")
        self.content = QVBoxLayout(column)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(Space.SMALL)
        margins.addStretch(1)
        margins.addWidget(column, _GROW)
        margins.addStretch(1)


def rule() -> QFrame:
    """Return a thin line across."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def order_focus(first: QWidget, *parts: QWidget) -> None:
    """Let Tab go from ``first`` through these parts as they stand; else what was made last comes last."""
    before = first
    for part in parts:
        for widget in part.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(before, widget)
                before = widget


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, and out of the layouts in it, and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()  # Qt shows a new child a moment later; without a parent it would be a window
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
