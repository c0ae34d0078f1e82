"""The recogniser: Whisper and the voice detector. The only module that knows faster-whisper.

It belongs in a child process (see ``worker``): loading takes memory and seconds, and a crash in native
code takes the process with it.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np

from whypm.domain.errors import ModelError
from whypm.domain.transcript import Recognition, Span, Word
from whypm.transcription.recognition.hearing import Hearing, Language
from whypm.transcription.recognition.shared_encoder import LONE_FRAMES, SharedEncoder
from whypm.transcription.recognition.turns import Turns
from whypm.transcription.voice.pitch_tracker import PitchTracker, load_pitch_network
from whypm.transcription.voice.voice_detector import VoiceDetector
from whypm.transcription.windows.window_plan import Window
from whypm.transcription.words.placing import lone_voice, placed_in_voice, uncovered_voice
from whypm.transcription.words.readings import (
    Reading,
    believable,
    goes_round,
    is_hesitation,
    merge_readings,
    without_inventions,
)
from whypm.transcription.words.whole_words import whole_words

HESITANT_PROMPT = "So, um, I was, uh, thinking that, um, we, uh, you know, um, should go."
"""Text in the style that is wanted back. Whisper goes on as the text before it went."""
BEAM_SIZE, HESITANT_BEAM_SIZE = 5, 2
"""The verbatim reading gives few of the words, and takes a quarter less time with the narrower beam. The 43
recordings had 13.4 % errors with it when the two were compared, and 13.6 % with 5."""
READINGS = 2
"""Plain and verbatim, at the same time: decoding one makes no use of a second processor, and is slower on it
(1.6 times, with ``base``)."""
MOST_TOKENS = 216
"""What Whisper's 448 places leave beside the longest prompt."""
SURE_OF_LANGUAGE = 0.5
"""Below this, English is assumed: a short or noisy answer is easily taken for another language."""
TIMES_AS_LIKELY_AS_ENGLISH = 20.0
"""What another language must be, as nineteen in twenty who answer here speak English at least. Two people who
read English with a Mandarin accent are taken for Chinese with 0.67 to 0.87, four to eighteen times as likely;
synthesised German, Spanish, Italian and Polish of nine seconds and more are 90 to 500 times."""
RETRY_MARGIN_SECONDS = 0.2
"""Shown on either side of a stretch that is read again: the voice detector hears soft beginnings late."""
LEAST_IN_VOICE = 0.5
"""A reading is invented if less than half of its words were said where there was a voice."""
LEFT_OUT_SECONDS = 1.0
"""The verbatim reading goes on where it left out more voice than this at a window's end."""
REST_SECONDS = 0.5
"""A window is read to its end when less voice than this is left."""


