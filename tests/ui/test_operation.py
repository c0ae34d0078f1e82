"""Background work: it runs elsewhere, and its outcome arrives on the window's thread."""

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from whypm.domain.errors import ModelError, WhypmError
from whypm.ui.desks.bridge import Bridge
from whypm.ui.desks.operation import Operations


@pytest.fixture
def complaints() -> list[WhypmError]:
    return []


@pytest.fixture
def operations(qtbot: QtBot, complaints: list[WhypmError]) -> Iterator[Operations]:  # noqa: ARG001 - needs Qt
    operations = Operations(Bridge(), complaints.append)
    yield operations
    operations.close()


def test_work_runs_on_another_thread_and_its_result_arrives_on_this_one(
    qtbot: QtBot, operations: Operations
) -> None:
    threads: list[str] = []
    results: list[tuple[int, str]] = []

    def work() -> int:
        threads.append(threading.current_thread().name)
        return 42

    operations.run(work, lambda result: results.append((result, threading.current_thread().name)))
    qtbot.waitUntil(lambda: bool(results))
    assert results == [(42, threading.current_thread().name)]
    assert threads[0].startswith("whypm-operation")


def test_an_error_reaches_the_handler_that_was_named_for_it(
    qtbot: QtBot, operations: Operations, complaints: list[WhypmError]
) -> None:
    errors: list[WhypmError] = []
    operations.run(_fail, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].message == "The model is gone."
    assert complaints == []


def test_an_error_without_a_handler_is_shown(
    qtbot: QtBot, operations: Operations, complaints: list[WhypmError]
) -> None:
    operations.run(_fail, lambda _: None)
    qtbot.waitUntil(lambda: bool(complaints))
    assert complaints[0].remedy == "Install it again."


def test_an_unforeseen_fault_is_logged_and_told_in_plain_words(
    qtbot: QtBot, operations: Operations, complaints: list[WhypmError], caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> float:
        return 1 / 0

    with caplog.at_level(logging.ERROR):
        operations.run(work, lambda _: None)
        qtbot.waitUntil(lambda: bool(complaints))
    assert "Something went wrong inside WhyPM" in complaints[0].message
    assert "Traceback" not in str(complaints[0])
    assert "ZeroDivisionError" in caplog.text


def test_closing_waits_for_the_work_and_drops_its_outcome(qapp: QApplication) -> None:
    operations = Operations(Bridge(), lambda _: None)
    started, go_on, done = threading.Event(), threading.Event(), threading.Event()
    results: list[None] = []

    def work() -> None:
        started.set()
        go_on.wait(10)
        done.set()

    operations.run(work, results.append)
    assert started.wait(10)
    go_on.set()
    operations.close()
    assert done.is_set()
    qapp.processEvents()
    assert results == []


def test_a_closed_bridge_delivers_nothing(qapp: QApplication) -> None:
    bridge, arrived = Bridge(), list[object]()
    bridge.receive(int, arrived.append)
    bridge.post(1)
    bridge.close()
    bridge.post(2)
    qapp.processEvents()
    assert arrived == []


def test_values_of_one_thread_keep_their_order(qtbot: QtBot) -> None:
    bridge, arrived = Bridge(), list[object]()
    bridge.receive(int, arrived.append)
    thread = threading.Thread(target=lambda: [bridge.post(number) for number in range(100)])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(arrived) == 100)
    assert arrived == list(range(100))


def _fail() -> None:
    raise ModelError("The model is gone.", "Install it again.")
