"""How long the window takes to be seen and to be ready, and what memory it and its children then have.

    python -m whypm_lab.speech.window_start BEGAN [ARGS]

Run as a process of its own by the benchmark; BEGAN is the time of day in seconds at which that started it.
Prints a line of JSON and leaves. ARGS go to ``whypm``.
"""

import json
import os
import sys
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from whypm.cli.main import run
from whypm_lab.speech.processes import children, memory_megabytes

_LOOK_MILLISECONDS = 10
_WARM_MILLISECONDS = 10_000
"""Until the model is loaded, on a machine that does other things besides."""


class StartWatch(QObject):
    """Looks for the window, then for its Start button, then closes it."""

    _begun = Signal()

    def __init__(self, began: float) -> None:
        super().__init__()
        self._began = began
        self._shown_seconds: float | None = None
        # Queued before there is an application: delivered as soon as its loop turns.
        self._begun.connect(self._begin, Qt.ConnectionType.QueuedConnection)
        self._begun.emit()

    def _begin(self) -> None:
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MILLISECONDS)
        self._look()

    def _look(self) -> None:
        seconds = time.time() - self._began
        windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        if windows and self._shown_seconds is None:
            self._shown_seconds = seconds
        ready = [window for window in windows if _can_start(window)]
        if ready:
            self._timer.stop()
            QTimer.singleShot(_WARM_MILLISECONDS, ready[0], lambda: self._leave(ready[0], seconds))

    def _leave(self, window: QWidget, ready_seconds: float) -> None:
        own = memory_megabytes(os.getpid())
        others = sum(memory_megabytes(child) for child in children(os.getpid()))
        figures = {
            "shown_seconds": self._shown_seconds,
            "ready_seconds": ready_seconds,
            "window_megabytes": own,
            "all_megabytes": own + others,
        }
        print(json.dumps(figures), flush=True)
        window.close()


def _can_start(window: QWidget) -> bool:
    start = window.findChild(QPushButton, "start")
    return start is not None and start.isVisible()


if __name__ == "__main__":
    watch = StartWatch(float(sys.argv[1]))
    sys.exit(run(sys.argv[2:]))
