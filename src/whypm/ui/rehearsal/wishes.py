"""What the user may want in a rehearsal, and the keys for it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import Qt

from whypm.sessions.engine import Phase


class Wish(StrEnum):
    """An intent, before it is known what it means for the session."""

    BEGIN = "start"
    HUSH = "answer now"
    ANSWER = "start answering"
    STOP = "stop"
    REPEAT = "ask it again"
    START_OVER = "start over"
    NEXT = "next question"
    FOLLOW_UP = "follow-up"
    LEAVE = "leave"
    """A question that is not answered, or a report that is not waited for."""
    REANALYSE = "analyse again"
    BACK = "back to the answer"
    """From a drill to the answer that it came from."""


_BY_KEY: Mapping[Qt.Key, Mapping[Phase, Wish]] = MappingProxyType(
    {
        Qt.Key.Key_Space: {
            Phase.IDLE: Wish.BEGIN,
            Phase.ASKING: Wish.HUSH,
            Phase.READING: Wish.ANSWER,
            Phase.LISTENING: Wish.STOP,
        },
        Qt.Key.Key_Escape: {Phase.ASKING: Wish.HUSH, Phase.READING: Wish.LEAVE},
        Qt.Key.Key_R: {
            Phase.ASKING: Wish.REPEAT,
            Phase.READING: Wish.REPEAT,
            Phase.LISTENING: Wish.REPEAT,
            Phase.REVIEW: Wish.REPEAT,
        },
        Qt.Key.Key_N: {Phase.IDLE: Wish.NEXT, Phase.REVIEW: Wish.NEXT},
        Qt.Key.Key_F: {Phase.REVIEW: Wish.FOLLOW_UP},
    }
)


def wish_for(key: int, phase: Phase) -> Wish | None:
    """Return what this key means in this phase, or None."""
    return _BY_KEY.get(Qt.Key(key), {}).get(phase)
