"""The interviewer's voice, seen from the app: text in, sound file out, or a VoiceError."""

import hashlib
import multiprocessing
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from whypm.child_process import start_deaf
from whypm.domain.errors import VoiceError
from whypm.voice import worker
from whypm.voice.rendering import spoken_seconds
from whypm.voice.worker import Answer, NoSpeechEngine, SpeechFailed, Spoken, Utterance, Voice, VoicesFound

_START_SECONDS = 20.0
"""Room for a cold start of the child on a slow machine."""
_SLOWEST_WORDS_PER_SECOND = 1.0
"""A renderer slower than this against its text counts as hung; the slowest seen renders 20 times as fast."""
_FASTEST_WORDS_PER_SECOND = 8.0
"""Speech faster than this was cut short: pyttsx3 issues 98 and 142."""
MOST_KEPT = 100
"""Of spoken questions, the last used: all 44 questions, 30 follow-ups and 14 drills of the built-in pack in
one voice. At 300 kB each, which 22 kHz and seven seconds come to, that is 30 MB."""
_REMEDY = "The question is shown as text. 'whypm doctor' says which voices this machine has."
_NO_ENGINE = (
    "Install eSpeak NG, on Debian and Ubuntu with: sudo apt-get install libespeak-ng1. Until then the "
    "question is shown as text."
)


class Speaker:
    """Renders questions to sound files, and keeps the last used in ``folder`` for the next time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._child: SpawnProcess | None = None
        self._cancelled = False

    def render(self, text: str, *, voice: str | None = None, words_per_minute: int = 165) -> Path:
        """Return a sound file that speaks ``text``; from the kept ones where it was rendered before.

        Blocks until the child is done. Raises VoiceError when no voice works, the child hangs, the file is
        empty or cut, or ``cancel`` was called.
        """
        key = hashlib.sha256(f"{voice}|{words_per_minute}|{text}".encode()).hexdigest()[:24]
        kept = self._folder / f"{key}.wav"
        if spoken_seconds(kept) > 0:
            with suppress(OSError):
                os.utime(kept)  # used now
            return kept
        draft = self._folder / f"{key}.{os.getpid()}-{threading.get_ident()}.draft.wav"
        words = len(text.split())
        try:
            draft.touch(mode=0o600)  # the engine would not tell where it cannot write, but keep us waiting
            limit_seconds = _START_SECONDS + words / _SLOWEST_WORDS_PER_SECOND
            self._ask(
                worker.speak, Utterance(text, draft, voice, words_per_minute), limit_seconds=limit_seconds
            )
            if spoken_seconds(draft) < words / _FASTEST_WORDS_PER_SECOND:
                raise VoiceError("The voice gave an empty or cut recording.", _REMEDY)
            draft.chmod(0o600)
            draft.replace(kept)
        except OSError as error:
            raise VoiceError(
                f"The spoken question cannot be kept in {self._folder}: {error}.", _REMEDY
            ) from error
        finally:
            draft.unlink(missing_ok=True)
        self._forget_others(kept)
        return kept

    def voices(self) -> tuple[Voice, ...]:
        """Return the machine's voices. Blocks as ``render`` does; raises VoiceError."""
        answer = self._ask(worker.list_voices, limit_seconds=_START_SECONDS)
        return answer.voices if isinstance(answer, VoicesFound) else ()

    def cancel(self) -> None:
        """Give up the rendering under way; ``render`` raises VoiceError in its thread."""
        self._cancelled = True
        child = self._child
        if child is not None:
            child.kill()

    def _forget_others(self, kept: Path) -> None:
        """Remove what was used longest ago and is too much; never ``kept``, whatever the clock says."""
        used: list[tuple[float, Path]] = []
        for file in self._folder.glob("*.wav"):
            with suppress(OSError):  # another window has removed it meanwhile
                used.append((file.stat().st_mtime, file))
        others = sorted((each for each in used if each[1] != kept), reverse=True)
        for _, file in others[MOST_KEPT - 1 :]:
            with suppress(OSError):  # Windows removes none that is just being read
                file.unlink()

    def _ask(self, task: Callable[..., None], *arguments: Any, limit_seconds: float) -> Answer:  # noqa: ANN401
        with self._lock:
            self._cancelled = False
            ours, theirs = self._context.Pipe(duplex=False)
            child = self._context.Process(
                target=task, args=(theirs, *arguments), name="whypm-voice", daemon=True
            )
            start_deaf(child)
            theirs.close()
            self._child = child
            if self._cancelled:  # while it was being started, when there was nothing to kill yet
                child.kill()
            try:
                # The sentinel too: a child that dies before it answers leaves the pipe silent.
                wait([ours, child.sentinel], timeout=limit_seconds)
                answer: Answer | None = ours.recv() if ours.poll() else None
            except EOFError:
                answer = None
            finally:
                self._child = None
                ours.close()
                self._end(child)
            return self._checked(answer, child)  # before the next rendering takes the cancelling back

    def _checked(self, answer: Answer | None, child: SpawnProcess) -> Answer:
        if isinstance(answer, Spoken | VoicesFound):
            return answer
        if self._cancelled:
            raise VoiceError("The voice was stopped.")
        if isinstance(answer, NoSpeechEngine):
            raise VoiceError("There is no voice on this machine.", _NO_ENGINE)
        if isinstance(answer, SpeechFailed):
            raise VoiceError(f"No voice works on this machine ({answer.reason}).", _REMEDY)
        raise VoiceError(f"The voice did not answer (exit code {child.exitcode}).", _REMEDY)

    @staticmethod
    def _end(child: SpawnProcess) -> None:
        child.join(timeout=1.0)
        if child.is_alive():
            child.kill()
            child.join()
