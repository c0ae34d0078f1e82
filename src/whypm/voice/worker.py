"""The child process that speaks one text into a sound file and exits.

One process an utterance: pyttsx3 speaks only once on Windows (its issues 402, 419, 440), hangs in a later
``runAndWait`` (126), and hands a wedged engine back from ``init``. On Linux the loaded espeak-ng library
ends its whole process when its data folder is not found, so it must not live in the app's own.
"""

import contextlib
import ctypes
import io
import os
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from whypm.seclusion import seclude

_LONGEST_RENDERING_SECONDS = 300.0
"""The parent ends a child that takes too long; this only keeps an orphan from staying for ever."""
_SYSTEM_LIBRARY = "libespeak-ng.so.1"
"""Also the name by which pyttsx3 asks for it; what is loaded already under that name is what it gets."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What to say, how, and where the sound goes."""

    text: str
    file: Path
    voice: str | None
    words_per_minute: int


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of this machine."""

    id: str
    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The file is written."""


@dataclass(frozen=True, slots=True)
class VoicesFound:
    """The voices that the speech engine offers."""

    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class NoSpeechEngine:
    """This system brings no voice of its own, and none was installed."""


@dataclass(frozen=True, slots=True)
class SpeechFailed:
    """The engine's own words on what went wrong."""

    reason: str


Answer = Spoken | VoicesFound | NoSpeechEngine | SpeechFailed


class _NoEngineError(Exception):
    """There is no espeak-ng, or it lacks its data."""


def speak(connection: Connection, utterance: Utterance) -> None:
    """Render the utterance and answer ``Spoken``, ``NoSpeechEngine`` or ``SpeechFailed``."""
    seclude()
    with connection:
        try:
            engine = _engine()
            _set_rate(engine, utterance.words_per_minute)
            # A remembered voice may have been uninstalled since; then the system's own speaks.
            if utterance.voice in {str(voice.id) for voice in engine.getProperty("voices")}:
                engine.setProperty("voice", utterance.voice)
            if _is_linux():
                sys.unraisablehook = lambda failure: _give_up(connection, failure.exc_value)
            finished = threading.Event()
            engine.connect("finished-utterance", lambda **_: finished.set())
            engine.save_to_file(utterance.text, str(utterance.file))
            # The espeak driver prints; our standard output may be carrying a JSON report.
            with contextlib.redirect_stdout(io.StringIO()):
                engine.runAndWait()
                if _is_linux():
                    # espeak-ng renders on a thread of its own that nobody waits for: on a busy machine
                    # the file would be missing. The other systems' drivers do wait, and may not tell.
                    finished.wait(_LONGEST_RENDERING_SECONDS)
            sys.unraisablehook = sys.__unraisablehook__
            connection.send(Spoken())
        except _NoEngineError:
            connection.send(NoSpeechEngine())
        except Exception as error:  # noqa: BLE001 - drivers raise anything; the parent turns it into a VoiceError
            connection.send(SpeechFailed(f"{type(error).__name__}: {error}"))


def _give_up(connection: Connection, error: BaseException | None) -> None:
    """Tell what failed on espeak-ng's own thread, such as a write to a full disk, and end.

    pyttsx3 would wait for an end of the utterance that does not come, and Python would tell of a bug.
    """
    connection.send(SpeechFailed(str(error)))
    os._exit(1)


def _set_rate(engine: Any, words_per_minute: int) -> None:  # noqa: ANN401 - pyttsx3 has no types
    """Set the rate, and on Linux see that espeak-ng has taken it in before anything else is asked of it.

    pyttsx3 holds the rate back until ``runAndWait``, passes it to espeak-ng's own thread there and then stops
    whatever that thread is busy with. A command that was taken up but not begun is lost then (``say_thread``
    in espeak-ng's fifo.c): one time in some seventy it was the rate, and the text came at 200 words a minute.
    """
    engine.setProperty("rate", words_per_minute)
    if not _is_linux():
        return
    engine.proxy.setBusy(False)  # what waits is passed on now
    engine.proxy.setBusy(True)
    ctypes.CDLL(_SYSTEM_LIBRARY).espeak_Synchronize()  # the library that is loaded already


def list_voices(connection: Connection) -> None:
    """Answer ``VoicesFound``, ``NoSpeechEngine`` or ``SpeechFailed``."""
    seclude()
    with connection:
        try:
            found = _engine().getProperty("voices")
            connection.send(VoicesFound(tuple(_voice(voice) for voice in found)))
        except _NoEngineError:
            connection.send(NoSpeechEngine())
        except Exception as error:  # noqa: BLE001 - as in speak
            connection.send(SpeechFailed(f"{type(error).__name__}: {error}"))


def _voice(found: Any) -> Voice:  # noqa: ANN401 - pyttsx3 has no types
    languages = tuple(
        language.decode("ascii", "replace").strip("\x05\x02")
        if isinstance(language, bytes)
        else str(language)
        for language in found.languages or ()
    )
    return Voice(str(found.id), str(found.name or found.id), languages)


def _engine() -> Any:  # noqa: ANN401 - pyttsx3 has no types
    if _is_linux():
        _bring_espeak()
    import pyttsx3

    return pyttsx3.init("espeak" if _is_linux() else None)


def _is_linux() -> bool:
    return sys.platform.startswith("linux")


def _bring_espeak() -> None:
    """Load the packaged espeak-ng, or the distribution's where that was left out, for pyttsx3 to find."""
    try:
        import espeakng_loader
    except ImportError:  # the packages for Linux depend on the distribution's instead, which is GPL
        name = _SYSTEM_LIBRARY
    else:
        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
        name = espeakng_loader.get_library_path()
    try:
        library = ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    except OSError as error:
        raise _NoEngineError from error
    if not _has_data(library):
        raise _NoEngineError


def _has_data(library: ctypes.CDLL) -> bool:
    """Whether the library finds its data: without, its initialisation would end this process."""
    library.espeak_ng_InitializePath(None)
    library.espeak_Info.restype = ctypes.c_char_p
    folder = ctypes.c_char_p()
    library.espeak_Info(ctypes.byref(folder))
    return Path(os.fsdecode(folder.value or b""), "phontab").is_file()
