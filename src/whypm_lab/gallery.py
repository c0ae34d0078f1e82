"""The window as it is pictured: fed by hand, so that each picture shows the same moment every time."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from whypm.domain.errors import DeviceError
from whypm.domain.feedback import AskedQuestion
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Device, Ending, LevelHeard, SoundLevel
from whypm.places import find_places
from whypm.sessions.answered import answered
from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.events import Asked
from whypm.settings import Settings
from whypm.studio import Studio
from whypm.ui.desks.models_desk import read_models
from whypm.ui.desks.review import read_take
from whypm.ui.frame.key_sheet import KeySheet
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.frame.navigation import Place
from whypm.ui.report.feedback_content import read_report
from whypm.ui.report.feedback_view import FeedbackView, Stretch
from whypm.ui.style.fonts import load_fonts
from whypm.ui.style.look import Look
from whypm.ui.widgets.state_dot import Standing
from whypm_lab.shown_answers import ShownAnswers

_WIDE = (1080, 760)
_NARROW = (720, 560)
_SHAPE = (0.25, 0.5)
_MISHEARD, _SAID = "pre-abilled", "built"
"""A word that the default model misunderstands in the demo's reply, and what was said."""


class Gallery:
    """The window with a reviewed demo, and one method a picture."""

    def __init__(self, app: QApplication, studio: Studio, session: Session) -> None:
        self._app = app
        self._studio = studio
        self._session = session
        self._pack = studio.pack_of(session)
        review = read_take(studio, session)
        if review.feedback is None:
            raise SystemExit("The session in that data folder has no report.")
        self._feedback = review.feedback
        self._peaks = review.peaks
        self._answers = ShownAnswers(studio.analyst, self._pack, session.question)
        self._asked = Asked(session.question.id, session.question.text or "", self._pack.id)
        load_fonts(studio.places.assets / "fonts")
        self._look = Look(app)

    def pictures(self) -> Iterator[tuple[str, MainWindow]]:
        """Yield a name and the window as it then stands."""
        scenes: dict[str, Callable[[MainWindow], None]] = {
            "ready": lambda window: self._rehearse(window, Phase.IDLE),
            "asking": lambda window: self._rehearse(window, Phase.ASKING),
            "listening": self._listening,
            "live-text": self._live_text,
            "analysing": self._analysing,
            "feedback": self._review,
            "feedback-advice": self._advice,
            "feedback-checklist": lambda window: self._review(window, 330),
            "feedback-build": lambda window: self._review(window, 1060),
            "feedback-timing": lambda window: self._review(window, 1240),
            "feedback-pace": self._pace,
            "feedback-transcript": self._playing,
            "correct-word": self._correct_word,
            "correct-text": self._correct_text,
            "corrected": self._corrected,
            "drill": self._drill,
            "sessions": self._sessions,
            "sessions-pace": self._sessions_pace,
            "compare": self._compare,
            "settings": self._settings,
            "settings-models": lambda window: self._settings(window, 560),
            "notice": self._notice,
            "keys": self._keys,
            "narrow": self._narrow,
            "narrow-feedback": self._narrow_feedback,
            "narrow-pace": self._narrow_pace,
            "narrow-sessions": self._narrow_sessions,
        }
        for theme in ("light", "dark"):
            self._look.wear(theme, reduce_motion=True)
            for name, scene in scenes.items():
                window = MainWindow(self._look)
                window.resize(*_WIDE)
                band = self._pack.band("length")
                if band is not None:
                    window.rehearse.show_target(band.good_low, band.good_high)
                window.navigation.show_state(Standing.READY, "Ready")
                window.show()
                scene(window)
                self._settle()
                yield f"{name}-{theme}", window
                window.close()
                window.deleteLater()
                self._settle()

    def _settle(self) -> None:
        for _ in range(5):
            self._app.processEvents()
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _rehearse(self, window: MainWindow, phase: Phase) -> None:
        window.rehearse.show_upcoming(self._asked)
        window.rehearse.show_state(Rehearsal(phase, asked=self._asked, session=self._session))
        window.navigation.show_recording(phase is Phase.LISTENING)

    def _listening(self, window: MainWindow) -> None:
        self._rehearse(window, Phase.LISTENING)
        window.rehearse.show_level(LevelHeard(SoundLevel(*reversed(_SHAPE)), 47.3))

    def _live_text(self, window: MainWindow) -> None:
        self._listening(window)
        window.rehearse.room.live.show_choice(on=True)
        window.rehearse.show_heard(self._answers.heard())

    def _analysing(self, window: MainWindow) -> None:
        self._rehearse(window, Phase.ANALYSING)
        window.rehearse.show_progress(0.6)

    def _review(self, window: MainWindow, scroll: int = 0) -> None:
        self._rehearse(window, Phase.REVIEW)
        window.rehearse.show_feedback(self._feedback, self._session.duration_seconds, playable=True)
        window.rehearse.feedback.recording.show_peaks(self._peaks)
        self._settle()
        window.rehearse.feedback.verticalScrollBar().setValue(scroll)

    def _advice(self, window: MainWindow) -> None:
        self._rehearse(window, Phase.REVIEW)
        window.rehearse.show_feedback(self._answers.thin(), 0.0, playable=False)

    def _drill(self, window: MainWindow) -> None:
        self._rehearse(window, Phase.REVIEW)
        window.rehearse.show_feedback(self._answers.drilled(), 0.0, playable=False, has_origin=True)

    def _compare(self, window: MainWindow) -> None:
        kept = self._kept()
        window.go(Place.SESSIONS)
        window.sessions.show_sessions(kept)
        window.sessions.show_comparison()
        window.sessions.comparison.show_comparison(self._answers.compared(kept[0], kept[2]))

    def _playing(self, window: MainWindow) -> None:
        self._review(window, 100_000)
        window.rehearse.feedback.show_playback(Stretch(0.0), 21.4)

    def _pace(self, window: MainWindow) -> None:
        self._review(window)
        section = window.rehearse.feedback.course
        self._scroll_to_pace(window.rehearse.feedback)
        section.chart.setFocus()
        for _ in range(4):
            QTest.keyClick(section.chart, Qt.Key.Key_Right)

    def _correct_word(self, window: MainWindow) -> None:
        self._review(window, 100_000)
        transcript = window.rehearse.feedback.recording.words.transcript
        transcript.setTextCursor(transcript.document().find(_MISHEARD))
        transcript.edit_words()

    def _correct_text(self, window: MainWindow) -> None:
        self._review(window)
        words = window.rehearse.feedback.recording.words
        words.edit(self._put_right(words.transcript.spoken_text))
        self._settle()
        window.rehearse.feedback.verticalScrollBar().setValue(100_000)

    def _corrected(self, window: MainWindow) -> None:
        report = self._session.report
        if report is None:
            raise SystemExit("The session in that data folder has no report.")
        recognised = report.transcript.text
        task = answered(self._session, lambda _: self._pack, self._studio.store)
        edited = self._studio.analyst.edit(report, self._put_right(recognised), task)
        self._rehearse(window, Phase.REVIEW)
        feedback = read_report(edited, self._pack, recognised=recognised)
        window.rehearse.show_feedback(feedback, self._session.duration_seconds, playable=True)
        recording = window.rehearse.feedback.recording
        recording.show_peaks(self._peaks)
        recording.words.note.show_history(undo=True, redo=False)
        self._settle()
        window.rehearse.feedback.verticalScrollBar().setValue(100_000)

    def _put_right(self, text: str) -> str:
        return text.replace(_MISHEARD, _SAID)

    def _sessions(self, window: MainWindow) -> None:
        window.go(Place.SESSIONS)
        window.sessions.show_sessions(self._kept())
        window.sessions.table.selectRow(0)
        window.sessions.show_take(self._session, self._feedback, playable=True)
        window.sessions.feedback.recording.show_peaks(self._peaks)

    def _sessions_pace(self, window: MainWindow) -> None:
        self._sessions(window)
        self._settle()
        self._scroll_to_pace(window.sessions.feedback)

    def _scroll_to_pace(self, view: FeedbackView) -> None:
        view.verticalScrollBar().setValue(view.course.y())

    def _kept(self) -> list[Session]:
        texts = [question.text for question in self._pack.questions if not question.names_company][:6]
        kept = [self._session]
        for number, text in enumerate(texts):
            created = self._session.created - timedelta(days=number + 1, minutes=37 * number)
            state = SessionState.SET_ASIDE if number == 1 else SessionState.REPORTED
            older = replace(
                self._session,
                id=f"older{number}",
                created=created,
                question=AskedQuestion(None, text),
                duration_seconds=41.0 + 9 * number,
                state=SessionState.RECORDED if number == 3 else state,
                ending=Ending.CRASHED if number == 3 else Ending.STOPPED,
            )
            kept.append(older)
        return kept

    def _settings(self, window: MainWindow, scroll: int = 0) -> None:
        window.go(Place.SETTINGS)
        page = window.settings
        microphones = (Device(0, "Built-in Audio Analogue Stereo", "ALSA", 2, 48_000, default=True),)
        page.sound.show_devices(microphones, microphones)
        page.show_settings(Settings())
        page.show_packs([(self._pack.id, self._pack.title)], self._pack.id)
        page.show_folder(find_places().data)
        page.models.show_models(read_models(self._studio.shelf, None))
        if scroll:
            page.models.rows["small.en"].show_progress(211_000_000, 486_000_000)
        self._settle()
        page.verticalScrollBar().setValue(scroll)

    def _notice(self, window: MainWindow) -> None:
        self._rehearse(window, Phase.IDLE)
        error = DeviceError("No microphone was found.", "Plug one in, then try again.")
        window.notice.say(error.message, error.remedy, grave=True)

    def _keys(self, window: MainWindow) -> None:
        self._rehearse(window, Phase.IDLE)
        sheet = KeySheet(window)
        sheet.open()
        self._settle()
        sheet.move(window.geometry().center() - sheet.rect().center())

    def _narrow(self, window: MainWindow) -> None:
        window.resize(*_NARROW)
        text = (
            "You have been a data analyst for six years, and by all accounts a good one. Why, of all the "
            "things that you could do next, do you want to become a product manager, and why with us?"
        )
        self._asked = replace(self._asked, text=text)
        self._listening(window)
        self._asked = replace(self._asked, text=self._session.question.text or "")

    def _narrow_feedback(self, window: MainWindow) -> None:
        window.resize(*_NARROW)
        self._review(window)

    def _narrow_pace(self, window: MainWindow) -> None:
        self._narrow_feedback(window)
        self._scroll_to_pace(window.rehearse.feedback)

    def _narrow_sessions(self, window: MainWindow) -> None:
        window.resize(*_NARROW)
        window.go(Place.SESSIONS)
        window.sessions.show_sessions(self._kept())
