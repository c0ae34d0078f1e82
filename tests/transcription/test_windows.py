import random
from itertools import pairwise

import numpy as np
import pytest

from whypm.domain.transcript import Span
from whypm.transcription.voice.voicing import FRAME_SECONDS, SAMPLE_RATE, VoiceFinder, voiced_spans
from whypm.transcription.windows.window_plan import (
    END_SECONDS,
    LONGEST_SECONDS,
    PADDING_SECONDS,
    Window,
    WindowPlan,
)


def probabilities(*runs: tuple[float, float]) -> np.ndarray:
    """Frames from (seconds, probability) runs."""
    return np.concatenate([np.full(round(seconds / FRAME_SECONDS), value) for seconds, value in runs])


def speech(seed: int, seconds: float) -> tuple[Span, ...]:
    """Stretches of 0.2-6 s with pauses of 0.1-4 s, as people speak."""
    source = random.Random(seed)
    spans, at = [], source.uniform(0.0, 2.0)
    while (end := at + source.uniform(0.2, 6.0)) < seconds:
        spans.append(Span(at, end))
        at = end + source.choice([0.1, 0.2, 0.5, 1.0, 4.0])
    return tuple(spans)


def plan_windows(voiced: tuple[Span, ...], duration_seconds: float) -> tuple[Window, ...]:
    """Return the windows that hold every voiced stretch of a recording once; none where nobody spoke."""
    plan = WindowPlan()
    windows = plan.settled(voiced, duration_seconds)
    last = plan.last(voiced, duration_seconds)
    return (*windows, last) if last else tuple(windows)


def test_voice_is_found_between_its_borders() -> None:
    frames = probabilities((0.96, 0.02), (1.28, 0.9), (0.96, 0.1))
    assert voiced_spans(frames, 3.2) == (Span(pytest.approx(0.96), pytest.approx(2.24)),)


def test_a_click_is_no_voice_and_a_closure_is_no_pause() -> None:
    frames = probabilities((0.64, 0.0), (0.064, 0.9), (0.64, 0.0), (0.32, 0.9), (0.064, 0.1), (0.32, 0.9))
    assert len(voiced_spans(frames, 5.0)) == 1


def test_a_doubtful_frame_keeps_a_voice_and_starts_none() -> None:
    assert len(voiced_spans(probabilities((0.5, 0.9), (0.5, 0.4), (0.5, 0.9)), 1.5)) == 1
    assert voiced_spans(probabilities((3.0, 0.4)), 3.0) == ()


def test_a_voice_to_the_very_end_ends_with_the_recording() -> None:
    (span,) = voiced_spans(probabilities((1.0, 0.9)), 0.9)
    assert span.end == 0.9


@pytest.mark.parametrize("seed", range(20))
def test_windows_hold_every_voiced_stretch_once_and_none_is_too_long(seed: int) -> None:
    voiced = speech(seed, 300.0)
    windows = plan_windows(voiced, 300.0)
    assert tuple(span for window in windows for span in window.voiced) == voiced
    assert all(window.seconds <= LONGEST_SECONDS + 0.01 for window in windows)
    for window in windows:
        assert all(before.end <= after.start for before, after in pairwise(window.pieces))
    for before, after in pairwise(windows):
        assert before.pieces[-1].end <= after.voiced[0].start
        assert before.voiced[-1].end <= after.pieces[0].start


@pytest.mark.parametrize("seed", range(10))
def test_windows_planned_frame_by_frame_are_those_of_the_whole_recording(seed: int) -> None:
    """So a window can be read while the answer is still being given."""
    source = np.random.default_rng(seed)
    runs = [
        (source.choice([0.06, 0.1, 0.3, 0.45, 0.7, 1.4, 4.0, 12.0]), source.choice([0.0, 0.4, 0.9]))
        for _ in range(90)
    ]
    frames = probabilities(*runs)
    duration = len(frames) * FRAME_SECONDS
    finder, plan = VoiceFinder(), WindowPlan()
    planned: list[Window] = []
    for count in range(len(frames)):
        finder.hear(frames[count : count + 1])
        voiced = finder.spans((count + 1) * FRAME_SECONDS)
        planned += plan.settled(voiced, finder.silent_until_seconds)
    assert voiced == voiced_spans(frames, duration)
    planned += plan.settled(voiced, duration)
    last = plan.last(voiced, duration)
    assert (*planned, *([last] if last else [])) == plan_windows(voiced, duration)
    assert planned


