"""Reports made while an answer is still being given."""

import queue
import threading

from whypm.domain.transcript import Recognition
from whypm.sessions.report_ahead import ReportAhead

WAIT_SECONDS = 10.0


def recognised(seconds: float) -> Recognition:
    return Recognition("base", "en", 1.0, seconds, (), ())


def test_what_came_while_one_was_made_is_made_next_and_only_the_last_of_it() -> None:
    begun: queue.SimpleQueue[float] = queue.SimpleQueue()
    go_on = threading.Semaphore(0)

    def make(recognition: Recognition) -> None:
        begun.put(recognition.duration_seconds)
        assert go_on.acquire(timeout=WAIT_SECONDS)

    ahead = ReportAhead(make)
    ahead.take_in(recognised(1.0))
    assert begun.get(timeout=WAIT_SECONDS) == 1.0
    ahead.take_in(recognised(2.0))
    ahead.take_in(recognised(3.0))
    go_on.release(2)
    assert begun.get(timeout=WAIT_SECONDS) == 3.0
    ahead.wait()
    assert begun.empty()
    go_on.release()
    ahead.take_in(recognised(4.0))
    assert begun.get(timeout=WAIT_SECONDS) == 4.0


def test_nothing_is_begun_once_the_answer_is_over() -> None:
    made: list[Recognition] = []
    ahead = ReportAhead(made.append)
    ahead.end()
    ahead.take_in(recognised(1.0))
    ahead.wait()
    assert made == []


def test_a_report_that_cannot_be_made_ends_the_work_ahead_and_harms_nobody() -> None:
    tried: list[float] = []

    def fail(recognition: Recognition) -> None:
        tried.append(recognition.duration_seconds)
        raise RuntimeError("the judge is broken")

    ahead = ReportAhead(fail)
    ahead.take_in(recognised(1.0))
    ahead.wait()
    ahead.take_in(recognised(2.0))
    ahead.wait()
    assert tried == [1.0]
