"""The interviewer: says a question aloud and reports when its last sample has left the speaker."""

import threading
from collections.abc import Callable

from whypm.audio.player import Player
from whypm.domain.errors import DeviceError, VoiceError, WhypmError
from whypm.domain.sound import Device, PlaybackEnded, PlaybackEnding, PlayerEvent
from whypm.sessions.events import QuestionEnded, VoiceFailed
from whypm.voice.speaker import Speaker

Listener = Callable[[QuestionEnded | VoiceFailed], None]


class Interviewer:
    """Renders with ``speaker``, plays with ``player``; one question at a time."""

    def __init__(self, speaker: Speaker, player: Player) -> None:
        self._speaker = speaker
        self._player = player
        self._hushed = threading.Event()

    def get_ready(self) -> None:
        """Expect a question: from now on, ``hush`` is meant for it, even before it is begun."""
        self._hushed.clear()

    def ask(
        self,
        text: str,
        listener: Listener,
        *,
        voice: str | None,
        words_per_minute: int,
        device: Device | None,
    ) -> None:
        """Say ``text``; blocks while the voice renders, then plays in the background.

        ``listener`` gets exactly one event: ``QuestionEnded`` when the sound has ended or was hushed, or
        ``VoiceFailed`` when no voice or no speaker works. Where it was hushed since ``get_ready``, nothing is
        said and ``QuestionEnded`` comes at once.
        """
        if self._hushed.is_set():
            listener(QuestionEnded())
            return
        try:
            file = self._speaker.render(text, voice=voice, words_per_minute=words_per_minute)
            if self._hushed.is_set():
                listener(QuestionEnded())
                return
            self._player.play(file, device, lambda event: self._played(event, listener))
            if self._hushed.is_set():
                self._player.stop()
        except WhypmError as error:
            hushed = self._hushed.is_set() and isinstance(error, VoiceError)
            listener(QuestionEnded() if hushed else VoiceFailed(error))

    def hush(self) -> None:
        """Stop to render or to play; the listener of ``ask`` gets its event."""
        self._hushed.set()
        self._speaker.cancel()
        self._player.stop()

    @staticmethod
    def _played(event: PlayerEvent, listener: Listener) -> None:
        match event:
            case PlaybackEnded(PlaybackEnding.DEVICE_LOST):
                listener(
                    VoiceFailed(DeviceError("The speaker went away.", "Read the question from the screen."))
                )
            case PlaybackEnded():
                listener(QuestionEnded())
            case _:
                pass
