"""What a rehearsal does on other threads, each job's outcome told as an event."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from whypm.domain.errors import WhypmError
from whypm.sessions.events import Event

_SHORT = 3
"""A question, a microphone test and a take that opens or closes can be under way at once."""
_LONG = 3
"""Analyses: of answers that nobody waits for any more, and of the last one. Nothing else waits for them."""

Job = Callable[[], Event | None]
Failed = Callable[[WhypmError], Event]

_log = logging.getLogger(__name__)


class Jobs:
    """Does jobs on threads of its own; ``tell`` is called there with the event that each one ends in."""

    def __init__(self, tell: Callable[[Event], object]) -> None:
        self._tell = tell
        self._short = ThreadPoolExecutor(_SHORT, thread_name_prefix="whypm-work")
        self._long = ThreadPoolExecutor(_LONG, thread_name_prefix="whypm-analysis")

    def start(self, job: Job, failed: Failed, kind: type[WhypmError]) -> None:
        """Do ``job``; tell its result, or what ``failed`` makes of its error.

        A fault that nobody foresaw is logged and told as an error of ``kind``: no phase may wait for ever.
        """
        self._short.submit(self._do, job, failed, kind)

    def start_long(self, job: Job, failed: Failed, kind: type[WhypmError]) -> None:
        """Do an analysis, as :meth:`start` does other jobs; those need not wait for it."""
        self._long.submit(self._do, job, failed, kind)

    def prepare(self, work: Callable[[], object]) -> None:
        """Do work that ends in no event, such as loading something ahead; after `shutdown`, do nothing."""
        with suppress(RuntimeError):
            self._short.submit(work)

    def shutdown(self) -> None:
        """Wait for what is under way, and take nothing more."""
        self._short.shutdown()
        self._long.shutdown()

    def _do(self, job: Job, failed: Failed, kind: type[WhypmError]) -> None:
        try:
            event = job()
        except WhypmError as error:
            event = failed(error)
        except Exception as error:  # noqa: BLE001 - the boundary that turns faults into events
            _log.exception("a job of the rehearsal failed")
            event = failed(kind(f"Something went wrong inside WhyPM: {error!r}.", "The log has the details."))
        if event is not None:
            self._tell(event)
