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


EARLY = """
import os, signal, sys
from pathlib import Path
from whypm.ui import app

class Window(app.MainWindow):
    def show(self):
        super().show()
        os.kill(os.getpid(), signal.SIGTERM)

app.MainWindow = Window
sys.exit(app.open_window(data=Path(sys.argv[1]), model="not-a-model", question_id=None, company=None))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal cannot be sent to one process alone there")
def test_a_signal_that_comes_before_the_window_s_loop_turns_is_not_lost(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", EARLY, tmp_path], timeout=WAIT_SECONDS / 2, check=False
    )
    assert done.returncode == 0
