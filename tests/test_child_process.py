"""How our child processes keep house: what they free goes back to the system."""

import subprocess
import sys
from pathlib import Path

import pytest

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
