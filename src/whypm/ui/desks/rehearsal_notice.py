"""The notice of a rehearsal in the bar at the top: told once, and taken away when it is over."""

from collections.abc import Callable

from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.notices import Notice
from whypm.ui.frame.notice_bar import NoticeBar


class RehearsalNotice:
    """Shows in the ``bar`` what a rehearsal has to say; ``speaks``: whether the user wants a voice."""

    def __init__(self, bar: NoticeBar, speaks: Callable[[], bool]) -> None:
        self._bar = bar
        self._speaks = speaks
        self._shown: Notice | None = None
        self._untold: Notice | None = None
        """What is not to be told, now or later in the answer: that there is no voice, where the user chose
        so, or that the microphone is silent, once it was heard."""

    def show(self, before: Phase, state: Rehearsal) -> None:
        """Show the notice of another state, or none; ``before`` is the phase that it came from."""
        reads = state.phase is Phase.READING and before is not Phase.READING
        if state.notice is None:
            self._untold = None
        elif reads and not (self._speaks() or state.notice.until_heard):
            self._untold = state.notice
        notice = state.notice if state.notice != self._untold else None
        if notice == self._shown:
            return
        if notice is not None:
            self._bar.say(notice.message, notice.remedy, grave=notice.grave)
        elif self._shown is not None and self._bar.text.startswith(self._shown.message):
            self._bar.clear()
        self._shown = notice

    def show_heard(self, state: Rehearsal) -> None:
        """Say no more that the microphone is silent: sound has come from it."""
        if self._shown is not None and self._shown.until_heard:
            self._untold = self._shown
            self.show(state.phase, state)
