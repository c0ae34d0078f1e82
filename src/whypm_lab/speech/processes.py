"""What processes take of the machine, as Linux tells it."""

import time
from pathlib import Path

_CPUCLOCK_SCHED = 2
"""Linux numbers the processor clock of a process so; clock_getcpuclockid(3) does the same."""


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process and its threads have taken so far."""
    return time.clock_gettime((~pid << 3) | _CPUCLOCK_SCHED)


def memory_megabytes(pid: int) -> float:
    """Return the memory of a process, with its share of what it has in common with others."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def children(pid: int) -> list[int]:
    """Return the processes that this one has started and that live."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found
