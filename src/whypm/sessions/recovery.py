"""Takes that a crash left open: repaired and kept at the next start."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from whypm.audio.recording_file import HEADER_BYTES, repair
from whypm.domain.errors import SoundFileError
from whypm.domain.session import Session
from whypm.sessions.store import SessionStore

_log = logging.getLogger(__name__)
_STILL_WRITTEN = timedelta(seconds=10)
"""A file that changed this lately is being recorded by another window: that writes many times a second."""


def being_recorded(session: Session, now: datetime) -> bool:
    """Whether a window records this session, or is about to: its file is fresh, or its row before that."""
    if not session.is_open or session.audio is None:
        return False
    try:
        changed = datetime.fromtimestamp(session.audio.stat().st_mtime, tz=now.tzinfo)
    except OSError:
        changed = session.created
    return abs(now - changed) < _STILL_WRITTEN  # a clock that was set back must not hide it for long


def recover_takes(store: SessionStore, now: Callable[[], datetime]) -> tuple[Session, ...]:
    """Repair what a crash left open and return the sessions that hold sound again.

    A take that never got a sample is removed. One that holds sound and cannot be repaired now is left as it
    is, for the next start: a full disk or a missing permission must not cost it. Raises StorageError.
    """
    recovered = []
    for session in store.unfinished():
        if being_recorded(session, now()):
            continue
        try:
            if session.audio is None or not _holds_sound(session.audio):
                store.delete(session.id)
                continue
            recording = repair(session.audio)
        except (OSError, SoundFileError) as error:
            _log.warning("A take is left as a crash left it: %s", error)
            continue
        whole = replace(session, duration_seconds=recording.seconds)
        store.keep(whole)
        recovered.append(whole)
    return tuple(recovered)


def _holds_sound(audio: Path) -> bool:
    """Whether the file is there and holds a sample. Raises OSError where that cannot be told now."""
    try:
        return audio.stat().st_size > HEADER_BYTES + 1
    except FileNotFoundError:
        return False
