"""One recording, recognised while it grows.

Sound comes in, the voice detector and the pitch tracker follow it, and each window is read as soon as it is
settled. In a pause the window that is still open is read ahead: if nobody says more, that reading is the last
one. In whatever blocks the sound came in, the words and the pitch are those of a whole file. A preview, read
roughly while somebody speaks, is for the eye alone.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from whypm.domain.pitch import PitchTrack
from whypm.domain.transcript import Recognition, Span, Word
from whypm.transcription.pitch_tracker import PitchTracker
from whypm.transcription.readings import Reading
from whypm.transcription.settled_borders import SettledBorders
from whypm.transcription.settling import settle
from whypm.transcription.voice_detector import VoiceDetector
from whypm.transcription.voicing import SAMPLE_RATE, VoiceFinder
from whypm.transcription.windows import PADDING_SECONDS, Window, WindowPlan

READING_SECONDS = 3.0
"""What any reading costs, as seconds of speech that could be read for it: the encoder's share."""
MOST_IN_VAIN = 0.4
FREE_SECONDS = 25.0
"""Reading ahead may cost this share of what was read for good, and so much more, as short answers need it."""
LONG_PAUSE_SECONDS = 1.0
"""In a pause of this length the answer may well be over; it is read ahead whatever that costs."""


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

    def read_window(self, samples: np.ndarray, window: Window, language: str) -> Reading:
        """Return the words of one window, with times in the recording."""

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
        self._sound = _GrowingSound()
        self._settled: deque[Window] = deque()
        self._borders = SettledBorders()
        self._words: list[Word] = []
        self._ahead: _WindowRead | None = None
        self._preview = ""
        self._shown_until_seconds = 0.0
        self._cost_for_good = 0.0
        self._cost_in_vain = 0.0

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
        return self._preview or _text(self._ahead.words if self._ahead else ())

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
        window = self._worth_reading_ahead()
        if window is None:
            return False
        if self._ahead is not None:
            self._cost_in_vain += _cost(self._ahead.window)
        self._ahead = self._read(window)
        self._preview, self._shown_until_seconds = "", window.voiced[-1].end
        return True

    def preview(self) -> bool:
        """Read the open window roughly; return whether there was anything new in it to read."""
        window = self._plan.last(self._voiced(), self.seconds)
        if window is None or window.voiced[-1].end - self._shown_until_seconds < NEW_VOICE_SECONDS:
            return False
        language = self._language or Language("en", 0.0)
        self._preview = self._reader.read_roughly(self._sound.samples, window, language.code)
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
        pause_seconds = self._finder.silent_until_seconds - voiced[-1].end
        if pause_seconds < PADDING_SECONDS:
            return None
        window = self._plan.last(voiced, self.seconds)
        if window is None or (self._ahead is not None and self._ahead.window == window):
            return None
        in_vain = self._cost_in_vain + (_cost(self._ahead.window) if self._ahead else 0.0)
        spare = MOST_IN_VAIN * self._cost_for_good + FREE_SECONDS
        return window if pause_seconds >= LONG_PAUSE_SECONDS or in_vain + _cost(window) <= spare else None

    def _keep(self, window: Window) -> None:
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead.window != window:
            self._cost_in_vain += _cost(ahead.window)
        read = ahead if ahead is not None and ahead.window == window else self._read(window)
        self._language = read.language
        self._words += read.words
        self._preview, self._shown_until_seconds = "", window.voiced[-1].end
        self._cost_for_good += _cost(window)

    def _read(self, window: Window) -> _WindowRead:
        samples = self._sound.samples
        language = self._language or self._reader.detect_language(window.cut(samples))
        return _WindowRead(window, language, self._reader.read_window(samples, window, language.code))


def _text(words: Reading) -> str:
    return " ".join(word.text for word in words)


def _cost(window: Window) -> float:
    return READING_SECONDS + window.seconds


class _GrowingSound:
    """Samples in one array that has room for more: appended block by block without copying all each time."""

    def __init__(self) -> None:
        # Untouched pages cost nothing, and an array this large goes back to the system when it is outgrown:
        # glibc keeps what is below 32 MiB (mallopt(3), M_MMAP_THRESHOLD): 30 MB in the ninth minute.
        self._room = np.zeros(SAMPLE_RATE * 600, dtype=np.float32)
        self.length = 0

    @property
    def samples(self) -> np.ndarray:
        return self._room[: self.length]

    def append(self, samples: np.ndarray) -> None:
        if self.length + len(samples) > len(self._room):
            room = np.zeros(2 * (self.length + len(samples)), dtype=np.float32)
            room[: self.length] = self.samples
            self._room = room
        self._room[self.length : self.length + len(samples)] = samples
        self.length += len(samples)
