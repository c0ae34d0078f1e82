"""A listener that keeps what it is told, for tests that wait for it."""

import queue
import time
from collections.abc import Callable
from typing import Generic, TypeVar

E = TypeVar("E")


class EventDiary(Generic[E]):
    """Call it with events, from any thread; read them in order from the test's."""

    def __init__(self) -> None:
        self._arrived: queue.SimpleQueue[tuple[float, E]] = queue.SimpleQueue()
        self.entries: list[tuple[float, E]] = []
        """What was read so far, with the monotonic second of its arrival."""

    def __call__(self, event: E) -> None:
        self._arrived.put((time.monotonic(), event))

    @property
    def events(self) -> list[E]:
        """What was read so far."""
        return [event for _, event in self.entries]

    def all_read(self) -> bool:
        return self._arrived.empty()

    def until(self, condition: Callable[[E], bool], seconds: float = 10.0) -> E:
        """Read on to the first event of this kind; ``queue.Empty`` when none comes for so long."""
        while True:
            entry = self._arrived.get(timeout=seconds)
            self.entries.append(entry)
            if condition(entry[1]):
                return entry[1]
