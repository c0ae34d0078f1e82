"""Ctrl+C in the terminal that started the window closes it in good order."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

WAIT_SECONDS = 60.0


@pytest.mark.skipif(sys.platform == "win32", reason="a signal cannot be sent to one process alone there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_and_ends_everything_behind_it(
    tmp_path: Path, number: signal.Signals
) -> None:
    command = [sys.executable, "-m", "whypm", "window", "--data-dir", str(tmp_path), "--model", "not-a-model"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        ends_at = time.monotonic() + WAIT_SECONDS
        while not (tmp_path / "sessions.db").exists():
            assert process.poll() is None
            assert time.monotonic() < ends_at
            threading.Event().wait(0.05)
        process.send_signal(number)
        assert process.wait(WAIT_SECONDS) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
