"""The child process that recognises speech.

It is started by ``client`` with the spawn method, loads its model once, and serves until the parent hangs
up or dies. It never removes a loaded model: that has crashed for others, and the process ends anyway.
"""

import os
from multiprocessing.connection import Connection
from pathlib import Path

from whypm.child_process import give_back_memory, settle_in
from whypm.domain.errors import ModelError
from whypm.transcription.process.messages import Done, Failed, Listen, Progress, Ready, Refused, Task


def serve(connection: Connection, folder: Path, name: str, threads: int) -> None:
    """Load the model and answer tasks until the connection closes. Runs in the child only."""
    settle_in()
    os.environ["HF_HUB_OFFLINE"] = "1"  # read when faster-whisper is imported: nothing may be fetched here

    from whypm.transcription.process.listening import listen
    from whypm.transcription.recognition.engine import Engine

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
                case Listen(sample_rate, preview, so_far):
                    hearing = engine.listen()
                    listen(connection, hearing, sample_rate, preview=preview, so_far=so_far)
                case _:
                    continue  # what still came for an answer that is over
            give_back_memory()
    except (EOFError, ConnectionError):
        pass  # the parent hung up
    except ModelError as error:
        connection.send(Refused(error.message, error.remedy))
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent starts a clean child
        connection.send(Failed(f"{type(error).__name__}: {error}"))
    finally:
        os._exit(0)  # not through the destructors of native libraries
