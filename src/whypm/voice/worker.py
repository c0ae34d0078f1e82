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

_LONGEST_RENDERING_SECONDS = 300.0
"""The parent ends a child that takes too long; this only keeps an orphan from staying for ever."""


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
class SpeechFailed:
    """The engine's own words on what went wrong."""

    reason: str


Answer = Spoken | VoicesFound | SpeechFailed


def speak(connection: Connection, utterance: Utterance) -> None:
    """Render the utterance and answer ``Spoken`` or ``SpeechFailed``."""
    with connection:
        try:
            engine = _engine()
            engine.setProperty("rate", utterance.words_per_minute)
            # A remembered voice may have been uninstalled since; then the system's own speaks.
            if utterance.voice in {str(voice.id) for voice in engine.getProperty("voices")}:
                engine.setProperty("voice", utterance.voice)
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
            connection.send(Spoken())
        except Exception as error:  # noqa: BLE001 - drivers raise anything; the parent turns it into a VoiceError
            connection.send(SpeechFailed(f"{type(error).__name__}: {error}"))


def list_voices(connection: Connection) -> None:
    """Answer ``VoicesFound`` or ``SpeechFailed``."""
    with connection:
        try:
            found = _engine().getProperty("voices")
            connection.send(VoicesFound(tuple(_voice(voice) for voice in found)))
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
    """Load the packaged espeak-ng, so that none has to be installed; keep the system's where it is absent."""
    try:
        import espeakng_loader
    except ImportError:
        return
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