class Engine:
    """A loaded model that turns sound into words. Not thread-safe.

    Args:
        folder: a checked model folder.
        name: what transcripts say they were made with.
        threads: processor threads that it may keep busy; the two readings of a window share them.

    Raises:
        ModelError: the folder cannot be loaded.
    """

    def __init__(self, folder: Path, name: str, threads: int = READINGS) -> None:
        with _without_file_decoder():
            from faster_whisper import WhisperModel
            from faster_whisper.vad import get_vad_model
        from tqdm import tqdm

        # faster-whisper's hidden progress bars start a thread, and make a semaphore that outlives a kill.
        tqdm.monitor_interval = 0
        tqdm.set_lock(threading.RLock())
        try:
            self._whisper = WhisperModel(
                str(folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=max(1, threads // READINGS),
                num_workers=READINGS,
                local_files_only=True,
            )
        except Exception as error:  # its libraries raise bare RuntimeError, ValueError and Exception
            raise ModelError(
                f"The model in {folder} cannot be loaded: {error}", "Verify it with `whypm models verify`."
            ) from error
        self._encoder = SharedEncoder(self._whisper.encode)
        self._whisper.encode = self._encoder
        self._whisper.generate_with_fallback = Turns(
            self._whisper.generate_with_fallback, self._encoder.sounding_seconds
        )
        self._voice_network = get_vad_model().session
        self._pitch_network = load_pitch_network()
        self.name = name

    def recognise(
        self,
        samples: np.ndarray,
        language: str | None = None,
        on_progress: Callable[[float], None] | None = None,
    ) -> Recognition:
        """Return the words, the voiced stretches and what stayed unclear; the same twice for the same sound.

        Args:
            samples: float32, shape (samples,), 16 kHz, mono, full scale 1.
            language: ISO 639-1 code; None detects it, if the model knows more than English.
            on_progress: called with the share done, 0 to 1.
        """
        hearing = self.listen(language)
        hearing.hear(samples)
        return hearing.finish(on_progress)

    def listen(self, language: str | None = None) -> Hearing:
        """Return a recording that is empty yet, to be recognised while it grows."""
        return Hearing(self, language)

    def voice_detector(self) -> VoiceDetector:
        """Return a detector that has heard nothing yet."""
        return VoiceDetector(self._voice_network)

    def pitch_tracker(self) -> PitchTracker:
        """Return a tracker that has heard nothing yet."""
        return PitchTracker(self._pitch_network)

    def read_part(self, samples: np.ndarray, part: Window, language: str) -> Reading:
        """Return the words of a window's part, with times in the recording as Whisper gives them."""
        if language == "en":
            return _in_recording(self._read_both_ways(samples, part, language), part)
        return _in_recording(_if_believable(self._read(samples, part, language), part), part)

    def complete(self, samples: np.ndarray, window: Window, reading: Reading, language: str) -> Reading:
        """Return a window's reading with its words where the voice was, and with what it left out."""
        words = placed_in_voice(reading, window.voiced)
        if len(words) < LEAST_IN_VOICE * len(reading):
            words = ()  # a cough was read as "I'm sorry, I'm sorry", most of it after the cough
        for missed in uncovered_voice(words, window.voiced):
            words = self._read_again(samples, missed, words, language)
        if language == "en":
            for lone in lone_voice(words, window.voiced):
                words = self._read_again(samples, lone, words, language, only_hesitations=True)
        return words

    def read_roughly(self, samples: np.ndarray, window: Window, language: str) -> str:
        """Return about what is said in a window, in half the time: for the eye, while somebody speaks."""
        segments, _ = self._whisper.transcribe(
            window.cut(samples),
            language=language,
            beam_size=1,
            temperature=0.0,
            max_new_tokens=MOST_TOKENS,
            without_timestamps=True,
        )
        text = "".join(segment.text for segment in segments).strip()
        said = tuple(Word(word, 0.0, 0.0, 1.0) for word in text.split())
        return text if believable(said, window.voiced_seconds) else ""

    def _read_both_ways(self, samples: np.ndarray, window: Window, language: str) -> Reading:
        """Return the plain and the verbatim reading as one."""
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="verbatim reading") as beside:
            hesitant = beside.submit(self._read_verbatim, samples, window, language)
            decoded = self._decode(samples, window, language)
            verbatim = hesitant.result()
        plain = _if_believable(without_inventions(decoded), window)
        if not verbatim:
            return plain
        # What a loop left out would be read again, piece by piece.
        is_lost = goes_round(decoded) or (decoded and not plain)
        return verbatim if is_lost else merge_readings(plain, verbatim)

    def _read_verbatim(self, samples: np.ndarray, window: Window, language: str) -> Reading:
        """Return the words of a window with hesitations; none where that cannot be believed.

        Shown the prompt, Whisper sometimes takes the end of a sentence for the end of the window.
        """
        found = _if_believable(self._read(samples, window, language, HESITANT_PROMPT), window)
        rest = window.after(found[-1].end) if found else None
        if rest is None or rest.voiced_seconds < LEFT_OUT_SECONDS:
            return found
        more = _if_believable(self._read(samples, rest, language, HESITANT_PROMPT), rest)
        skipped = window.seconds - rest.seconds
        return (*found, *(replace(word, start=word.start + skipped, end=word.end + skipped) for word in more))

    def _read_again(
        self,
        samples: np.ndarray,
        missed: Span,
        words: Reading,
        language: str,
        *,
        only_hesitations: bool = False,
    ) -> Reading:
        """Read a missed stretch by itself, and put the words found there among the others.

        A short sound by itself is read as words that nobody said; ``only_hesitations`` believes nothing else.
        """
        margin = Span(max(missed.start - RETRY_MARGIN_SECONDS, 0.0), missed.end + RETRY_MARGIN_SECONDS)
        alone = Window((margin,), (margin,))  # what lies beside the stretch may be a voice as well
        if only_hesitations:
            with self._encoder.showing(LONE_FRAMES):
                found = self._read(samples, alone, language)
            if not all(map(is_hesitation, found)):
                return words
            found = found[:1]  # there is room for one
        else:
            found = self._read(samples, alone, language)
        if not believable(found, missed.seconds):
            return words
        inside = [
            word
            for word in _in_recording(found, alone)
            if missed.start <= (word.start + word.end) / 2 <= missed.end
        ]
        return tuple(sorted((*words, *inside), key=lambda word: word.start + word.end))

    def _read(self, samples: np.ndarray, window: Window, language: str, prompt: str | None = None) -> Reading:
        """Return what Whisper makes of a window, with times in the window and without what it made up."""
        return without_inventions(self._decode(samples, window, language, prompt))

    def _decode(
        self, samples: np.ndarray, window: Window, language: str, prompt: str | None = None
    ) -> Reading:
        segments, _ = self._whisper.transcribe(
            window.cut(samples),
            language=language,
            initial_prompt=prompt,
            beam_size=BEAM_SIZE if prompt is None else HESITANT_BEAM_SIZE,
            temperature=0.0,  # second tries at higher ones draw lots: the same sound gives other words
            max_new_tokens=MOST_TOKENS,
            word_timestamps=True,
        )
        words: list[Word] = []
        for segment in segments:
            words += whole_words(segment.words or (), language)
            if words and words[-1].end > window.speech_end_seconds - REST_SECONDS:
                break  # it would go on to read the silence that is left, and invent
        return tuple(words)

    def detect_language(self, sound: np.ndarray) -> Language:
        """Return the language of a window's sound; English where another one is not sure."""
        if not self._whisper.model.is_multilingual:
            return Language("en", 1.0)
        # Without the last frame, as `transcribe` has it: the encoder is shown the same and works once.
        features = self._whisper.feature_extractor(sound)[:, :-1]
        code, probability, every = self._whisper.detect_language(features=features)
        english = float(dict(every).get("en", 0.0))
        if probability < max(SURE_OF_LANGUAGE, TIMES_AS_LIKELY_AS_ENGLISH * english):
            return Language("en", english)
        return Language(code, float(probability))


@contextmanager
def _without_file_decoder() -> Iterator[None]:
    """Let faster-whisper be imported where PyAV is not installed, and without its memory where it is.

    Its decoder of files imports ``av`` at once, and nothing else of it does; we hand it samples.
    """
    real = sys.modules.get("av")
    sys.modules["av"] = real or ModuleType("av")
    try:
        yield
    finally:
        if real is None:
            del sys.modules["av"]


def _if_believable(reading: Reading, window: Window) -> Reading:
    return reading if believable(reading, window.voiced_seconds) else ()


def _in_recording(reading: Reading, window: Window) -> Reading:
    spans = (window.span_in_recording(word.start, word.end) for word in reading)
    return tuple(
        replace(word, start=span.start, end=span.end) for word, span in zip(reading, spans, strict=True)
    )
