"""Parts that are made when they are first asked for, whichever thread asks."""

import threading
from concurrent.futures import ThreadPoolExecutor

from whypm.made_once import made_once

WAIT_SECONDS = 20.0


class Holder:
    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.made = 0

    @made_once
    def part(self) -> int:
        """A part that takes its time."""
        self.begun.set()
        assert self.may_end.wait(WAIT_SECONDS)
        self.made += 1
        return self.made


def test_a_part_is_made_once_and_anew_after_it_was_dropped() -> None:
    holder = Holder()
    holder.may_end.set()
    assert (holder.part, holder.part) == (1, 1)
    assert Holder.part.drop(holder) == 1
    assert Holder.part.drop(holder) is None
    assert holder.part == 2
    assert Holder.part.__doc__ == "A part that takes its time."


def test_what_is_just_being_made_is_dropped_once_it_is_there() -> None:
    """Else whoever drops it finds nothing, and the part of before stays."""
    holder = Holder()
    with ThreadPoolExecutor() as threads:
        making = threads.submit(lambda: holder.part)
        assert holder.begun.wait(WAIT_SECONDS)
        dropping = threads.submit(Holder.part.drop, holder)
        holder.may_end.set()
        assert making.result(WAIT_SECONDS) == dropping.result(WAIT_SECONDS) == 1
    assert Holder.part.peek(holder) is None


def test_a_part_can_be_looked_at_and_put_there_without_being_made() -> None:
    holder = Holder()
    assert Holder.part.peek(holder) is None
    Holder.part.put(holder, 7)
    assert (holder.part, Holder.part.peek(holder), holder.made) == (7, 7, 0)
