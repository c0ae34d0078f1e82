"""How a child process of ours behaves: quiet, secluded, and gone with its parent."""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from whypm.seclusion import seclude

_M_ARENA_MAX = -8
"""From glibc's malloc.h."""


def start_deaf(process: BaseProcess) -> None:
    """Start a child that Ctrl+C does not reach.

    A terminal sends it to the whole group of processes, and ``settle_in`` comes after a second of imports:
    who interrupted the parent then read of a bug in the child. Windows has nothing to say so beforehand.
    """
    if sys.platform == "win32":
        process.start()
        return
    from multiprocessing import resource_tracker

    # The first child brings one of multiprocessing's own, and starting that lets the signal in again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def settle_in() -> None:
    """Make this process a child of ours, before it does anything else.

    What it prints, and native libraries in it, goes nowhere: the parent's standard output is for reports.
    Ctrl+C is the parent's to handle. The process ends when its parent is gone, even in the middle of work.
    """
    _quieten()
    seclude()
    _share_memory_between_threads()
    _leave_with_parent()


def _quieten() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    sys.stdout = sys.stderr = os.fdopen(nowhere, "w", encoding="utf-8", errors="replace")


def give_back_memory() -> None:
    """Return to the system what was freed: glibc would keep most of it. Takes some milliseconds."""
    if (malloc_trim := _of_glibc("malloc_trim")) is not None:
        malloc_trim(0)


def _share_memory_between_threads() -> None:
    """Let all threads take memory from one heap, where glibc would keep one each and give little back.

    The transcriber takes 340 MB in place of 380 over an answer of a minute, in the same time.
    """
    if (mallopt := _of_glibc("mallopt")) is not None:
        mallopt(_M_ARENA_MAX, 1)


def _of_glibc(name: str) -> Callable[..., int] | None:
    """Return a function of the system's C library, where that is glibc."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(0)

    threading.Thread(target=watch, name="parent watch", daemon=True).start()