@pytest.mark.parametrize("seconds", [2.0, 7.0, 12.0])
def test_a_window_read_in_a_pause_is_the_one_that_is_left_if_nobody_says_more(seconds: float) -> None:
    voiced = (Span(1.0, 1.0 + seconds),)
    paused = voiced[-1].end + PADDING_SECONDS
    for end in (paused, paused + 5.0):
        plan = WindowPlan()
        assert plan_windows(voiced, end) == (plan.last(voiced, paused),)


@pytest.mark.parametrize(("first_seconds", "together"), [(4.0, 3), (8.0, 2)])
def test_a_window_that_has_grown_long_ends_at_a_short_pause(first_seconds: float, together: int) -> None:
    """Nothing is settled at the first short pause: half of one is too little silence for so few words."""
    begins = first_seconds + 1.5
    voiced = (Span(1.0, 1.0 + first_seconds), Span(begins, begins + 6.0), Span(begins + 6.4, begins + 8.0))
    first, *_ = plan_windows(voiced, begins + 8.0)
    assert first.voiced == voiced[:together]
    paused = voiced[together - 1].end + END_SECONDS + 0.01
    at_the_pause = WindowPlan().settled(voiced[:together], paused)
    assert at_the_pause == ([first] if together == 2 else [])


def test_nothing_voiced_gives_no_window() -> None:
    assert plan_windows((), 60.0) == ()


def test_a_minute_without_a_pause_is_cut_all_the_same() -> None:
    windows = plan_windows((Span(0.0, 60.0),), 60.0)
    assert sum(window.voiced_seconds for window in windows) == pytest.approx(60.0)
    assert all(window.seconds <= LONGEST_SECONDS for window in windows)


def test_long_pauses_are_shortened_and_times_lead_back_over_them() -> None:
    (window,) = plan_windows((Span(1.0, 2.0), Span(10.0, 11.0)), 12.0)
    assert window.seconds == pytest.approx(2.0 + 3 * PADDING_SECONDS + END_SECONDS)
    samples = np.arange(12 * SAMPLE_RATE, dtype=np.float32)
    cut = window.cut(samples)
    for at in (0.5, 1.3, 3.0, 4.1):
        span = window.span_in_recording(at, at + 0.01)
        assert cut[round(at * SAMPLE_RATE)] == pytest.approx(span.start * SAMPLE_RATE, abs=1)


@pytest.mark.parametrize("pause_seconds", [0.0, 0.2, END_SECONDS, 5.0])
def test_silence_at_the_end_is_given_twice_and_never_a_voice(pause_seconds: float) -> None:
    voiced = (Span(1.0, 2.0),)
    window = WindowPlan().last(voiced, 2.0 + pause_seconds)
    assert window is not None
    samples = np.arange(12 * SAMPLE_RATE, dtype=np.float32)
    cut = window.cut(samples)
    silence = round(min(pause_seconds, END_SECONDS) * SAMPLE_RATE)
    until_the_voice_ends, after = np.split(cut, [len(cut) - 2 * silence])
    assert until_the_voice_ends[-1] == 2.0 * SAMPLE_RATE - 1
    assert (after[:silence] == np.arange(silence) + 2.0 * SAMPLE_RATE).all()
    assert (after[silence:] == after[:silence][::-1]).all()


def test_what_is_left_of_a_window_begins_with_the_next_voice_and_ends_as_the_window_does() -> None:
    (window,) = plan_windows((Span(1.0, 2.0), Span(2.3, 3.0), Span(10.0, 11.0)), 12.0)
    rest = window.after(1.5)  # in the second stretch: 1.8 s into the recording
    assert rest is not None
    assert rest.voiced == window.voiced[1:]
    samples = np.arange(12 * SAMPLE_RATE, dtype=np.float32)
    assert (window.cut(samples)[-len(rest.cut(samples)) :] == rest.cut(samples)).all()
    assert rest.pieces[0].start == pytest.approx(1.8)
    last = window.after(2.6)
    assert last is not None
    assert last.pieces == (Span(10.0 - PADDING_SECONDS, 11.0 + END_SECONDS),)
    assert window.after(window.speech_end_seconds) is None


def test_a_word_across_a_join_is_held_to_one_side() -> None:
    (window,) = plan_windows((Span(1.0, 2.0), Span(10.0, 11.0)), 12.0)
    join = 1.0 + 2 * PADDING_SECONDS
    before, after = 2.0 + PADDING_SECONDS, 10.0 - PADDING_SECONDS
    assert window.span_in_recording(join - 0.6, join + 0.3) == Span(
        pytest.approx(before - 0.6), pytest.approx(before)
    )
    assert window.span_in_recording(join - 0.3, join + 0.6) == Span(
        pytest.approx(after), pytest.approx(after + 0.6)
    )
