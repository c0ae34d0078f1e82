"""How our child processes keep house: what they free goes back to the system."""

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from answering_child import say_still_here
from whypm.child_process import start_deaf

BYTES = 60_000_000
PROGRAM = f"""
import ctypes, os, sys
from pathlib import Path
from whypm.child_process import give_back_memory, settle_in

def held():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")

settle_in()
blocks = [ctypes.create_string_buffer(b"x" * 99_999) for _ in range({BYTES} // 100_000)]
last = ctypes.create_string_buffer(b"x" * 99_999)  # what lies behind cannot go by itself
full = held()
blocks.clear()
freed = held()
give_back_memory()
print("to nobody", flush=True)
os.write(2, b"nor is this")
Path(sys.argv[1]).write_text(f"{{full}} {{freed}} {{held()}}")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is Linux's")
def test_freed_memory_is_given_back(tmp_path: Path) -> None:
    told = tmp_path / "told.txt"
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, str(told)], capture_output=True, timeout=60, check=True
    )
    assert (done.stdout, done.stderr) == (b"", b""), "a child prints nothing"
    full, freed, given_back = map(int, told.read_text(encoding="utf-8").split())
    assert freed > full - BYTES / 2, "it went by itself: this test shows nothing"
    assert given_back < full - BYTES * 0.9


@pytest.mark.skipif(os.name != "posix", reason="Windows gives Ctrl+C to every process of a console")
def test_ctrl_c_reaches_no_child_not_even_while_it_starts(capfd: pytest.CaptureFixture[str]) -> None:
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    child = multiprocessing.get_context("spawn").Process(target=say_still_here, args=(theirs,))
    start_deaf(child)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGINT)  # as a terminal does, which sends it to all at once
    theirs.close()
    assert ours.poll(60)
    assert ours.recv() == "still here"
    ours.close()
    child.join(60)
    assert child.exitcode == 0
    assert capfd.readouterr().err == ""
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
