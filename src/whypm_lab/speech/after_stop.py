"""Where the time after Stop goes: what each part of the program takes of it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from functools import wraps
from statistics import median
from typing import Any
from unittest.mock import patch

from whypm.audio.sound_check import SoundCheck
from whypm.feedback.judging.judge import Judge
from whypm.sessions import analyst
from whypm.sessions.store import SessionStore
from whypm.transcription.process.live_task import LiveTask


@dataclass(frozen=True, slots=True)
class PartSeconds:
    """Seconds after Stop, by part: waited for, or of processor time."""

    transcriber: float
    """Until the words are there. Its processor time is that of its own process, and so is the judge's."""
    judge: float
    sound: float
    store: float
    rest: float
    """Sentences, timing, advice, and what lies between."""

    @property
    def whole(self) -> float:
        """All of it."""
        return sum(getattr(self, part.name) for part in fields(self))

    @classmethod
    def medians(cls, several: "list[PartSeconds]") -> "PartSeconds":
        """Return the median of each part."""
        return cls(*(median(getattr(one, part.name) for one in several) for part in fields(cls)))


class PartTimer:
    """Times the parts while ``measuring``; only on the thread that entered it, which makes the report."""

    _CALLS: tuple[tuple[object, str, str], ...] = (
        (LiveTask, "finish", "transcriber"),
        (Judge, "judge", "judge"),
        (SoundCheck, "quality", "sound"),
        (analyst, "load_sound", "sound"),
        (analyst, "check_sound", "sound"),
        (SessionStore, "find", "store"),
        (SessionStore, "change", "store"),
        (SessionStore, "earlier_questions", "store"),
    )

    def __init__(self) -> None:
        self._waited: dict[str, float] = {}
        self._worked: dict[str, float] = {}
        self._all = (0.0, 0.0)

    @contextmanager
    def measuring(self) -> Iterator[None]:
        """Measure what is done inside."""
        with ExitStack() as patches:
            for owner, name, part in self._CALLS:
                patches.enter_context(patch.object(owner, name, self._timed(getattr(owner, name), part)))
            began, worked = time.perf_counter(), time.thread_time()
            yield
            self._all = (time.perf_counter() - began, time.thread_time() - worked)

    def waited(self) -> PartSeconds:
        """Return the parts as they were waited for."""
        return _parts(self._waited, self._all[0])

    def worked(self, transcriber_seconds: float, judge_seconds: float) -> PartSeconds:
        """Return the parts in processor time, which other programs change little."""
        parts = _parts(self._worked, self._all[1])
        here = parts.rest + parts.transcriber  # what waiting for it took on this side
        return PartSeconds(
            transcriber_seconds, parts.judge + judge_seconds, parts.sound, parts.store, rest=here
        )

    def _timed(self, call: Callable[..., Any], part: str) -> Callable[..., Any]:
        here = threading.get_ident()

        @wraps(call)
        def timed(*args: object, **named: object) -> object:
            if threading.get_ident() != here:
                return call(*args, **named)
            began, worked = time.perf_counter(), time.thread_time()
            try:
                return call(*args, **named)
            finally:
                self._waited[part] = self._waited.get(part, 0.0) + time.perf_counter() - began
                self._worked[part] = self._worked.get(part, 0.0) + time.thread_time() - worked

        return timed


def _parts(known: dict[str, float], whole: float) -> PartSeconds:
    named = {part.name: known.get(part.name, 0.0) for part in fields(PartSeconds) if part.name != "rest"}
    return PartSeconds(**named, rest=whole - sum(named.values()))
