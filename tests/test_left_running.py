"""The look for what a test left behind sees children, and bears what ends while it looks."""

import subprocess
import sys
import threading

import pytest

from left_running import running, system_children


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists child processes in files")
def test_a_child_is_seen_until_it_has_ended() -> None:
    ask = 'print("here", flush=True); input()'
    with subprocess.Popen(
        [sys.executable, "-c", ask], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"here\n"
        assert any(f"({child.pid})" in one for one in system_children())
        child.communicate(b"\n")

    assert not any(f"({child.pid})" in one for one in system_children())


def test_a_thread_is_seen_until_it_has_ended() -> None:
    may_end = threading.Event()
    thread = threading.Thread(target=may_end.wait, name="a test's own")
    before = running()
    thread.start()

    assert {one.split(" (")[0] for one in running() - before} == {"thread a test's own"}

    may_end.set()
    thread.join()
    assert running() <= before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists threads in files")
def test_threads_that_end_while_they_are_listed_do_no_harm() -> None:
    is_over = threading.Event()

    def come_and_go() -> None:
        while not is_over.is_set():
            thread = threading.Thread(target=lambda: None)
            thread.start()
            thread.join()

    busy = threading.Thread(target=come_and_go)
    busy.start()
    try:
        for _ in range(300):
            system_children()
    finally:
        is_over.set()
        busy.join()
