"""The habits that the test suite and the tree rely on hold."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WITHOUT_QT = """
import sys
sys.modules["PySide6"] = None
import pytest
sys.exit(pytest.main(["-p", "no:pytest-qt", "-p", "no:cacheprovider", *sys.argv[1:]]))
"""
LITTERING = """
import subprocess, sys, threading

started = []

def test_a_thread():
    threading.Thread(target=threading.Event().wait, name="forgotten-pump", daemon=True).start()

def test_a_process():
    command = [sys.executable, "-c", "print(flush=True); input()", "forgotten-child"]
    started.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
    started[-1].stdout.readline()  # until it has begun, the system does not tell its command

def test_tidy():
    thread = threading.Thread(target=print)
    thread.start()
"""


def python(*args: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args], cwd=cwd, capture_output=True, text=True, timeout=90, check=False
    )


def test_everything_but_the_window_is_tested_without_qt() -> None:
    done = python("-c", WITHOUT_QT, "--collect-only")
    assert done.returncode == 0, done.stdout
    assert "tests/ui is left out" in done.stdout
    assert "<Dir content>" in done.stdout
    assert "<Dir ui>" not in done.stdout


def test_a_test_that_leaves_a_thread_or_a_process_behind_fails_with_its_name(tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_littering.py").write_text(LITTERING)
    done = python(
        "-m", "pytest", "-p", "no:cacheprovider", "-c", ROOT / "pyproject.toml", tmp_path, cwd=tmp_path
    )
    assert "left running: thread forgotten-pump" in done.stdout
    assert "forgotten-child" in done.stdout
    assert "3 passed, 2 errors" in done.stdout


def test_the_command_line_starts_without_any_heavy_library() -> None:
    program = "import sys, whypm.cli.main; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = python("-P", "-c", program)
    assert done.returncode == 0, done.stderr
    heavy = {
        "PySide6",
        "ctranslate2",
        "faster_whisper",
        "onnxruntime",
        "pyttsx3",
        "sounddevice",
        "swift_f0",
        "tokenizers",
    }
    assert heavy & set(done.stdout.split()) == set()
