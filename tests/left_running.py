"""Which threads and child processes this process has: what a test leaves behind, it failed to end."""

import multiprocessing
import threading
from pathlib import Path


def running() -> set[str]:
    """The threads and child processes of this process, each by its name and number."""
    threads = {
        f"thread {thread.name} ({thread.ident})"
        for thread in threading.enumerate()
        if not thread.name.startswith("Dummy-")  # a library's own, which Python remembers for good
    }
    children = {f"process {child.name} ({child.pid})" for child in multiprocessing.active_children()}
    return threads | children | system_children()


def system_children() -> set[str]:
    """The child processes that the system knows of; an empty set where it does not tell."""
    children = set()
    for listing in Path("/proc/self/task").glob("*/children"):
        for pid in text_while_it_lasts(listing).split():
            command = text_while_it_lasts(Path(f"/proc/{pid}/cmdline")).replace("\0", " ").strip()
            # Python starts one tracker of its own a session; no command is left of a process that has ended.
            if command and "resource_tracker" not in command:
                children.add(f"process {command[:80]} ({pid})")
    return children


def text_while_it_lasts(path: Path) -> str:
    """What the system tells of a thread or process; nothing where that ended since its folder was listed."""
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError:
        return ""
