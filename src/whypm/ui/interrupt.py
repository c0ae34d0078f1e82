"""Ctrl+C and the system's wish to end: the window closes as if its user had closed it."""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupt(QObject):
    """Calls ``on_interrupt`` on the window's thread until ``close``.

    Python runs its signal handlers between two of its own steps, and an idle window takes none: so each
    signal is written to a socket as well, which wakes the window up.
    """

    def __init__(self, on_interrupt: Callable[[], object]) -> None:
        super().__init__()
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)

        def handle(*_: object) -> None:
            # By way of the loop: if the window closed before it turns, it would turn for ever.
            QTimer.singleShot(0, self, on_interrupt)

        self._previous = {number: signal.signal(number, handle) for number in _SIGNALS}
        self._previous_fd = signal.set_wakeup_fd(self._theirs.fileno())
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._previous_fd)
        for number, handler in self._previous.items():
            signal.signal(number, handler)
        self._ours.close()
        self._theirs.close()

    def _wake(self) -> None:
        self._ours.recv(16)
