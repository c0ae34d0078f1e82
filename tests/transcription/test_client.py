import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import pytest

import whypm
from whypm.domain.errors import ModelError, TranscriptionError
from whypm.transcription.models.shelf import ModelFolder
from whypm.transcription.process.client import Transcriber

RATE = 16_000
WAIT_SECONDS = 60.0
Recordings = Callable[[str], np.ndarray]


def child() -> BaseProcess:
    (process,) = multiprocessing.active_children()
    return process


def words(transcriber: Transcriber, sound: np.ndarray, **options: object) -> int:
    return len(transcriber.recognise(sound, **options).words)  # type: ignore[arg-type]


def two_windows(recording: Recordings) -> np.ndarray:
    """33 seconds with 66 words: the child reports in between."""
    return np.concatenate([recording("read/jfk.flac")] * 3)


def test_a_recording_is_recognised_in_a_child_that_stays(
    transcriber: Transcriber, recording: Recordings
) -> None:
    speech = recording("read/jfk.flac")
    shares: list[float] = []
    first = transcriber.recognise(speech, on_progress=shares.append)
    pid = child().pid
    assert len(first.words) == 22
    assert shares == [1.0]
    assert transcriber.recognise(speech) == first
    assert child().pid == pid


def test_starting_does_not_wait_for_the_model(transcriber: Transcriber) -> None:
    began = time.monotonic()
    transcriber.start()
    started_seconds = time.monotonic() - began
    assert child().is_alive()
    transcriber.recognise(np.zeros(16_000, np.float32))  # not before the model is loaded
    assert started_seconds < (time.monotonic() - began) / 2


def test_a_child_killed_in_the_middle_is_replaced_and_the_work_done(
    transcriber: Transcriber, recording: Recordings
) -> None:
    speech = two_windows(recording)
    killed: list[int] = []

    def kill_once(_share: float) -> None:
        if not killed:
            killed.append(child().pid or 0)
            child().kill()

    recognition = transcriber.recognise(speech, on_progress=kill_once)
    assert len(recognition.words) >= 60
    assert child().pid != killed[0]


def test_a_child_killed_while_idle_is_replaced(transcriber: Transcriber, recording: Recordings) -> None:
    speech = recording("read/librivox_sense_0930.wav")
    before = words(transcriber, speech)
    child().kill()
    assert words(transcriber, speech) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot stop a process from outside")
@pytest.mark.slow
def test_a_hung_child_that_reads_nothing_is_replaced_after_the_timeout(
    transcriber: Transcriber, recording: Recordings
) -> None:
    """The two minutes of silence make the task larger than a pipe holds."""
    speech = recording("read/librivox_sense_0930.wav")
    before = words(transcriber, speech)
    pid = child().pid or 0
    os.kill(pid, signal.SIGSTOP)
    task = np.concatenate([speech, np.zeros(RATE * 120, dtype=np.float32)])
    assert words(transcriber, task, timeout_seconds=10.0) == before
    assert child().pid != pid


def test_a_child_that_fails_twice_is_an_error_that_says_what_to_do(
    transcriber: Transcriber, recording: Recordings
) -> None:
    speech = two_windows(recording)
    with pytest.raises(TranscriptionError, match="failed twice") as caught:
        transcriber.recognise(speech, on_progress=lambda _: child().kill())
    assert "recording is kept" in caught.value.remedy


def test_a_model_that_does_not_load_is_refused_at_once(tmp_path: Path, tiny: ModelFolder) -> None:
    for file in tiny.path.iterdir():
        content = file.read_bytes()
        (tmp_path / file.name).write_bytes(content[:1000] if file.name == "model.bin" else content)
    with (
        Transcriber(ModelFolder("broken", tmp_path, "")) as transcriber,
        pytest.raises(ModelError, match="cannot be loaded"),
    ):
        transcriber.recognise(np.zeros(RATE, dtype=np.float32))


def test_closing_ends_a_task_under_way_and_the_child(tiny: ModelFolder, recording: Recordings) -> None:
    transcriber = Transcriber(tiny, threads=2)
    failures: list[TranscriptionError] = []
    busy = threading.Event()
    speech = np.concatenate([two_windows(recording)] * 2)

    def work() -> None:
        try:
            transcriber.recognise(speech, on_progress=lambda _: busy.set())
        except TranscriptionError as error:
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert busy.wait(WAIT_SECONDS)
    transcriber.close()
    thread.join(WAIT_SECONDS)
    assert [error.message for error in failures] == ["The transcriber was closed."]
    assert multiprocessing.active_children() == []


def test_two_threads_take_turns(transcriber: Transcriber, recording: Recordings) -> None:
    names = ["read/librivox_sense_0920.wav", "read/librivox_sense_0930.wav"]
    alone = {name: words(transcriber, recording(name)) for name in names}
    counts: dict[str, int] = {}
    threads = [
        threading.Thread(target=lambda name=name: counts.update({name: words(transcriber, recording(name))}))
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_SECONDS)
    assert counts == alone
    assert min(alone.values()) >= 7


PARENT = """
    import sys
    from pathlib import Path
    from whypm.transcription.process.client import Transcriber
    from whypm.transcription.models.shelf import ModelFolder
    import numpy as np
    import multiprocessing

    if __name__ == "__main__":
        transcriber = Transcriber(ModelFolder("tiny.en", Path(sys.argv[1]), ""), threads=1)
        transcriber.recognise(np.zeros(16_000, dtype=np.float32))
        print(multiprocessing.active_children()[0].pid, flush=True)
        sys.stdin.read()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_child_whose_parent_is_killed_goes_too_and_has_printed_nothing(
    tmp_path: Path, tiny: ModelFolder
) -> None:
    script = tmp_path / "parent.py"
    script.write_text(textwrap.dedent(PARENT))
    source = str(Path(whypm.__file__).parents[1])
    with subprocess.Popen(
        [sys.executable, str(script), str(tiny.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": source},
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        handle = os.pidfd_open(pid)
        libraries = Path(f"/proc/{pid}/maps").read_text()
        parent.kill()
        out, err = parent.communicate(timeout=WAIT_SECONDS)
    assert (out, err) == ("", "")
    assert "ctranslate2" in libraries
    assert "Qt6" not in libraries
    assert _ends(handle), "the child outlived its parent"


def _ends(handle: int) -> bool:
    import select

    try:
        return bool(select.select([handle], [], [], WAIT_SECONDS)[0])
    finally:
        os.close(handle)


def test_the_child_is_kept_off_the_network(
    transcriber: Transcriber, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "faster_whisper.py").write_text("import socket; socket.socket().connect(('192.0.2.1', 443))")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(TranscriptionError, match="keeps to its machine"):
        transcriber.recognise(np.zeros(RATE, dtype=np.float32))
