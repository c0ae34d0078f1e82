"""A part of the settings: a head, and rows of a name with its control."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.column import Card
from whypm.ui.widgets.flow import Flow
from whypm.ui.widgets.text import text_label

_NAME_WIDTH = 132


class Form(Card):
    """Rows stand below each other in the order in which they are added."""

    def __init__(self, head: str) -> None:
        super().__init__(Space.MEDIUM)
        self.content.addWidget(text_label(head, Size.LEAD, strong=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.LARGE)
        self._grid.setVerticalSpacing(Space.MEDIUM)
        self._grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self.content.addLayout(self._grid)

    def add(self, name: str, control: QWidget) -> None:
        """Add a control under a name; an empty name leaves the place beside it free."""
        row = self._grid.rowCount()
        if name:
            label = text_label(name, tone="quiet", wraps=False)
            label.setBuddy(_operated(control))
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(control, row, 1)

    def add_wide(self, content: QWidget) -> None:
        """Add something that takes the whole width."""
        self._grid.addWidget(content, self._grid.rowCount(), 0, 1, 2)


def _operated(control: QWidget) -> QWidget:
    """Return what the name beside it is read out for: the first that can have the focus."""
    inside = control.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return next(
        (each for each in (control, *inside) if each.focusPolicy() & Qt.FocusPolicy.TabFocus), control
    )


def beside(*widgets: QWidget, grows: int | None = None) -> QWidget:
    """Return the widgets in a row; the one at the index ``grows`` takes the room that is left.

    Without such a one they go on in another row where they do not fit.
    """
    holder = QWidget()
    if grows is None:
        flow = Flow(holder, spacing=Space.MEDIUM)
        for widget in widgets:
            flow.addWidget(widget)
        return holder
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.MEDIUM)
    for index, widget in enumerate(widgets):
        row.addWidget(widget, 1 if index == grows else 0)
    return holder
