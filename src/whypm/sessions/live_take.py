"""A take that is transcribed while it is recorded."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from whypm.audio.sound_check import SoundCheck
from whypm.domain.errors import WhypmError
from whypm.domain.sound_quality import SoundQuality
from whypm.domain.transcript import HeardSoFar, Recognition
from whypm.sessions.report_ahead import ReportAhead
from whypm.transcription.process.client import Transcriber
from whypm.transcription.process.live_task import LiveTask

_log = logging.getLogger(__name__)

LARGEST_DIFFERENCE_SECONDS = 0.05
"""Between what was recorded and what was heard; resampling alone rounds by less than a millisecond."""


@dataclass(frozen=True, slots=True)
class HeardTake:
    """What was found out about a take while it was recorded."""

    recognition: Recognition
    sound: SoundQuality | None
    """None where that must be had from the recording."""


class LiveTake:
    """Passes a take's sound to the transcriber and looks it through.

    Whatever fails in it, the recording goes on without it.

    Args:
        transcriber: asked for when the take is under way, as it may have to check its model first.
        on_heard: called with what is understood so far, on another thread.
        ahead: gets what would be recognised if the take ended where it stands.
        preview: whether somebody watches the words while they are spoken, which costs some work.
    """

    def __init__(
        self,
        transcriber: Callable[[], Transcriber],
        on_heard: Callable[[HeardSoFar], None],
        ahead: ReportAhead | None = None,
        *,
        preview: bool = False,
    ) -> None:
        self._transcriber = transcriber
        self._on_heard = on_heard
        self._ahead = ahead
        self._preview = preview
        self._lock = threading.Lock()
        self._early: list[np.ndarray] | None = []
        """Sound that came before the task was there; None once it is there, or never will be."""
        self._task: LiveTask | None = None
        self._check: SoundCheck | None = None
        self._abandoned = False
        self._begun = threading.Event()

    def feed(self, samples: np.ndarray) -> None:
        """Add what follows: float32, shape (samples,), mono, full scale 1. Takes milliseconds at most."""
        with self._lock:
            if self._task is not None:
                self._task.feed(samples)
                self._look_through(samples)
            elif self._early is not None:
                self._early.append(samples)

    def begin(self, sample_rate: int) -> None:
        """Let the transcriber listen, at this rate in Hz; blocks while it checks its model."""
        task: LiveTask | None = None
        check: SoundCheck | None = None
        try:
            check = SoundCheck(sample_rate)
            task = self._transcriber().listen(
                sample_rate,
                self._on_heard,
                self._ahead.take_in if self._ahead is not None else None,
                preview=self._preview,
            )
        except WhypmError as error:
            _log.warning("This take is not transcribed while it is recorded: %s", error)
        except Exception:  # noqa: BLE001 - the recording goes on, and its words can be had from it
            _log.exception("This take is not transcribed while it is recorded")
        finally:
            with self._lock:
                early, self._early, self._task = self._early or [], None, task
                if task is not None:
                    self._check = check
                    for block in early:
                        task.feed(block)
                        self._look_through(block)
                    if self._abandoned:
                        task.abandon()
            self._begun.set()

    def finish(
        self, recorded_seconds: float, on_progress: Callable[[float], None] | None = None
    ) -> HeardTake | None:
        """Return what was said and how it sounded, or None where that must be had from the recording; blocks.

        Args:
            recorded_seconds: length of the recording; all of it must have been heard.
            on_progress: called with the share done of what is left, 0 to 1.
        """
        self._begun.wait()
        if self._ahead is not None:
            self._ahead.end()
        if self._task is None:
            return None
        try:
            recognition = self._task.finish(on_progress)
        except WhypmError as error:
            _log.warning("The words come from the recording instead: %s", error)
            return None
        if abs(recognition.duration_seconds - recorded_seconds) > LARGEST_DIFFERENCE_SECONDS:
            _log.warning("Heard %.2f s of %.2f s", recognition.duration_seconds, recorded_seconds)
            return None
        return HeardTake(recognition, self._quality(recorded_seconds))

    def abandon(self) -> None:
        """Want no words of it any more; returns at once."""
        if self._ahead is not None:
            self._ahead.end()
        with self._lock:
            self._abandoned = True
            if self._task is not None:
                self._task.abandon()

    def _look_through(self, samples: np.ndarray) -> None:
        if self._check is None:
            return
        try:
            self._check.hear(samples)
        except Exception:  # noqa: BLE001 - the words and the recording outlive it
            _log.exception("The sound is looked through once it is recorded")
            self._check = None

    def _quality(self, recorded_seconds: float) -> SoundQuality | None:
        """Return how the take sounded, where every sample of it was looked at."""
        with self._lock:
            check, self._check = self._check, None
        try:
            if check is None or check.samples != round(recorded_seconds * check.sample_rate):
                return None
            return check.quality()
        except Exception:  # noqa: BLE001 - it can be had from the recording
            _log.exception("The sound is looked through once more")
            return None
