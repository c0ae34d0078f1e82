"""Takes that a crash left open: repaired and kept at the next start."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from whypm.audio.recording_file import repair
from whypm.domain.errors import SoundFileError
from whypm.domain.session import Session
from whypm.sessions.store import SessionStore

_STILL_WRITTEN = timedelta(seconds=10)
"""A file that changed this lately is being recorded by another window: that writes many times a second."""


def recover_takes(store: SessionStore, now: Callable[[], datetime]) -> tuple[Session, ...]:
    """Repair what a crash left open and return the sessions that hold sound again.

    A take that never got a sample is removed. Raises StorageError.
    """
    recovered = []
    for session in store.unfinished():
        if session.audio is None or not session.audio.is_file():
            store.delete(session.id)
            continue
        changed = datetime.fromtimestamp(session.audio.stat().st_mtime, tz=now().tzinfo)
        if now() - changed < _STILL_WRITTEN:
            continue
        try:
            recording = repair(session.audio)
        except SoundFileError:
            recording = None
        if recording is None or recording.frames == 0:
            store.delete(session.id)
            continue
        whole = replace(session, duration_seconds=recording.seconds)
        store.keep(whole)
        recovered.append(whole)
    return tuple(recovered)
