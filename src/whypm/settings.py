"""The user's choices, kept as JSON in the data folder."""

import contextlib
import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from whypm.domain.errors import StorageError

SPEECH_RATES = range(80, 301)
"""Words a minute that a voice can be set to: slower and faster is hard to follow."""

TEXT_PERCENTS = (100, 125, 150, 175, 200)
"""Sizes of text to choose from, up to the 200 % that WCAG 2.2, 1.4.4 asks for."""


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """A remembered device; its index changes from day to day, its name and sound system do not."""

    name: str
    host: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice with its default; None means "what the system or the app prefers"."""

    microphone: DeviceChoice | None = None
    speaker: DeviceChoice | None = None
    voice: str | None = None
    speech_words_per_minute: int = 165
    speak_questions: bool = True
    model: str | None = None
    company: str | None = None
    pack: str = "why-pm"
    theme: str = "system"
    """``system``, ``light`` or ``dark``."""
    text_percent: int | None = None
    """How large text is, of ``TEXT_PERCENTS``; None as the system has it."""
    reduce_motion: bool = False
    live_text: bool = False
    """Show the words of an answer while it is being given."""


_CHECKS: dict[str, Callable[[object], bool]] = {
    "voice": lambda value: value is None or isinstance(value, str),
    "speech_words_per_minute": lambda value: type(value) is int and value in SPEECH_RATES,
    "speak_questions": lambda value: isinstance(value, bool),
    "model": lambda value: value is None or isinstance(value, str),
    "company": lambda value: value is None or isinstance(value, str),
    "pack": lambda value: isinstance(value, str),
    "theme": lambda value: value in ("system", "light", "dark"),
    "text_percent": lambda value: value is None or (type(value) is int and value in TEXT_PERCENTS),
    "reduce_motion": lambda value: isinstance(value, bool),
    "live_text": lambda value: isinstance(value, bool),
}


def load_settings(file: Path) -> Settings:
    """Read the settings; a missing file, and each value that cannot be used, gives the default.

    A file that is no JSON object is set aside beside the new one, so that nothing is lost.
    Raises StorageError where the file exists and cannot be read.
    """
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (ValueError, RecursionError):
        stored = None
    except OSError as error:
        raise StorageError(
            f"The settings in {file} cannot be read: {error.strerror or error}.",
            "Give yourself the right to read them, or choose another data folder with --data-dir.",
        ) from error
    if not isinstance(stored, dict):
        with contextlib.suppress(OSError):  # where nothing may be written it stays where it is
            file.replace(file.with_suffix(".damaged.json"))
        return Settings()
    settings = Settings(microphone=_device(stored.get("microphone")), speaker=_device(stored.get("speaker")))
    usable = {name: stored[name] for name, fits in _CHECKS.items() if name in stored and fits(stored[name])}
    return replace(settings, **usable)


def save_settings(file: Path, settings: Settings) -> None:
    """Write the settings as a whole or not at all, readable by their owner only. Raises StorageError."""
    # One of its own for each thread: a window and a command may save at once.
    draft = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}.new")
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as out:
            json.dump(asdict(settings), out, indent=2)
            out.flush()
            os.fsync(out.fileno())  # else a power cut can leave the new name with nothing in it
        draft.replace(file)
    except OSError as error:
        raise StorageError(f"The settings cannot be written to {file}: {error.strerror or error}.") from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _device(value: object) -> DeviceChoice | None:
    names = [field.name for field in fields(DeviceChoice)]
    if isinstance(value, dict) and all(isinstance(value.get(name), str) for name in names):
        return DeviceChoice(value["name"], value["host"])
    return None
