"""Start the real window as ``whypm`` does, and tell on standard output what can be seen in it.

A line of JSON each time something changes: the visible widgets' names, and their texts. Run by the tests as a
process of its own; what follows on the command line goes to ``whypm``.
"""

import json
import sys

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from whypm.cli.main import run

_LOOK_MILLISECONDS = 50


class Watcher(QObject):
    """Looks at every named widget, again and again, once the application runs."""

    _begun = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._last = ""
        # Queued before there is an application: delivered as soon as its loop turns.
        self._begun.connect(self._begin, Qt.ConnectionType.QueuedConnection)
        self._begun.emit()

    def _begin(self) -> None:
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MILLISECONDS)

    def _look(self) -> None:
        seen = {
            widget.objectName(): widget.text() if isinstance(widget, QLabel) else ""
            for widget in QApplication.allWidgets()
            if widget.objectName() and is_seen(widget)
        }
        line = json.dumps(seen, sort_keys=True)
        if line != self._last:
            self._last = line
            print(line, flush=True)  # noqa: T201 - what the test reads


def is_seen(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


if __name__ == "__main__":
    watcher = Watcher()
    sys.exit(run(sys.argv[1:]))
