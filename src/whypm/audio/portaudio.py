"""PortAudio itself: loaded when first wanted, ended in bounded time."""

import atexit
import ctypes
import functools
import sys
import threading
from typing import Any

from whypm.audio.native_output import silenced
from whypm.domain.errors import DeviceError

_LONGEST_END_SECONDS = 2.0
"""When the program ends; where the sound system works it takes some milliseconds."""

_NO_LIBRARY = "Install it with: sudo apt-get install libportaudio2 (or your system's package of PortAudio)."


def portaudio() -> Any:  # noqa: ANN401  # sounddevice is untyped
    """Return the sounddevice module, loaded at the first call.

    Raises:
        DeviceError: The system lacks PortAudio, or it does not start.
    """
    _let_every_thread_open_streams()
    try:
        with silenced():
            import sounddevice
    except OSError as error:  # so sounddevice reports a missing shared library
        raise DeviceError("The sound library PortAudio is missing.", _NO_LIBRARY) from error
    except Exception as error:  # PortAudio's own start-up failed; its error class lives in the failed module
        raise DeviceError(f"The sound system did not start: {spoken_reason(error)}.", "") from error
    _bound_the_end()
    return sounddevice


@functools.cache
def _let_every_thread_open_streams() -> None:
    """Start COM for all threads: WASAPI needs it, and PortAudio starts it for the one that loads it alone.

    A stream opened by another thread is an "Invalid device" otherwise (PortAudio's issues 250 and 713).
    """
    if sys.platform == "win32":
        ctypes.windll.ole32.CoIncrementMTAUsage(ctypes.byref(ctypes.c_void_p()))


@functools.cache
def _bound_the_end() -> None:
    """Let the program end though the sound system hangs: PortAudio's own ending would wait for ever."""
    import sounddevice

    end = sounddevice._exit_handler  # noqa: SLF001  # sounddevice has no public name for it
    atexit.unregister(end)

    def end_in_time() -> None:
        ending = threading.Thread(target=end, name="portaudio-end", daemon=True)
        ending.start()
        ending.join(_LONGEST_END_SECONDS)

    atexit.register(end_in_time)


def spoken_reason(error: Exception) -> str:
    """Return the sound system's own words: PortAudio's, or below them the host's as (host, number, words)."""
    match error.args:
        case (_, _, (_, _, str(words))) if words:
            pass
        case (words, *_):
            words = str(words).rpartition(": ")[2]
        case _:
            words = type(error).__name__
    return words.strip().rstrip(".")
