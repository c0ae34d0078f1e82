"""One recording, recognised while it grows.

Sound comes in, the voice detector and the pitch tracker follow it, and each window is read as soon as it is
settled, a long one part by part while it grows. In a pause the window that is still open is read ahead: if
nobody says more, that reading is the last one. In whatever blocks the sound came in, the words and the pitch
are those of a whole file. A preview, read roughly while somebody speaks, is for the eye alone.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from whypm.domain.pitch import PitchTrack
from whypm.domain.transcript import Recognition, Span, Word
from whypm.transcription.recognition.growing_sound import GrowingSound
from whypm.transcription.voice.pitch_tracker import PitchTracker
from whypm.transcription.voice.settled_borders import SettledBorders
from whypm.transcription.voice.voice_detector import VoiceDetector
from whypm.transcription.voice.voicing import SAMPLE_RATE, VoiceFinder
from whypm.transcription.windows.parts import parts_of
from whypm.transcription.windows.parts_read import PartsRead
from whypm.transcription.windows.reading_ahead import pause_before_reading, reading_cost
from whypm.transcription.windows.window_plan import Window, WindowPlan
from whypm.transcription.words.readings import Reading
from whypm.transcription.words.settling import settle

NEW_VOICE_SECONDS = 0.4
"""So much more voice makes another preview worth its while: a word or two."""


@dataclass(frozen=True, slots=True)
class Language:
    """An ISO 639-1 code and how probable it is, from 0 to 1."""

    code: str
    probability: float


class Reader(Protocol):
    """What reads windows: a loaded model."""

    name: str

    def voice_detector(self) -> VoiceDetector:
        """Return a detector that has heard nothing yet."""

    def pitch_tracker(self) -> PitchTracker:
        """Return a tracker that has heard nothing yet."""

    def detect_language(self, sound: np.ndarray) -> Language:
        """Return the language of a window's sound."""

    def read_part(self, samples: np.ndarray, part: Window, language: str) -> Reading:
        """Return the words of a window's part, with times in the recording."""

    def complete(self, samples: np.ndarray, window: Window, reading: Reading, language: str) -> Reading:
        """Return a window's reading with its words where the voice was, and with what it left out."""

    def read_roughly(self, samples: np.ndarray, window: Window, language: str) -> str:
        """Return about what is said in one window, at little cost."""


@dataclass(frozen=True, slots=True)
class _WindowRead:
    window: Window
    language: Language
    words: Reading


