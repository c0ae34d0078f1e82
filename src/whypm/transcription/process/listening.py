"""The child's side of an answer that is being given: takes sound in, reads between, tells what it heard."""

import time
from multiprocessing.connection import Connection

import numpy as np

from whypm.domain.transcript import Recognition, Word
from whypm.transcription.process.messages import Abandon, Abandoned, Done, Finish, News, Progress, Sound
from whypm.transcription.recognition.hearing import Hearing
from whypm.transcription.voice.voicing import SAMPLE_RATE

SIGN_OF_LIFE_SECONDS = 1.0
"""The parent waits at least fifteen times as long before the child counts as hung (`patience_seconds`)."""
PREVIEW_SECONDS = 1.0
"""Between two previews: the eye follows, and a word is seen within about two seconds."""
MOST_OF_THE_TIME = 0.4
"""Previews take this share of the time at most; a slow machine has fewer of them."""


def listen(
    connection: Connection, hearing: Hearing, sample_rate: int, *, preview: bool, so_far: bool
) -> None:
    """Serve one answer, from its first sound to its end. Runs in the child only."""
    sound = _Resampler(sample_rate)
    teller = _Teller(connection, hearing, so_far=so_far)
    previews = _Previews(hearing) if preview else None
    idle = False
    while True:
        # All that has come is taken in first: what is read ahead then ends where the speaker is.
        while connection.poll(SIGN_OF_LIFE_SECONDS if idle else 0.0):
            idle = False
            match connection.recv():
                case Sound(samples):
                    hearing.hear(sound.next(samples))
                case Finish():
                    hearing.hear(sound.rest())
                    recognition = hearing.finish(lambda share: connection.send(Progress(share)))
                    connection.send(Done(recognition, hearing.pitch_fault))
                    return
                case Abandon():
                    connection.send(Abandoned())
                    return
        idle = not hearing.read_on() and not (previews and previews.read_on())
        teller.tell()


class _Previews:
    """Has the open window read roughly from time to time, where nothing better is to be done."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self._next = 0.0

    def read_on(self) -> bool:
        began = time.monotonic()
        if began < self._next or not self._hearing.preview():
            return False
        took = time.monotonic() - began
        self._next = began + max(PREVIEW_SECONDS, took / MOST_OF_THE_TIME)
        return True


class _Teller:
    """Sends what is understood when it has changed, and from time to time to show that the child lives."""

    def __init__(self, connection: Connection, hearing: Hearing, *, so_far: bool) -> None:
        self._connection = connection
        self._hearing = hearing
        self._so_far = so_far
        self._words: tuple[Word, ...] = ()
        self._told: tuple[str, str, float] | None = None
        self._told_at = 0.0

    def tell(self) -> None:
        hearing = self._hearing
        state = (hearing.text, hearing.text_ahead, hearing.behind_seconds)
        now = time.monotonic()
        if state == self._told and now - self._told_at < SIGN_OF_LIFE_SECONDS:
            return
        self._told, self._told_at = state, now
        self._connection.send(
            News(
                settled=hearing.text,
                ahead=hearing.text_ahead,
                read_seconds=hearing.seconds - hearing.behind_seconds,
                recognition=self._more_recognised() if self._so_far else None,
            )
        )

    def _more_recognised(self) -> Recognition | None:
        """Return what is recognised so far, once for the same words; None while more waits."""
        words = self._hearing.words_so_far
        if self._hearing.behind_seconds > 0 or words == self._words:
            return None
        self._words = words
        return self._hearing.so_far()


class _Resampler:
    """Brings sound to Whisper's rate block by block; the result is that of the whole recording at once."""

    def __init__(self, sample_rate: int) -> None:
        import soxr

        same = sample_rate == SAMPLE_RATE
        self._stream = None if same else soxr.ResampleStream(sample_rate, SAMPLE_RATE, 1, dtype="float32")

    def next(self, samples: np.ndarray) -> np.ndarray:
        return samples if self._stream is None else np.asarray(self._stream.resample_chunk(samples))

    def rest(self) -> np.ndarray:
        nothing = np.zeros(0, dtype=np.float32)
        if self._stream is None:
            return nothing
        return np.asarray(self._stream.resample_chunk(nothing, last=True))
