"""The rehearsal as a pure state machine: ``advance(state, event) -> (state, commands)``.

Nothing here touches sound, disk, clock or thread, so a whole mock interview runs in a test. The window
and the terminal show the state; the runner carries the commands out and reports back with events.

    IDLE -> CHECKING -> ASKING -> OPENING -> LISTENING -> SAVING -> ANALYSING -> REVIEW
                          |  no voice ^
                          +-> READING +

An event that does not fit the phase changes nothing: a second click on Stop, or a report that comes late.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from whypm.domain.errors import WhypmError
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Ending, MicrophoneState, Recording
from whypm.sessions.commands import (
    Analyse,
    CheckMicrophone,
    CloseTake,
    Command,
    DropTake,
    KeepTake,
    OpenTake,
    Speak,
    StopVoice,
)
from whypm.sessions.events import (
    Analysed,
    AnalysisFailed,
    Answer,
    Asked,
    Begin,
    DeviceReplaced,
    Event,
    Hush,
    Leave,
    MicrophoneFailed,
    MicrophoneTested,
    QuestionEnded,
    Reanalyse,
    Repeat,
    Stop,
    StorageFailed,
    TakeEnded,
    TakeOpened,
    TakeTooLong,
    VoiceFailed,
)
from whypm.sessions.notices import Notice, empty_notice, ending_notice, grave_notice

SHORTEST_TAKE_SECONDS = 0.25
"""A shorter take that was left holds no word: to react at all takes some 0.23 s (Woods et al. 2015)."""


class Phase(StrEnum):
    """Where the rehearsal stands."""

    IDLE = "idle"
    CHECKING = "checking the microphone"
    ASKING = "asking"
    READING = "waiting until the question has been read"
    OPENING = "opening the microphone"
    LISTENING = "listening"
    SAVING = "saving"
    ANALYSING = "analysing"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The whole state. ``following`` is what happens after a take under way has been set aside."""

    phase: Phase = Phase.IDLE
    asked: Asked | None = None
    session: Session | None = None
    notice: Notice | None = None
    microphone_tested: bool = False
    setting_aside: bool = False
    hushed: bool = False
    """The voice was told to stop and its end has not been reported yet."""
    following: Asked | None = None


Step = tuple[Rehearsal, tuple[Command, ...]]


def advance(state: Rehearsal, event: Event) -> Step:  # noqa: PLR0911 - one return a kind of event
    """Return the next state and what is to be done to get there."""
    match event:
        case Begin() | Repeat() | Leave():
            return _turn(state, event)
        case MicrophoneTested() | MicrophoneFailed():
            return _microphone(state, event)
        case QuestionEnded() | VoiceFailed() | Hush() | Answer():
            return _question(state, event)
        case Stop() if state.phase is Phase.LISTENING:
            return replace(state, phase=Phase.SAVING, notice=None), (CloseTake(),)
        case TakeTooLong() if state.phase is Phase.LISTENING:
            notice = Notice("That was as long as an answer can be, so recording stopped. All of it is kept.")
            return replace(state, phase=Phase.SAVING, notice=notice), (CloseTake(),)
        case TakeOpened() | TakeEnded():
            return _take(state, event)
        case Analysed() | AnalysisFailed() | Reanalyse():
            return _analysis(state, event)
        case DeviceReplaced(missing, used):
            return replace(state, notice=Notice(f"“{missing}” is not there, so “{used}” is used.")), ()
        case StorageFailed():
            return _storage_failed(state, event.error)
        case _:
            return state, ()


def _turn(state: Rehearsal, event: Begin | Repeat | Leave) -> Step:
    """Go to a question, or to rest, from wherever the rehearsal stands, without losing a take."""
    following = _following(state, event)
    if following is None and not isinstance(event, Leave):
        return state, ()
    if state.phase in {Phase.LISTENING, Phase.OPENING, Phase.SAVING}:
        commands: tuple[Command, ...] = (CloseTake(),) if state.phase is Phase.LISTENING else ()
        return replace(state, phase=Phase.SAVING, setting_aside=True, following=following), commands
    if state.phase is Phase.ASKING:
        if state.hushed:
            return replace(state, following=following, setting_aside=True), ()
        return replace(state, hushed=True, following=following, setting_aside=True), (StopVoice(),)
    return _ask(state, following)


def _following(state: Rehearsal, event: Begin | Repeat | Leave) -> Asked | None:
    match event:
        case Begin():
            return event.asked
        case Repeat():
            return state.asked
        case Leave():
            return None


def _ask(state: Rehearsal, asked: Asked | None) -> Step:
    fresh = Rehearsal(asked=asked, microphone_tested=state.microphone_tested, notice=state.notice)
    if asked is None:
        return fresh, ()
    fresh = replace(fresh, notice=None)
    if not state.microphone_tested:
        return replace(fresh, phase=Phase.CHECKING), (CheckMicrophone(),)
    return replace(fresh, phase=Phase.ASKING), (Speak(asked.text),)


