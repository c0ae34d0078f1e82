"""Playing a recording to the user, with the place that is heard going back to the view that asked."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from whypm.domain.errors import DeviceError, WhypmError
from whypm.domain.sound import Device, PlaybackEnded, PlaybackEnding, PlaybackMoved, PlayerEvent
from whypm.ui.desks.bridge import Bridge
from whypm.ui.desks.operation import Operations
from whypm.ui.report.feedback_view import FeedbackView, Stretch

if TYPE_CHECKING:
    from whypm.audio.player import Player

_SPEAKER_LOST = DeviceError("The speaker went away.", "Plug it in again, or choose another one in Settings.")


@dataclass(frozen=True, slots=True)
class _Heard:
    ticket: int
    event: PlayerEvent


class Playback:
    """One sound at a time; what was heard before falls silent."""

    def __init__(
        self,
        player: Callable[[], "Player"],
        speaker: Callable[[], Device | None],
        operations: Operations,
        bridge: Bridge,
        on_failure: Callable[[WhypmError], None],
    ) -> None:
        """``player`` and ``speaker`` are asked in the background; the speaker may raise DeviceError."""
        self._player = player
        self._speaker = speaker
        self._operations = operations
        self._bridge = bridge
        self._on_failure = on_failure
        self._ticket = 0
        self._view: FeedbackView | None = None
        self._stretch: Stretch | None = None
        self._one_at_a_time = threading.Lock()
        bridge.receive(_Heard, self._heard)

    @property
    def playing(self) -> bool:
        """Whether something is heard, or about to be."""
        return self._stretch is not None

    def play(self, sound: Path, stretch: Stretch, view: FeedbackView | None) -> None:
        """Play a stretch of a recording and show in ``view`` where it is."""
        self._leave_view()
        self._ticket += 1
        ticket = self._ticket
        self._view, self._stretch = view, stretch
        self._show(stretch.start)
        self._operations.run(lambda: self._start(ticket, sound, stretch), lambda _: None, self._failed)

    def stop(self) -> None:
        """Fall silent."""
        if self.playing:
            self._leave_view()
            self._ticket += 1
            self._operations.run(self._silence, lambda _: None)

    def _start(self, ticket: int, sound: Path, stretch: Stretch) -> None:
        with self._one_at_a_time:
            if ticket != self._ticket:
                return  # meanwhile something else was asked for
            self._player().play(
                sound,
                self._speaker(),
                lambda event: self._bridge.post(_Heard(ticket, event)),
                stretch.start,
                stretch.end,
            )

    def _silence(self) -> None:
        with self._one_at_a_time:
            self._player().stop()

    def _heard(self, value: object) -> None:
        if not isinstance(value, _Heard) or value.ticket != self._ticket:
            return
        match value.event:
            case PlaybackMoved(seconds):
                self._show(seconds)
            case PlaybackEnded(ending):
                self._leave_view()
                if ending is PlaybackEnding.DEVICE_LOST:
                    self._on_failure(_SPEAKER_LOST)

    def _failed(self, error: WhypmError) -> None:
        self._leave_view()
        self._on_failure(error)

    def _show(self, seconds: float) -> None:
        if self._view is not None:
            self._view.show_playback(self._stretch, seconds)

    def _leave_view(self) -> None:
        if self._view is not None:
            self._view.show_playback(None, None)
        self._view, self._stretch = None, None
