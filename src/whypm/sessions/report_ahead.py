"""The report of an answer that is still being given, made ahead so that little is left to do after Stop."""

import logging
import threading
from collections.abc import Callable

from whypm.domain.transcript import Recognition

_log = logging.getLogger(__name__)


class ReportAhead:
    """Has the report made for what is recognised so far, again each time that more is; one at a time.

    Nobody reads these reports: what they leave behind are the judge's remembered readings. The report after
    Stop is made anew and finds them, which changes its cost and nothing else. Its methods return at once.

    Args:
        make: makes a report; what it raises is logged, and ends the work ahead.
    """

    def __init__(self, make: Callable[[Recognition], object]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._next: Recognition | None = None
        self._thread: threading.Thread | None = None
        self._ended = False

    def take_in(self, recognition: Recognition) -> None:
        """Make its report soon, in place of one that has not begun."""
        with self._lock:
            if self._ended:
                return
            self._next = recognition
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="report ahead")
                self._thread.start()

    def end(self) -> None:
        """Begin no more."""
        with self._lock:
            self._ended, self._next = True, None

    def wait(self) -> None:
        """Wait for what is under way."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while (recognition := self._taken()) is not None:
            try:
                self._make(recognition)
            except Exception:  # noqa: BLE001 - the report after Stop tells what is wrong, if it still is
                _log.exception("No more of this answer's report is made ahead")
                self.end()

    def _taken(self) -> Recognition | None:
        """Return what to do next; None ends the thread, which another one follows when there is more."""
        with self._lock:
            recognition, self._next = self._next, None
            if recognition is None:
                self._thread = None
            return recognition
