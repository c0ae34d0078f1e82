"""Words for a screen reader, wherever its focus is."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(speaker: QWidget, words: str) -> None:
    """Have these words read out in the name of a widget that is shown."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(speaker, words))
