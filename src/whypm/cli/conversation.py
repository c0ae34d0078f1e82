"""One rehearsal held in the terminal: the session becomes lines, what the user types becomes intents.

Lines for the eye go to standard error, so that standard output holds the report alone.
"""

import contextlib
import queue
import sys
import threading
from typing import TYPE_CHECKING

from whypm.domain.errors import UsageError, WhypmError
from whypm.domain.session import Session
from whypm.domain.sound import BlocksDropped, LevelHeard
from whypm.domain.transcript import HeardSoFar
from whypm.sessions.engine import Phase, Rehearsal
from whypm.sessions.events import (
    Analysed,
    AnalysisFailed,
    Answer,
    Asked,
    Begin,
    Hush,
    Intent,
    Repeat,
    Stop,
)
from whypm.sessions.notices import Notice
from whypm.sessions.updates import Transcribing, Update
from whypm.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Callable

    from whypm.sessions.runner import RehearsalRunner

_METER_WIDTH = 24
_METER_LINE = 40
"""Columns that the time and the meter take at the most."""


class Typed:
    """A line that the user entered; ``text`` is None when standard input has ended."""

    def __init__(self, text: str | None) -> None:
        self.text = text


class Conversation:
    """Asks one question, listens, and returns the session with its report."""

    def __init__(self, studio: Studio, *, answer_seconds: float | None = None) -> None:
        """``answer_seconds`` ends the answer by itself; without it the user does, with Enter."""
        self._studio = studio
        self._happened: queue.SimpleQueue[Update | Typed | Intent] = queue.SimpleQueue()
        self._runner: RehearsalRunner = studio.runner(self._happened.put)
        self._answer_seconds = answer_seconds
        self._phase = Phase.IDLE
        self._notice: Notice | None = None
        self._alone = False
        self._metered = sys.stderr.isatty()

    def intend(self, intent: Intent) -> None:
        """Do as the user would; safe to call from any thread."""
        self._happened.put(intent)

    @property
    def whole(self) -> bool:
        """Whether everything could be done: nothing grave was told with the report."""
        return self._notice is None or not self._notice.grave

    def hold(self, asked: Asked, *, keyboard: bool) -> Session:
        """Run the rehearsal to its report. Raises the error that ended it early; the take is kept.

        Raises ModelError before anything is asked where no report could be made of the answer.
        """
        _ = self._studio.transcriber
        self._runner.start()
        if keyboard:
            threading.Thread(target=self._read_lines, name="whypm-keyboard", daemon=True).start()
        try:
            self._say(f"\n  {asked.text}\n")
            self._runner.send(Begin(asked))
            while True:
                session = self._take_in(self._happened.get())
                if session is not None:
                    return session
        except KeyboardInterrupt:
            # What was recorded is kept; to wait for its transcription is what the user does not want.
            self._studio.stop_analysing()
            raise
        finally:
            self._wipe_meter()  # whatever is told next stands in a line of its own
            self._runner.close()

    def _take_in(self, happened: Update | Typed | Intent) -> Session | None:
        match happened:
            case Rehearsal():
                return self._changed(happened)
            case LevelHeard():
                self._meter(happened)
                if self._answer_seconds is not None and happened.seconds >= self._answer_seconds:
                    self._runner.send(Stop())
            case BlocksDropped(count):
                self._say(
                    f"The sound system lost {count} block(s) so far; close other programs if this goes on."
                )
            case Typed():
                self._typed(happened.text)
            case Transcribing() | HeardSoFar() | Analysed() | AnalysisFailed():
                pass
            case _:
                self._runner.send(happened)
        return None

    def _typed(self, text: str | None) -> None:
        if text is None:
            self._alone = self._answer_seconds is None
            self._miss_the_user()
            return
        if text.strip().lower() == "r":
            self._runner.send(Repeat())
            return
        enter: dict[Phase, Callable[[], Intent]] = {
            Phase.ASKING: Hush,
            Phase.READING: Answer,
            Phase.LISTENING: Stop,
        }
        if self._phase in enter:
            self._runner.send(enter[self._phase]())

    def _miss_the_user(self) -> None:
        """Give up where only the user could go on, and nobody is there."""
        if self._alone and self._phase in {Phase.READING, Phase.LISTENING}:
            raise UsageError(
                "Standard input has ended, so nobody can say when the answer is finished.",
                "Run this at a keyboard, or give --seconds.",
            )

    def _changed(self, state: Rehearsal) -> Session | None:
        if state.notice is not None and state.notice != self._notice and not _ends_early(state):
            self._say(f"{state.notice.message} {state.notice.remedy}".rstrip())
        self._notice = state.notice
        if state.phase is not self._phase:
            self._phase = state.phase
            self._announce(state.phase)
            self._miss_the_user()
            if state.phase is Phase.READING and self._answer_seconds is not None:
                self._runner.send(Answer())
        if _ends_early(state):
            raise _as_error(state.notice, state.session if state.phase is Phase.REVIEW else None)
        return state.session if state.phase is Phase.REVIEW else None

    def _announce(self, phase: Phase) -> None:
        by_itself = self._answer_seconds is not None
        words = {
            Phase.CHECKING: "Checking the microphone.",
            Phase.ASKING: "Asking aloud." + ("" if by_itself else " Enter skips the voice."),
            Phase.READING: "" if by_itself else "Press Enter when you are ready to answer.",
            Phase.LISTENING: "Listening."
            + ("" if by_itself else " Enter when you have finished; r and Enter to hear the question again."),
            Phase.ANALYSING: "Transcribing on this machine.",
        }
        if words.get(phase):
            self._say(words[phase])

    def _meter(self, heard: LevelHeard) -> None:
        if self._metered and self._phase is Phase.LISTENING:
            bar = "#" * round(min(1.0, heard.level.peak) * _METER_WIDTH)
            print(f"\r  {heard.seconds:5.1f} s  [{bar:<{_METER_WIDTH}}]", end="", file=sys.stderr, flush=True)

    def _say(self, words: str) -> None:
        self._wipe_meter()
        print(words, file=sys.stderr, flush=True)

    def _wipe_meter(self) -> None:
        if self._metered:
            print(f"\r{'':{_METER_LINE}}\r", end="", file=sys.stderr, flush=True)

    def _read_lines(self) -> None:
        # Without standard input, and where what comes is no text, nobody is there.
        with contextlib.suppress(ValueError):
            for line in sys.stdin or ():
                self._happened.put(Typed(line))
        self._happened.put(Typed(None))


def _ends_early(state: Rehearsal) -> bool:
    """Whether there will be no report; the notice is the error then, and told as one."""
    if state.phase is Phase.REVIEW:
        return state.session is not None and state.session.report is None
    return state.phase is Phase.IDLE and state.notice is not None and state.notice.grave


def _as_error(notice: Notice | None, kept: Session | None) -> WhypmError:
    """Return why there is no report, and where the answer is: who just gave it may think that it is lost."""
    told = notice or Notice("There is no report.")
    if kept is None:
        return WhypmError(told.message, told.remedy)
    again = f"Your answer is kept; for its report: 'whypm sessions reanalyse {kept.id}'."
    return WhypmError(told.message, f"{told.remedy} {again}".lstrip())
