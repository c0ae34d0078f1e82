"""``whypm`` as a user starts it: a process of its own, with its output taken apart."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

COMMAND = (sys.executable, "-P", "-m", "whypm")
LIMIT_SECONDS = 100


@dataclass(frozen=True)
class Told:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command prints
        """Standard output, which must be one JSON value and nothing else."""
        return json.loads(self.out)

    def complains(self, *words: str) -> None:
        """Assert the manners of an error: exit code 2, these words on standard error, nothing printed."""
        assert self.code == 2, self
        assert self.out == "", self
        assert "Traceback" not in self.err, self
        for word in words:
            assert word in self.err, self


def whypm(
    *arguments: str | Path,
    data: Path,
    environment: dict[str, str] | None = None,
    given: str = "",
    before: tuple[str, ...] = (),
) -> Told:
    """Run one command to its end; ``before`` is put in front, as ``unshare`` or ``strace``."""
    done = subprocess.run(
        [*before, *COMMAND, *map(str, arguments), "--data-dir", str(data)],
        input=given,
        env=environment or dict(os.environ),
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    return Told(done.returncode, done.stdout, done.stderr)


def shown_on_screen(*arguments: str | Path, data: Path, interrupt_at: str | None = None) -> list[str]:
    """Run one command with standard error on a terminal; return the lines that stand there at the end.

    With ``interrupt_at`` Ctrl+C is pressed when these words have appeared.
    """
    pty = pytest.importorskip("pty", reason="only POSIX has terminals that a program can hold")
    ours, theirs = pty.openpty()
    command = [*COMMAND, *map(str, arguments), "--data-dir", str(data)]
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - no thread of ours holds a lock that it needs
    ) as child:
        os.close(theirs)
        written = bytearray()
        with contextlib.suppress(OSError):  # so Linux tells that nobody holds the other end any more
            while block := os.read(ours, 4096):
                written += block
                if interrupt_at is not None and interrupt_at.encode() in written:
                    child.send_signal(signal.SIGINT)
                    interrupt_at = None
        os.close(ours)
        child.wait(LIMIT_SECONDS)
    return [_overwritten(line) for line in written.decode().replace("\r\n", "\n").split("\n")]


def _overwritten(line: str) -> str:
    """Return what is seen of a line that was begun anew with carriage returns."""
    seen = ""
    for piece in line.split("\r"):
        seen = piece + seen[len(piece) :]
    return seen.rstrip()


def heed_ctrl_c() -> None:
    """Take Ctrl+C as from a terminal: a shell starts its background jobs deaf to it, and theirs too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
