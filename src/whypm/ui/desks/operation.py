"""Work in the background: a function that knows nothing of the window, and what to do with its outcome."""

import itertools
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from whypm.domain.errors import WhypmError
from whypm.ui.desks.bridge import Bridge

_log = logging.getLogger(__name__)
_WORKERS = 12
"""Each model of the catalogue may be on its way for minutes, and the window has to go on meanwhile. A thread
is made only where all others are busy."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Finished:
    ticket: int
    result: Any = None
    error: WhypmError | None = None


@dataclass(frozen=True, slots=True)
class _Handlers:
    on_success: Callable[[Any], None]
    on_failure: Callable[[WhypmError], None]


class Operations:
    """Runs functions on threads of its own and hands the outcome over on the window's thread.

    ``on_failure`` gets the errors of operations that do not say otherwise.
    """

    def __init__(self, bridge: Bridge, on_failure: Callable[[WhypmError], None]) -> None:
        self._bridge = bridge
        self._on_failure = on_failure
        self._waiting: dict[int, _Handlers] = {}
        self._tickets = itertools.count()
        self._workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="whypm-operation")
        bridge.receive(_Finished, self._finished)

    def run(
        self,
        work: Callable[[], Result],
        on_success: Callable[[Result], None],
        on_failure: Callable[[WhypmError], None] | None = None,
    ) -> None:
        """Start ``work`` and return. Exactly one handler is called on the window's thread, later.

        A fault that nobody foresaw is logged and reaches ``on_failure`` in plain words.
        """
        ticket = next(self._tickets)
        self._waiting[ticket] = _Handlers(on_success, on_failure or self._on_failure)
        self._workers.submit(self._work, ticket, work)

    def close(self) -> None:
        """Start nothing more and wait for what is under way; its outcome is dropped."""
        self._waiting.clear()
        self._workers.shutdown(cancel_futures=True)

    def _work(self, ticket: int, work: Callable[[], object]) -> None:
        try:
            finished = _Finished(ticket, result=work())
        except WhypmError as error:
            finished = _Finished(ticket, error=error)
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for an outcome
            _log.exception("an operation failed")
            words = f"Something went wrong inside WhyPM: {type(error).__name__}."
            finished = _Finished(
                ticket, error=WhypmError(words, "The log in your data folder has the details.")
            )
        self._bridge.post(finished)

    def _finished(self, value: object) -> None:
        assert isinstance(value, _Finished)  # noqa: S101 - the bridge delivers by type
        handlers = self._waiting.pop(value.ticket, None)
        if handlers is None:
            return
        if value.error is not None:
            handlers.on_failure(value.error)
        else:
            handlers.on_success(value.result)
