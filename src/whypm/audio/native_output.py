"""What C libraries write to the terminal behind Python's back."""

import contextlib
import os
import threading
from collections.abc import Iterator

# One process has one standard error; a second thread, or a nested use, leaves it to the first.
_turned_away = threading.Lock()


@contextlib.contextmanager
def silenced() -> Iterator[None]:
    """Keep ALSA, PortAudio and mpg123 from writing to standard error for the length of the block.

    They report to file descriptor 2 what their callers also learn from return codes, so a person would read
    lines of C before our sentence about the same thing. Keep the block short: it silences every thread.
    """
    if not _turned_away.acquire(blocking=False):
        yield
        return
    try:
        with contextlib.ExitStack() as undo:
            try:
                kept = os.dup(2)
            except OSError:  # started without standard error, as a windowed program is
                yield
                return
            undo.callback(os.close, kept)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)
            undo.callback(os.dup2, kept, 2)
            yield
    finally:
        _turned_away.release()
