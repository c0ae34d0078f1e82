"""Text to read that is as high as it needs to be."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from whypm.ui.fonts import text_font
from whypm.ui.theme import Size


class FittedText(QTextEdit):
    """Call ``fit`` after writing into it. ``lowest`` is its least height in pixels."""

    def __init__(self, size: Size, lowest: int = 20) -> None:
        super().__init__()
        self._lowest = lowest
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(text_font(size))
        self.document().setDocumentMargin(0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the text at the present width."""
        return QSize(200, int(self.document().size().height()) + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Grow or shrink with the text."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height of the text."""
        self.setFixedHeight(max(self.sizeHint().height(), self._lowest))
