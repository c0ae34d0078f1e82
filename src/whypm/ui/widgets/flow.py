"""Things beside each other that go on in another row where there is no room for all of them."""

from enum import Enum, auto
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Gather(Enum):
    """Where the things of a row stand that does not fill the width."""

    LEFT = auto()
    MIDDLE = auto()
    APART = auto()
    """On the left, but for the last of all: that stands on the right."""


class Flow(QLayout):
    """Each thing keeps its own size; ``spacing`` pixels are between two, beside and below each other.

    If they are to be ``even``, all are as wide as the widest, so that they stand in columns.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        gather: Gather = Gather.LEFT,
        spacing: int = 0,
        *,
        even: bool = False,
    ) -> None:
        super().__init__(parent)
        self._even = even
        self._gather = gather
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Put another thing at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many things there are, hidden ones too."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Return a thing, or None where there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Take a thing out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Take no more room than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Say that a narrow place makes it higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height of all rows at this width."""
        heights = [_height(row) for row in self._rows(width)]
        return sum(heights) + self.spacing() * max(0, len(heights) - 1)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of one row with everything in it."""
        shown = self._shown()
        return QSize(self._width(shown), _height(shown))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the widest and the highest thing."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def setGeometry(self, place: QRect) -> None:  # noqa: N802 - Qt's name
        """Put everything where it belongs."""
        super().setGeometry(place)
        rows = self._rows(place.width())
        top = place.top() + max(0, (place.height() - self.heightForWidth(place.width())) // 2)
        for row in rows:
            height, spare = _height(row), place.width() - self._width(row)
            left = place.left() + (spare // 2 if self._gather is Gather.MIDDLE else 0)
            for item in row:
                if self._gather is Gather.APART and item is row[-1] and row is rows[-1] and len(row) > 1:
                    left += spare
                size = self._size(item).boundedTo(QSize(place.width(), height))
                item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        for item in self._shown():
            if rows and self._width([*rows[-1], item]) <= width:
                rows[-1].append(item)
            else:
                rows.append([item])
        return rows

    def _width(self, items: list[QLayoutItem]) -> int:
        gaps = self.spacing() * sum(1 for _ in pairwise(items))
        return sum(self._size(item).width() for item in items) + gaps

    def _size(self, item: QLayoutItem) -> QSize:
        hint = item.sizeHint()
        return hint.expandedTo(QSize(self._widest(), 0)) if self._even else hint

    def _widest(self) -> int:
        return max((item.sizeHint().width() for item in self._shown()), default=0)


def _height(items: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in items), default=0)
