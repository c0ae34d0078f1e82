"""The one crossing from plain threads to the window's own thread."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)


class Bridge(QObject):
    """Carries frozen values from any thread to the receiver of their type, on the thread of the bridge.

    Values arrive in the order in which one thread posted them. After ``close`` nothing arrives any more.
    """

    _arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._receivers: dict[type, Callable[[object], None]] = {}
        self._open = True
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def receive(self, kind: type, receiver: Callable[[object], None]) -> None:
        """Let ``receiver`` have each value of exactly this type from now on."""
        self._receivers[kind] = receiver

    def post(self, value: object) -> None:
        """Send a value over; returns at once."""
        if self._open:
            self._arrived.emit(value)

    def close(self) -> None:
        """Let nothing arrive any more: what the values would change is going away."""
        self._open = False

    @Slot(object)
    def _deliver(self, value: object) -> None:
        receiver = self._receivers.get(type(value))
        if receiver is None:
            _log.warning("nobody receives %s", type(value).__name__)
        elif self._open:
            receiver(value)