class Hearing:
    """Takes in one recording and gives its words. Not thread-safe.

    Args:
        reader: reads the windows.
        language: ISO 639-1 code; None lets the first window tell.
    """

    def __init__(self, reader: Reader, language: str | None = None) -> None:
        self._reader = reader
        self._language = Language(language, 1.0) if language else None
        self._detector = reader.voice_detector()
        self._finder = VoiceFinder()
        self._tracker = reader.pitch_tracker()
        self._plan = WindowPlan()
        self._sound = GrowingSound()
        self._settled: deque[Window] = deque()
        self._borders = SettledBorders()
        self._words: list[Word] = []
        self._ahead: _WindowRead | None = None
        self._parts = PartsRead()
        self._detected: tuple[Window, Language] | None = None
        self._preview = ""
        self._shown_until_seconds = 0.0

    @property
    def seconds(self) -> float:
        """How much sound was taken in."""
        return self._sound.length / SAMPLE_RATE

    @property
    def behind_seconds(self) -> float:
        """How much of it is in windows that are settled and not read yet."""
        return sum(window.seconds for window in self._settled)

    @property
    def text(self) -> str:
        """The words that will not change any more."""
        return _text(tuple(self._words))

    @property
    def text_ahead(self) -> str:
        """What comes after them: the preview, or what was read ahead and stands if nothing more is said."""
        return self._preview or _text(self._ahead.words if self._ahead else self._parts.reading)

    @property
    def pitch_fault(self) -> str:
        """Why there is no pitch; empty where there is."""
        return self._tracker.fault

    @property
    def words_so_far(self) -> Reading:
        """The words that would stand if nothing more were said, where the last pause was read ahead."""
        return (*self._words, *(self._ahead.words if self._ahead else ()))

    def hear(self, samples: np.ndarray) -> None:
        """Take in what follows: float32, shape (samples,), 16 kHz, mono, full scale 1. Reads nothing yet."""
        samples = np.nan_to_num(np.ascontiguousarray(samples, dtype=np.float32))
        self._sound.append(samples)
        self._finder.hear(self._detector.hear(samples))
        self._tracker.hear(samples)
        self._settle(self._voiced(), self._finder.silent_until_seconds)

    def read_on(self) -> bool:
        """Read one window, a settled one first; return whether there was any to read."""
        if self._settled:
            self._keep(self._settled.popleft())
            return True
        if self._read_part_on():
            return True
        window = self._worth_reading_ahead()
        if window is None:
            return False
        self._ahead = self._read(window)
        self._preview, self._shown_until_seconds = "", window.voiced[-1].end
        return True

    def preview(self) -> bool:
        """Read the open window roughly; return whether there was anything new in it to read."""
        window = self._plan.last(self._voiced(), self.seconds)
        if window is None or window.voiced[-1].end - self._shown_until_seconds < NEW_VOICE_SECONDS:
            return False
        language = self._language or Language("en", 0.0)
        rest = self._parts.unread(window)
        rough = self._reader.read_roughly(self._sound.samples, rest, language.code)
        self._preview = " ".join(filter(None, (_text(self._parts.reading), rough)))
        self._shown_until_seconds = window.voiced[-1].end
        return True

    def finish(self, on_progress: Callable[[float], None] | None = None) -> Recognition:
        """Read what is left and return all that was recognised; ``on_progress`` gets the share of it done."""
        self._finder.hear(self._detector.finish())
        voiced = self._voiced()
        self._settle(voiced, self.seconds)
        last = self._plan.last(voiced, self.seconds)
        left = [*self._settled, *([last] if last else [])]
        for count, window in enumerate(left, 1):
            self._keep(window)
            if on_progress:
                on_progress(count / len(left))
        return self._recognition(tuple(self._words), voiced, self._tracker.finish())

    def so_far(self) -> Recognition:
        """Return what would be recognised if the recording ended here, of what is read yet; without pitch."""
        return self._recognition(self.words_so_far, self._voiced(), None)

    def _recognition(self, words: Reading, voiced: tuple[Span, ...], pitch: PitchTrack | None) -> Recognition:
        ahead = self._ahead.language if self._ahead else Language("en", 0.0)
        language = self._language or ahead
        recognition = Recognition(
            model=self._reader.name,
            language=language.code,
            language_probability=round(language.probability, 4),
            duration_seconds=round(self.seconds, 3),
            words=words,
            voiced=voiced,
            pitch=pitch,
        )
        return settle(recognition, self._sound.samples, self._borders)

    def _voiced(self) -> tuple[Span, ...]:
        return self._finder.spans(self.seconds)

    def _settle(self, voiced: tuple[Span, ...], silent_until_seconds: float) -> None:
        self._settled += self._plan.settled(voiced, silent_until_seconds)

    def _worth_reading_ahead(self) -> Window | None:
        """Return the open window if a pause has completed it and it was not read yet."""
        voiced = self._voiced()
        if not voiced:
            return None
        window = self._plan.last(voiced, self.seconds)
        if window is None or (self._ahead is not None and self._ahead.window == window):
            return None
        pause_seconds = self._finder.silent_until_seconds - voiced[-1].end
        cost = reading_cost(self._parts.missing(parts_of(window)))
        return window if pause_seconds >= pause_before_reading(cost) else None

    def _read_part_on(self) -> bool:
        """Read a part of the open window that nothing can be added to; return whether there was one."""
        window = self._plan.last(self._voiced(), self.seconds)
        parts = parts_of(window) if window else ()
        missing = self._parts.missing(parts[:-1])
        if missing:
            language = self._language_of(parts[0])
            self._parts.keep(missing[0], self._read_part(missing[0], language))
        return bool(missing)

    def _keep(self, window: Window) -> None:
        ahead, self._ahead = self._ahead, None
        read = ahead if ahead is not None and ahead.window == window else self._read(window)
        self._language = read.language
        self._words += read.words
        self._parts.clear()
        self._preview, self._shown_until_seconds = "", window.voiced[-1].end

    def _read(self, window: Window) -> _WindowRead:
        parts = parts_of(window)
        language = self._language_of(parts[0])
        more = [self._read_part(part, language) for part in self._parts.missing(parts)]
        reading = self._parts.followed_by(parts, more)
        words = self._reader.complete(self._sound.samples, window, reading, language.code)
        return _WindowRead(window, language, words)

    def _read_part(self, part: Window, language: Language) -> Reading:
        return self._reader.read_part(self._sound.samples, part, language.code)

    def _language_of(self, first: Window) -> Language:
        """Return the answer's language, or the one that the first part of its first window seems to be in."""
        if self._language is not None:
            return self._language
        if self._detected is None or self._detected[0] != first:
            self._detected = first, self._reader.detect_language(first.cut(self._sound.samples))
        return self._detected[1]


def _text(words: Reading) -> str:
    return " ".join(word.text for word in words)
