"""The self-test of a build: it passes where all works, and tells each part that does not."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from terminal import COMMAND, LIMIT_SECONDS, whypm

pytest.importorskip("PySide6", reason="the self-test opens the window")

PARTS = "build window judge fillers content database children sound voice model transcript network".split()
REACHING_OUT = """
import socket
try:
    socket.socket().connect(("198.51.100.7", 443))
except OSError:
    pass
raise ImportError("the library's other half is missing")
"""
SILENT_VOICE = """
from types import SimpleNamespace

class Engine:
    def __init__(self):
        self.proxy = SimpleNamespace(setBusy=lambda busy: None)
    def getProperty(self, name):
        return [SimpleNamespace(id="en", name="English", languages=["en"])]
    def setProperty(self, name, value):
        pass
    def connect(self, topic, heard):
        heard()
    def save_to_file(self, text, file):
        pass
    def runAndWait(self):
        pass

def init(driver):
    return Engine()
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A folder for temporary files, and one for modules that go before the installed ones."""
    (tmp_path / "temporary").mkdir()
    (tmp_path / "modules").mkdir()
    return {**os.environ, "TMPDIR": str(tmp_path / "temporary"), "PYTHONPATH": str(tmp_path / "modules")}


def test_a_build_that_works_says_so_part_by_part(
    data: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    told = whypm("selftest", "--json", "--model", "tiny.en", data=data, environment=environment)
    assert told.code == 0, told
    steps = {step["name"]: step for step in told.json["steps"]}
    assert list(steps) == PARTS
    assert {step["outcome"] for step in steps.values()} == {"works"}, told
    assert told.json["passed"] is True
    assert told.json["version"] in steps["build"]["detail"]
    assert "offscreen" in steps["window"]["detail"]
    assert all(step["seconds"] >= 0 for step in steps.values())
    assert list((tmp_path / "temporary").glob("whypm*")) == []


@pytest.mark.skipif(os.name == "nt", reason="the shell of this test closes the streams as POSIX has them")
def test_without_any_stream_what_fails_and_what_is_lacking_is_written_to_a_file(
    data: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "modules" / "onnxruntime.py").write_text(REACHING_OUT)
    (tmp_path / "modules" / "pyttsx3.py").write_text("raise RuntimeError('no engine here')")
    output = tmp_path / "selftest.txt"
    arguments = ("selftest", "--model", "tiny.en", "--output", str(output), "--data-dir", str(data))
    done = subprocess.run(
        ["sh", "-c", '"$@" <&- >&- 2>&-', "sh", *COMMAND, *arguments],
        env=environment,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    lines = {line.split()[1]: line for line in output.read_text(encoding="utf-8").splitlines()}
    assert done.returncode == 2
    assert list(lines) == PARTS
    outcomes = {part: line.split()[0] for part, line in lines.items()}
    assert {part for part, outcome in outcomes.items() if outcome == "fails"} == {
        "judge",
        "fillers",
        "transcript",
        "network",
    }
    assert outcomes["voice"] == "lacking"
    assert "no engine here" in lines["voice"]
    assert "other half is missing" in lines["judge"]
    assert "198.51.100.7" in lines["network"]


def test_a_build_without_its_pitch_tracker_is_told_though_its_words_are_heard(
    data: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "modules" / "swift_f0.py").write_text("raise ImportError('left out')")
    told = whypm("selftest", "--json", "--model", "tiny.en", data=data, environment=environment)
    assert told.code == 2
    failed = [step for step in told.json["steps"] if step["outcome"] == "fails"]
    assert [step["name"] for step in failed] == ["transcript"]
    assert "pitch" in failed[0]["detail"]


def test_a_voice_that_is_there_and_writes_nothing_is_the_build_s_fault(
    data: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "modules" / "pyttsx3.py").write_text(SILENT_VOICE)
    told = whypm("selftest", "--json", "--model", "tiny.en", data=data, environment=environment)
    assert told.code == 2
    failed = {step["name"]: step["detail"] for step in told.json["steps"] if step["outcome"] == "fails"}
    assert list(failed) == ["voice"]
    assert "empty or cut" in failed["voice"]


def test_the_help_does_not_speak_of_it(data: Path) -> None:
    assert "selftest" not in whypm("--help", data=data).out


def test_a_file_that_cannot_be_written_is_told_before_anything_is_tried(data: Path, tmp_path: Path) -> None:
    told = whypm("selftest", "--output", tmp_path / "nowhere" / "file", data=data)
    told.complains("cannot be written", "--output")


def test_the_record_is_one_json_object_in_the_file_where_that_is_wanted(
    data: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "modules" / "faster_whisper.py").write_text("raise ImportError('left out')")
    output = tmp_path / "selftest.json"
    told = whypm(
        "selftest", "--json", "--model", "tiny.en", "--output", output, data=data, environment=environment
    )
    assert (told.code, told.out) == (2, "")
    record = json.loads(output.read_text(encoding="utf-8"))
    assert record["passed"] is False
    failed = [step for step in record["steps"] if step["outcome"] == "fails"]
    assert [step["name"] for step in failed] == ["transcript"]
    assert "left out" in failed[0]["detail"]
