"""What a recorder told, as the tests of it wait for it."""

from collections.abc import Callable

from event_diary import EventDiary
from whypm.domain.sound import LevelHeard, RecorderEvent, Recording, RecordingEnded

RecorderDiary = EventDiary[RecorderEvent]


def heard(seconds: float) -> Callable[[RecorderEvent], bool]:
    """Whether the recorder has got so far."""
    return lambda event: isinstance(event, LevelHeard) and event.seconds >= seconds


def ending(diary: RecorderDiary) -> Recording:
    """Wait for the recording's end and return what came of it."""
    event = diary.until(lambda event: isinstance(event, RecordingEnded))
    assert isinstance(event, RecordingEnded)
    return event.recording
