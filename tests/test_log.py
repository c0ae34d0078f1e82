"""The log keeps what it is told, wherever the machine stands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WARNING = r"""
import logging, sys
from pathlib import Path
from whypm.log import keep_log

keep_log(Path(sys.argv[1]))
logging.getLogger("whypm.test").warning("%s is damaged", "\u7b54\u3048 Zo\u00eb.wav")
"""
SHARED = """
import logging, sys
from pathlib import Path
from whypm.log import keep_log

def warn(handler, words):
    handler.handle(logging.LogRecord("whypm", logging.WARNING, "", 0, words, None, None))

for _ in range(2):  # as a window and a command do
    keep_log(Path(sys.argv[1]))
window, command = logging.getLogger().handlers
warn(window, "first")
warn(command, "long " * 90_000)
warn(command, "second " * 10_000)
warn(window, "third")
"""
HELD_OPEN = """
import os

def refuse(*_):
    raise PermissionError(13, "The file is being used by another process")

os.rename = os.replace = refuse
"""


def last_words(log: Path) -> list[str]:
    return [line.split()[-1] for line in log.read_text(encoding="utf-8").splitlines()]


def test_two_that_write_one_log_lose_nothing_where_it_grows_too_long(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-P", "-c", SHARED, tmp_path], check=True)
    assert last_words(tmp_path / "logs" / "whypm.log.1") == ["first", "long"]
    assert last_words(tmp_path / "logs" / "whypm.log") == ["second", "third"]


def test_a_log_that_cannot_be_moved_away_goes_on_to_be_written(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-P", "-c", HELD_OPEN + SHARED, tmp_path], check=True)
    assert last_words(tmp_path / "logs" / "whypm.log") == ["first", "long", "second", "third"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_costs_the_record_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "whypm.log").symlink_to("/dev/full")
    subprocess.run([sys.executable, "-P", "-c", WARNING, tmp_path], check=True)


def test_a_name_is_logged_in_whatever_script_it_is_though_the_place_has_no_letters_for_it(
    tmp_path: Path,
) -> None:
    place = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}  # as a code page is for Windows
    subprocess.run([sys.executable, "-P", "-c", WARNING, tmp_path], env={**os.environ, **place}, check=True)
    log = (tmp_path / "logs" / "whypm.log").read_text(encoding="utf-8")
    assert log.endswith("whypm.test: 答え Zoë.wav is damaged\n")
