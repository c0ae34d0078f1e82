"""The child process that recognises speech.

It is started by ``client`` with the spawn method, loads its model once, and serves until the parent hangs
up or dies. It never removes a loaded model: that has crashed for others, and the process ends anyway.
"""

import faulthandler
import os
import signal
import sys
import threading
import traceback
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path

from whypm.domain.errors import ModelError
from whypm.seclusion import seclude
from whypm.transcription.messages import Done, Failed, Listen, Progress, Ready, Refused, Task


def serve(connection: Connection, folder: Path, name: str, threads: int, log_file: Path | None) -> None:
    """Load the model and answer tasks until the connection closes. Runs in the child only."""
    _quieten(log_file)
    seclude()
    _leave_with_parent()
    os.environ["HF_HUB_OFFLINE"] = "1"  # read when faster-whisper is imported: nothing may be fetched here

    from whypm.transcription.engine import Engine
    from whypm.transcription.listening import listen

    try:
        engine = Engine(folder, name, threads)
        connection.send(Ready())
        while True:
            match connection.recv():
                case Task(samples, language):
                    hearing = engine.listen(language)
                    hearing.hear(samples)
                    recognition = hearing.finish(lambda share: connection.send(Progress(share)))
                    connection.send(Done(recognition, hearing.pitch_fault))
                case Listen(sample_rate, language, preview, so_far):
                    hearing = engine.listen(language)
                    listen(connection, hearing, sample_rate, preview=preview, so_far=so_far)
                case _:
                    pass  # what still came for an answer that is over
    except (EOFError, ConnectionError):
        pass  # the parent hung up
    except ModelError as error:
        connection.send(Refused(error.message, error.remedy))
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent starts a clean child
        traceback.print_exc()
        connection.send(Failed(f"{type(error).__name__}: {error}"))
    finally:
        sys.stderr.flush()
        os._exit(0)  # not through the destructors of native libraries


def _quieten(log_file: Path | None) -> None:
    """Send whatever native libraries print to a log; the parent's standard output is for reports."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    target = os.open(log_file or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(target, stream)
    sys.stdout = sys.stderr = os.fdopen(target, "w", encoding="utf-8", errors="replace", buffering=1)
    faulthandler.enable(sys.stderr)


def _leave_with_parent() -> None:
    """End this process when its parent is gone, even in the middle of a task."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(0)

    threading.Thread(target=watch, name="parent watch", daemon=True).start()
