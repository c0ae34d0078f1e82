"""The desk behind the window: opens the studio, joins it to the pages, and clears all away at the end."""

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from whypm.domain.errors import SessionNotFoundError, WhypmError
from whypm.settings import Settings
from whypm.ui.desks.bridge import Bridge
from whypm.ui.desks.edit_history import Edits
from whypm.ui.desks.opening import Opened, Wanted, open_studio, warm_up
from whypm.ui.desks.operation import Operations
from whypm.ui.desks.playback import Playback
from whypm.ui.desks.rehearsal_desk import RehearsalDesk
from whypm.ui.desks.sessions_desk import SessionsDesk
from whypm.ui.desks.settings_desk import SettingsDesk
from whypm.ui.desks.transcript_desk import TranscriptDesk
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.style.look import Look
from whypm.ui.widgets.state_dot import Standing

if TYPE_CHECKING:
    from whypm.studio import Studio


class Desk(QObject):
    """``open`` once the window is shown; ``close`` when it has gone."""

    def __init__(self, window: MainWindow, look: Look, wanted: Wanted) -> None:
        super().__init__()
        self._window = window
        self._look = look
        self._wanted = wanted
        self._bridge = Bridge()
        self.operations = Operations(self._bridge, self.complain)
        self._opened: Opened | None = None
        self._closing = threading.Event()
        self._told: tuple[WhypmError, ...] = ()
        """What was refused while opening, and why the model could not be loaded: one notice for all."""
        self._cold_fault: WhypmError | None = None
        self._rehearsal: RehearsalDesk | None = None
        self._sessions: SessionsDesk | None = None
        self._settings: SettingsDesk | None = None
        self._transcripts: list[TranscriptDesk] = []
        window.rehearse.retry.connect(self.open)

    @property
    def ready(self) -> bool:
        """Whether the studio is open."""
        return self._rehearsal is not None

    def open(self) -> None:
        """Begin to get ready behind the scene."""
        self._window.navigation.show_state(Standing.UNDER_WAY, "Getting ready")
        self._window.notice.clear()
        self._window.rehearse.show_opening()  # and no way to ask for it twice
        self.operations.run(self._open, self._take_over, self._not_opened)

    def close(self) -> None:
        """Keep a take under way, end every thread and child process. Blocks for as long as that takes."""
        self._bridge.close()
        self._closing.set()
        opened = self._opened
        if self._settings is not None:
            self._settings.give_up()
        if self._sessions is not None:
            self._sessions.give_up()
        if opened is not None:
            opened.studio.stop_analysing()
            opened.runner.close()
        self.operations.close()
        late = self._opened
        if late is not None:
            if late is not opened:  # it was still being opened when the window went
                late.runner.close()
            late.studio.close()

    def complain(self, error: WhypmError) -> None:
        """Say what went wrong."""
        if isinstance(error, SessionNotFoundError) and self._sessions is not None:
            # Whatever the window asks for was in its list.
            self._window.notice.say("That session was deleted meanwhile.", "The list is read again.")
            self._sessions.refresh()
            return
        self._window.notice.say(error.message, error.remedy, grave=True)

    def _tell_together(self, faults: Iterable[WhypmError]) -> None:
        """Say several things at once, or nothing: a notice takes the place of the one before."""
        self._told = tuple(faults)
        if self._told:
            remedies = dict.fromkeys(fault.remedy for fault in self._told if fault.remedy)
            message = "\n".join(fault.message for fault in self._told)
            self._window.notice.say(message, "\n".join(remedies), grave=True)
        else:
            self._window.notice.clear()

    def _still_told(self) -> list[WhypmError]:
        """What of it stands in the notice now, neither dismissed nor followed by another."""
        return [fault for fault in self._told if fault.message in self._window.notice.text]

    def _open(self) -> Opened:
        # Noted here and not on arrival: a window that closes meanwhile has to end it all the same.
        self._opened = open_studio(self._wanted, self._bridge.post)
        return self._opened

    def _not_opened(self, error: WhypmError) -> None:
        self.complain(error)
        self._window.navigation.show_state(Standing.WRONG, "Not ready", str(error))
        self._window.rehearse.show_unready()

    def _take_over(self, opened: Opened) -> None:
        studio, window = opened.studio, self._window
        playback = Playback(
            lambda: studio.player, studio.chosen_speaker, self.operations, self._bridge, self.complain
        )
        self._rehearsal = RehearsalDesk(opened, window, self.operations, self._bridge, playback)
        self._sessions = SessionsDesk(studio, window, self.operations, self._bridge, playback)
        self._settings = SettingsDesk(studio, window, self.operations, self._bridge, playback)
        self._settings.settings_changed.connect(self._settings_changed)
        self._settings.model_changed.connect(self._warm_up)
        self._join_transcripts(studio, self._rehearsal, self._sessions)
        self._rehearsal.taking.connect(self._sessions.show_taking)
        self._rehearsal.taking.connect(self._settings.show_taking)
        self._rehearsal.kept.connect(lambda: self._went(window.place, again=True))
        self._rehearsal.reported.connect(self._sessions.show_changed)
        self._rehearsal.awaited.changed.connect(window.sessions.show_awaited)
        self._sessions.analysed.connect(self._rehearsal.show_changed)
        self._rehearsal.chosen.connect(self._settings.change)
        self._sessions.practise.connect(self._rehearsal.practise)
        window.hush.connect(playback.stop)
        window.place_changed.connect(self._went)
        self._went(window.place)
        if opened.faults:
            self._tell_together(opened.faults)
        self._warm_up()

    def _join_transcripts(self, studio: "Studio", rehearsal: RehearsalDesk, sessions: SessionsDesk) -> None:
        """Let words be put right on both pages; what changes on one is shown on the other."""
        edits = Edits()
        for desk, page in ((rehearsal, self._window.rehearse), (sessions, self._window.sessions)):
            words = page.feedback.recording.words
            transcript = TranscriptDesk(studio, words, self.operations, edits, self.complain)
            self._transcripts.append(transcript)
            desk.shown.connect(transcript.take)
            transcript.drafted.connect(self._window.show_draft)
            sessions.deleted.connect(transcript.forget)
            for source in (desk, transcript):
                source.changed.connect(rehearsal.show_changed)
                source.changed.connect(sessions.show_changed)

    def _went(self, place: Place, *, again: bool = False) -> None:
        """Read what the page shows; ``again`` when only the sessions have changed."""
        if place is Place.SESSIONS and self._sessions is not None:
            self._sessions.refresh()
        if place is Place.SETTINGS and self._settings is not None and not again:
            self._settings.refresh()
        if place is not Place.SETTINGS and self._settings is not None:
            self._settings.let_go()

    def _settings_changed(self, settings: Settings) -> None:
        self._look.wear(
            settings.theme, reduce_motion=settings.reduce_motion, text_percent=settings.text_percent
        )

    def _warm_up(self) -> None:
        if self._opened is None:
            return
        studio = self._opened.studio
        self._window.navigation.show_state(Standing.UNDER_WAY, "Loading the model")
        self.operations.run(lambda: warm_up(studio, self._closing), self._warm, self._cold)

    def _warm(self, model: str) -> None:
        standing = self._still_told()
        if self._cold_fault in standing:
            self._tell_together(fault for fault in standing if fault is not self._cold_fault)
        self._cold_fault = None
        self._window.navigation.show_state(Standing.READY, "Ready", f"Whisper {model}, on this machine")

    def _cold(self, error: WhypmError) -> None:
        self._window.navigation.show_state(Standing.WRONG, "No transcription yet", str(error))
        self._tell_together(
            [*(fault for fault in self._still_told() if fault is not self._cold_fault), error]
        )
        self._cold_fault = error