def _microphone(state: Rehearsal, event: MicrophoneTested | MicrophoneFailed) -> Step:
    if isinstance(event, MicrophoneFailed):
        if state.phase in {Phase.CHECKING, Phase.OPENING} or _saves_before_opening(state):
            return Rehearsal(asked=state.asked, notice=grave_notice(event.error)), ()
        return state, ()
    if state.phase is not Phase.CHECKING or state.asked is None:
        return state, ()
    # Silence only warns: headsets that gate noise give true zeros until somebody speaks.
    silent = event.check.state is MicrophoneState.SILENT
    faulty = silent or event.check.state is MicrophoneState.CLIPPING
    notice = Notice(event.check.advice, until_heard=silent) if faulty else state.notice
    after = replace(state, phase=Phase.ASKING, microphone_tested=True, notice=notice)
    return after, (Speak(state.asked.text),)


def _saves_before_opening(state: Rehearsal) -> bool:
    return state.phase is Phase.SAVING and state.session is None


def _question(state: Rehearsal, event: QuestionEnded | VoiceFailed | Hush | Answer) -> Step:
    asked = state.asked
    match event, state.phase:
        case QuestionEnded() | VoiceFailed(), Phase.ASKING if state.setting_aside:
            return _ask(state, state.following)
        case QuestionEnded(), Phase.ASKING if asked is not None:
            return replace(state, phase=Phase.OPENING, hushed=False), (OpenTake(asked),)
        case VoiceFailed(error), Phase.ASKING:
            silent = state.notice is not None and state.notice.until_heard  # which matters more
            notice = state.notice if silent else Notice(error.message, error.remedy)
            return replace(state, phase=Phase.READING, notice=notice, hushed=False), ()
        case Hush(), Phase.ASKING if not state.hushed:
            return replace(state, hushed=True), (StopVoice(),)
        case Answer(), Phase.READING if asked is not None:
            return replace(state, phase=Phase.OPENING), (OpenTake(asked),)
        case _:
            return state, ()


def _take(state: Rehearsal, event: TakeOpened | TakeEnded) -> Step:
    match event:
        case TakeOpened(session) if state.phase is Phase.OPENING:
            return replace(state, phase=Phase.LISTENING, session=session), ()
        case TakeOpened(session) if _saves_before_opening(state):
            return replace(state, session=session), (CloseTake(),)
        case TakeEnded(recording) if state.phase in {Phase.LISTENING, Phase.SAVING} and state.session:
            if recording.frames and not (state.setting_aside and recording.seconds < SHORTEST_TAKE_SECONDS):
                return _recorded(state, state.session, recording)
            return _nothing_recorded(state, state.session, recording.ending)
        case _:
            return state, ()


def _recorded(state: Rehearsal, begun: Session, recording: Recording) -> Step:
    """Keep the take, and look at it unless the user went on."""
    session = replace(
        begun,
        duration_seconds=recording.seconds,
        ending=recording.ending,
        dropped_blocks=recording.dropped_blocks,
        state=SessionState.SET_ASIDE if state.setting_aside else SessionState.RECORDED,
    )
    notice = ending_notice(recording.ending) or state.notice
    if state.setting_aside:
        after, commands = _ask(replace(state, notice=notice), state.following)
        return after, (KeepTake(session), *commands)
    after = replace(state, phase=Phase.ANALYSING, session=session, notice=notice)
    return after, (KeepTake(session), Analyse(session))


def _nothing_recorded(state: Rehearsal, begun: Session, ending: Ending) -> Step:
    """Keep no empty take; say so, unless the user went on anyway."""
    if state.setting_aside:
        after, commands = _ask(state, state.following)
        return after, (DropTake(begun.id), *commands)
    tested = state.microphone_tested and ending is Ending.STOPPED
    after = Rehearsal(asked=state.asked, notice=empty_notice(ending), microphone_tested=tested)
    return after, (DropTake(begun.id),)


def _analysis(state: Rehearsal, event: Analysed | AnalysisFailed | Reanalyse) -> Step:
    match event, state.phase:
        case Analysed(session), Phase.ANALYSING if _is(session.id, state.session):
            return replace(state, phase=Phase.REVIEW, session=session), ()
        case AnalysisFailed(error, failed), Phase.ANALYSING if _is(failed, state.session):
            return replace(state, phase=Phase.REVIEW, notice=_unreported(state, error)), ()
        case Reanalyse(), Phase.REVIEW if state.session is not None:
            return replace(state, phase=Phase.ANALYSING, notice=None), (Analyse(state.session),)
        case _:
            return state, ()


def _unreported(state: Rehearsal, error: WhypmError) -> Notice:
    """Why there is no report; what cut the take short comes first, as it is often behind that too."""
    cut = ending_notice(state.session.ending) if state.session is not None else None
    return (
        grave_notice(error)
        if cut is None
        else Notice(f"{cut.message} {error.message}", cut.remedy, grave=True)
    )


def _is(session_id: str, session: Session | None) -> bool:
    return session is not None and session.id == session_id


def _storage_failed(state: Rehearsal, error: WhypmError) -> Step:
    """Without a place to write, no take can begin; one that is on disk already goes on."""
    if state.phase is Phase.OPENING or _saves_before_opening(state):
        return Rehearsal(
            asked=state.asked, microphone_tested=state.microphone_tested, notice=grave_notice(error)
        ), ()
    if state.session is not None and state.session.ending is Ending.DISK_FULL and state.notice is not None:
        return replace(state, notice=replace(state.notice, grave=True)), ()  # it says what to do already
    return replace(state, notice=grave_notice(error)), ()
