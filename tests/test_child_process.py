"""How our child processes keep house: what they free goes back to the system."""

import ctypes
import multiprocessing
import os
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from whypm.child_process import give_back_memory, settle_in

BLOCK_BYTES = 100_000
BLOCKS = 600


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def take_and_free(connection: Connection) -> None:
    """In a child: tell what it holds with the blocks, when they are freed, and once they are given back."""
    settle_in()
    blocks = [ctypes.create_string_buffer(b"x" * (BLOCK_BYTES - 1)) for _ in range(BLOCKS)]
    last = ctypes.create_string_buffer(b"x" * (BLOCK_BYTES - 1))  # what lies behind cannot go by itself
    held = [resident_bytes()]
    blocks.clear()
    held.append(resident_bytes())
    give_back_memory()
    held.append(resident_bytes())
    connection.send((held, len(last)))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is Linux's")
def test_freed_memory_is_given_back() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=take_and_free, args=(theirs,))
    child.start()
    assert ours.poll(30)
    (full, freed, given_back), _ = ours.recv()
    child.join(30)
    assert freed > full - BLOCKS * BLOCK_BYTES / 2, "it went by itself: this test shows nothing"
    assert given_back < full - BLOCKS * BLOCK_BYTES * 0.9
