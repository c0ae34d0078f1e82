"""Text to read that is as high as it needs to be."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from whypm.ui.style.theme import Size
from whypm.ui.widgets.text import set_letters

_SPARE = 6


class FittedText(QTextEdit):
    """Call ``fit`` after writing into it. It is as high as so many ``lines`` at least."""

    def __init__(self, size: Size, lines: int = 1) -> None:
        super().__init__()
        self._lines = lines
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        set_letters(self, size)
        self.document().setDocumentMargin(0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the text at the present width."""
        return QSize(200, int(self.document().size().height()) + _SPARE)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Grow or shrink with the text."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height of the text."""
        self.ensurePolished()  # until then it has not the letters that it will be shown in
        self.setFixedHeight(
            max(self.sizeHint().height(), self._lines * self.fontMetrics().lineSpacing() + _SPARE)
        )
