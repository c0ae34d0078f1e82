"""``whypm`` as a user starts it: a process of its own, with its output taken apart."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def heed_ctrl_c() -> None:
    """Take Ctrl+C as from a terminal: a shell starts its background jobs deaf to it, and theirs too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
