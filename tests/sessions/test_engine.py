"""The rehearsal's state machine: a whole mock interview without sound, disk or window."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from whypm.domain.errors import DeviceError, StorageError, TranscriptionError, VoiceError
from whypm.domain.feedback import AskedQuestion
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Ending, MicrophoneCheck, MicrophoneState, Recording, SoundLevel
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
from whypm.sessions.engine import Phase, Rehearsal, advance
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
from whypm.sessions.notices import Notice

ASKED = Asked("plain-1", "Why product management?", "why-pm")
OTHER = Asked("plain-2", "Why do you want to be a product manager?", "why-pm")
SESSION = Session(
    id="abc",
    created=datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
    question=AskedQuestion("plain-1", "Why product management?"),
    company=None,
    audio=Path("abc.wav"),
    duration_seconds=0.0,
    state=SessionState.RECORDED,
    ending=Ending.CRASHED,
    dropped_blocks=0,
    opening_seconds=0.1,
    pack="why-pm 1",
    model=None,
    app_version="0",
)
RECORDING = Recording(Path("abc.wav"), 48_000, 480_000, dropped_blocks=1)
FINE = MicrophoneTested(MicrophoneCheck(MicrophoneState.FINE, SoundLevel(0.2, 0.1), "fine"))
FAILED = AnalysisFailed(TranscriptionError("It died."), SESSION.id)
KEPT = replace(SESSION, duration_seconds=10.0, ending=Ending.STOPPED, dropped_blocks=1)
LISTENING: tuple[Event, ...] = (Begin(ASKED), FINE, QuestionEnded(), TakeOpened(SESSION))


def play(*events: Event, state: Rehearsal | None = None) -> tuple[Rehearsal, tuple[Command, ...]]:
    """Return the state after the events, and the commands that the last one gave."""
    now, commands = state or Rehearsal(), ()
    for event in events:
        now, commands = advance(now, event)
    return now, commands


def test_a_whole_rehearsal_goes_from_the_question_to_the_report() -> None:
    steps: tuple[tuple[Event, Phase, tuple[Command, ...]], ...] = (
        (Begin(ASKED), Phase.CHECKING, (CheckMicrophone(),)),
        (FINE, Phase.ASKING, (Speak(ASKED.text),)),
        (QuestionEnded(), Phase.OPENING, (OpenTake(ASKED),)),
        (TakeOpened(SESSION), Phase.LISTENING, ()),
        (Stop(), Phase.SAVING, (CloseTake(),)),
        (TakeEnded(RECORDING), Phase.ANALYSING, (KeepTake(KEPT), Analyse(KEPT))),
        (Analysed(KEPT), Phase.REVIEW, ()),
    )
    state = Rehearsal()
    for event, phase, commands in steps:
        state, given = advance(state, event)
        assert (state.phase, given) == (phase, commands)
        assert state.notice is None
    assert state.session == KEPT


def test_the_microphone_is_tested_before_the_first_question_only() -> None:
    reviewed, _ = play(*LISTENING, Stop(), TakeEnded(RECORDING), Analysed(KEPT))
    state, commands = advance(reviewed, Begin(OTHER))
    assert state.phase is Phase.ASKING
    assert commands == (Speak(OTHER.text),)


@pytest.mark.parametrize("found", [MicrophoneState.SILENT, MicrophoneState.CLIPPING])
def test_a_faulty_microphone_is_told_and_does_not_stop_the_question(found: MicrophoneState) -> None:
    check = MicrophoneCheck(found, SoundLevel(0, 0), "Check its mute switch.")
    state, commands = play(Begin(ASKED), MicrophoneTested(check))
    assert commands == (Speak(ASKED.text),)
    assert state.notice is not None
    assert state.notice.message == "Check its mute switch."
    assert not state.notice.grave


def test_a_quiet_room_is_no_fault() -> None:
    check = MicrophoneCheck(MicrophoneState.QUIET, SoundLevel(0.001, 0), "Your voice hardly stands out.")
    assert play(Begin(ASKED), MicrophoneTested(check))[0].notice is None


def test_without_a_microphone_the_rehearsal_rests_and_says_why() -> None:
    state, commands = play(
        Begin(ASKED), MicrophoneFailed(DeviceError("No microphone was found.", "Plug one in."))
    )
    assert (state.phase, commands) == (Phase.IDLE, ())
    assert state.notice is not None
    assert state.notice.grave
    assert state.notice.remedy == "Plug one in."


def test_a_failed_microphone_is_tested_again_at_the_next_start() -> None:
    failed, _ = play(Begin(ASKED), MicrophoneFailed(DeviceError("No microphone was found.")))
    state, commands = advance(failed, Begin(ASKED))
    assert commands == (CheckMicrophone(),)
    assert state.notice is None


def test_without_a_voice_the_question_is_read_and_recording_waits_for_the_user() -> None:
    state, commands = play(Begin(ASKED), FINE, VoiceFailed(VoiceError("No voice works.")))
    assert (state.phase, commands) == (Phase.READING, ())
    state, commands = advance(state, Answer())
    assert (state.phase, commands) == (Phase.OPENING, (OpenTake(ASKED),))


def test_that_nothing_is_heard_is_told_rather_than_that_there_is_no_voice() -> None:
    silent = MicrophoneTested(MicrophoneCheck(MicrophoneState.SILENT, SoundLevel(0.0, 0.0), "It is mute."))
    state, _ = play(Begin(ASKED), silent, VoiceFailed(VoiceError("There is no voice.")))
    assert state.phase is Phase.READING
    assert state.notice == Notice("It is mute.", until_heard=True)


def test_recording_starts_only_after_a_hushed_voice_has_ended() -> None:
    state, commands = play(Begin(ASKED), FINE, Hush())
    assert (state.phase, commands) == (Phase.ASKING, (StopVoice(),))
    assert advance(state, Hush()) == (state, ())
    state, commands = advance(state, QuestionEnded())
    assert (state.phase, commands) == (Phase.OPENING, (OpenTake(ASKED),))


def test_repeating_while_the_voice_speaks_starts_it_anew_once_it_has_ended() -> None:
    state, commands = play(Begin(ASKED), FINE, Repeat())
    assert commands == (StopVoice(),)
    state, commands = advance(state, QuestionEnded())
    assert (state.phase, commands) == (Phase.ASKING, (Speak(ASKED.text),))


@pytest.mark.parametrize(
    ("intent", "phase", "then"),
    [
        (Repeat(), Phase.ASKING, (Speak(ASKED.text),)),
        (Begin(OTHER), Phase.ASKING, (Speak(OTHER.text),)),
        (Leave(), Phase.IDLE, ()),
    ],
)
def test_a_take_under_way_is_kept_whatever_interrupts_it(
    intent: Event, phase: Phase, then: tuple[Command, ...]
) -> None:
    state, commands = play(*LISTENING, intent)
    assert (state.phase, commands) == (Phase.SAVING, (CloseTake(),))
    state, commands = advance(state, TakeEnded(RECORDING))
    assert state.phase is phase
    assert commands == (KeepTake(replace(KEPT, state=SessionState.SET_ASIDE)), *then)


def test_leaving_while_the_microphone_opens_closes_the_take_that_comes() -> None:
    state, commands = play(Begin(ASKED), FINE, QuestionEnded(), Leave())
    assert (state.phase, commands) == (Phase.SAVING, ())
    state, commands = advance(state, TakeOpened(SESSION))
    assert commands == (CloseTake(),)
    state, commands = advance(state, TakeEnded(RECORDING))
    assert state.phase is Phase.IDLE
    assert isinstance(commands[0], KeepTake)


@pytest.mark.parametrize(("frames", "is_kept"), [(0, False), (11_999, False), (12_000, True)])
def test_a_take_that_was_left_before_a_word_could_be_said_is_not_kept(frames: int, is_kept: bool) -> None:
    opening = (Begin(ASKED), FINE, QuestionEnded(), Leave(), TakeOpened(SESSION))
    state, commands = play(*opening, TakeEnded(replace(RECORDING, frames=frames)))
    assert state == Rehearsal(microphone_tested=True)
    assert (commands == (DropTake(SESSION.id),)) is not is_kept
    assert isinstance(commands[0], KeepTake) is is_kept


def test_a_repeated_question_is_asked_after_an_empty_take_as_well() -> None:
    state, commands = play(*LISTENING, Repeat(), TakeEnded(replace(RECORDING, frames=0)))
    assert state.phase is Phase.ASKING
    assert commands == (DropTake(SESSION.id), Speak(ASKED.text))


@pytest.mark.parametrize(
    ("ending", "words", "grave"),
    [
        (Ending.STOPPED, "before anything was heard", False),
        (Ending.DISK_FULL, "disk is full", True),
        (Ending.DEVICE_LOST, "microphone gave no sound", True),
    ],
)
def test_a_recording_without_a_sample_is_told_and_not_kept(ending: Ending, words: str, grave: bool) -> None:
    state, commands = play(*LISTENING, TakeEnded(replace(RECORDING, frames=0, ending=ending)))
    assert (state.phase, state.asked, state.session) == (Phase.IDLE, ASKED, None)
    assert commands == (DropTake(SESSION.id),)
    assert state.notice is not None
    assert words in state.notice.message
    assert state.notice.grave is grave


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (Ending.DEVICE_LOST, "microphone went away"),
        (Ending.DISK_FULL, "disk is full"),
        (Ending.FAILED, "stopped by itself"),
    ],
)
def test_a_take_that_ends_by_itself_is_kept_told_and_analysed(ending: Ending, words: str) -> None:
    state, commands = play(*LISTENING, TakeEnded(replace(RECORDING, ending=ending)))
    kept = replace(KEPT, ending=ending)
    assert state.phase is Phase.ANALYSING
    assert commands == (KeepTake(kept), Analyse(kept))
    assert state.notice is not None
    assert words in state.notice.message
    assert "kept" in state.notice.message


def test_an_answer_as_long_as_can_be_analysed_is_ended_kept_and_told() -> None:
    state, commands = play(*LISTENING, TakeTooLong(), TakeTooLong())
    assert (state.phase, commands) == (Phase.SAVING, ())
    state, commands = advance(state, TakeEnded(RECORDING))
    assert commands == (KeepTake(KEPT), Analyse(KEPT))
    assert state.notice is not None


def test_the_second_end_of_one_take_changes_nothing() -> None:
    state, _ = play(*LISTENING, TakeEnded(RECORDING))
    assert advance(state, TakeEnded(RECORDING)) == (state, ())


def test_a_failed_analysis_leaves_the_recording_and_can_be_tried_again() -> None:
    state, _ = play(*LISTENING, Stop(), TakeEnded(RECORDING), FAILED)
    assert state.phase is Phase.REVIEW
    assert state.session == KEPT
    state, commands = advance(state, Reanalyse())
    assert (state.phase, commands) == (Phase.ANALYSING, (Analyse(KEPT),))
    assert state.notice is None


def test_a_report_that_comes_after_the_user_went_on_changes_nothing() -> None:
    gone_on, _ = play(*LISTENING, Stop(), TakeEnded(RECORDING), Begin(OTHER))
    assert gone_on.phase is Phase.ASKING
    assert advance(gone_on, Analysed(KEPT)) == (gone_on, ())


def test_an_earlier_answer_whose_analysis_fails_does_not_end_that_of_the_one_after_it() -> None:
    second = replace(SESSION, id="def")
    state, _ = play(*LISTENING, Stop(), TakeEnded(RECORDING), Leave())
    later = (Begin(OTHER), QuestionEnded(), TakeOpened(second), Stop(), TakeEnded(RECORDING))
    state, _ = play(*later, state=state)
    assert advance(state, FAILED) == (state, ())
    state, _ = advance(state, Analysed(replace(KEPT, id="def", state=SessionState.REPORTED)))
    assert (state.phase, state.notice) == (Phase.REVIEW, None)
    assert state.session is not None
    assert state.session.state is SessionState.REPORTED


def test_a_full_disk_is_told_once_and_with_what_to_do() -> None:
    full = replace(RECORDING, ending=Ending.DISK_FULL)
    state, _ = play(
        *LISTENING, TakeEnded(full), StorageFailed(StorageError("The sessions cannot be written."))
    )
    assert state.phase is Phase.ANALYSING
    assert state.notice is not None
    assert state.notice.remedy == "Free some space, then try again."


def test_what_cut_a_take_short_is_still_told_where_it_cannot_be_analysed() -> None:
    state, _ = play(*LISTENING, TakeEnded(replace(RECORDING, ending=Ending.DISK_FULL)), FAILED)
    assert state.phase is Phase.REVIEW
    assert state.notice is not None
    assert state.notice.grave
    assert "disk is full" in state.notice.message
    assert state.notice.message.endswith("It died.")
    assert state.notice.remedy == "Free some space, then try again."


def test_no_take_begins_where_nothing_can_be_written() -> None:
    state, commands = play(
        Begin(ASKED), FINE, QuestionEnded(), StorageFailed(StorageError("The disk is full."))
    )
    assert (state.phase, commands) == (Phase.IDLE, ())
    assert state.notice is not None
    assert state.notice.grave


def test_a_storage_fault_while_listening_does_not_stop_the_recording() -> None:
    state, commands = play(*LISTENING, StorageFailed(StorageError("The disk is full.")))
    assert (state.phase, commands) == (Phase.LISTENING, ())


def test_a_replaced_device_is_named() -> None:
    state, _ = play(Begin(ASKED), DeviceReplaced("Blue Yeti", "Built-in"), FINE)
    assert state.notice is not None
    assert "Blue Yeti" in state.notice.message


@pytest.mark.parametrize(
    "event", [Stop(), Hush(), Answer(), Repeat(), Reanalyse(), QuestionEnded(), TakeEnded(RECORDING)]
)
def test_what_does_not_fit_an_idle_rehearsal_changes_nothing(event: Event) -> None:
    assert advance(Rehearsal(), event) == (Rehearsal(), ())


def test_stopping_twice_closes_the_take_once() -> None:
    state, commands = play(*LISTENING, Stop(), Stop())
    assert (state.phase, commands) == (Phase.SAVING, ())
