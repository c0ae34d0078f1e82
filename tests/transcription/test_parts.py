"""Long windows are read in parts: where these lie, and how their readings become one."""

import random
from itertools import pairwise

import numpy as np
import pytest

from whypm.domain.transcript import Recognition, Span, Word
from whypm.transcription.recognition.engine import Engine
from whypm.transcription.recognition.hearing import Hearing
from whypm.transcription.voice.voicing import SAMPLE_RATE
from whypm.transcription.windows.parts import (
    FULL_PART_SECONDS,
    LONGEST_PART_SECONDS,
    OVERLAP_SECONDS,
    SEARCHED_SECONDS,
    parts_of,
    shared,
)
from whypm.transcription.windows.window_plan import Window, WindowPlan
from whypm.transcription.words.readings import Reading
from whypm.transcription.words.seam import sewn

from .conftest import Recordings


def fluent(seed: int, seconds: float) -> tuple[Span, ...]:
    """Speech without a long pause: stretches of 0.3-5 s, gaps of 0.1-0.6 s."""
    source = random.Random(seed)
    spans, at = [], 0.7
    while (end := at + source.uniform(0.3, 5.0)) < seconds - 0.7:
        spans.append(Span(round(at, 3), round(end, 3)))
        at = end + source.choice([0.1, 0.2, 0.3, 0.6])
    return tuple(spans)


def open_window(voiced: tuple[Span, ...], seconds: float) -> Window:
    """The window of all this speech, while it is not settled."""
    window = WindowPlan().last(voiced, seconds)
    assert window is not None
    return window


def said(*words: tuple[str, float]) -> Reading:
    """Words by the moment of their middle, in seconds."""
    return tuple(Word(text, moment - 0.1, moment + 0.1, 0.9) for text, moment in words)


def texts(reading: Reading) -> str:
    return " ".join(word.text for word in reading)


def test_a_short_window_is_one_part() -> None:
    window = open_window((Span(0.7, 6.0), Span(6.3, 13.0)), 13.7)
    assert parts_of(window) == (window,)


@pytest.mark.parametrize("seed", range(20))
def test_parts_cover_a_long_window_and_share_enough(seed: int) -> None:
    window = open_window(fluent(seed, 27.0), 27.0)
    parts = parts_of(window)
    assert len(parts) >= 2
    assert parts[0].pieces[0].start == window.pieces[0].start
    assert parts[-1].pieces[-1].end == window.pieces[-1].end
    assert all(part.seconds <= FULL_PART_SECONDS + 0.01 for part in parts[:-1])
    assert parts[-1].seconds <= LONGEST_PART_SECONDS
    for before, after in pairwise(parts):
        overlap = shared(before, after).seconds
        assert OVERLAP_SECONDS - 0.01 <= overlap <= OVERLAP_SECONDS + SEARCHED_SECONDS + 0.01
    for span in window.voiced:
        assert any(
            held.start <= span.start + 0.001 and span.start < held.end
            for part in parts
            for held in part.voiced
        )


@pytest.mark.parametrize("seed", range(20))
def test_a_part_that_others_follow_stays_as_it_is_while_more_is_said(seed: int) -> None:
    voiced = fluent(seed, 27.5)
    final = parts_of(open_window(voiced, 27.5))
    known: list[Window] = []
    for moment in np.arange(3.0, 27.5, 0.37):
        so_far = tuple(Span(span.start, min(span.end, moment)) for span in voiced if span.start < moment)
        known += [part for part in parts_of(open_window(so_far, moment))[:-1] if part not in known]
    assert known == list(final[:-1])


def test_without_a_pause_parts_end_where_they_are_full() -> None:
    window = open_window((Span(0.0, 26.0),), 26.0)
    first, *_ = parts_of(window)
    assert first.seconds == pytest.approx(FULL_PART_SECONDS)


def test_two_readings_meet_at_a_word_that_both_have() -> None:
    left = said(("so", 1.0), ("we", 2.0), ("moved", 3.0), ("the", 3.5), ("butt", 4.0))
    right = said(("moved", 3.0), ("the", 3.5), ("button", 4.0), ("left", 4.5))
    assert texts(sewn(left, right, Span(2.5, 4.2))) == "so we moved the button left"


def test_a_repeat_is_neither_lost_nor_doubled_at_the_seam() -> None:
    left = said(("I'm", 1.0), ("I'm", 1.5), ("sure", 2.0), ("it", 2.3), ("is", 2.6))
    right = said(("I'm", 1.0), ("I'm", 1.5), ("sure", 2.0), ("it", 2.3), ("is", 2.6), ("so", 3.0))
    assert texts(sewn(left, right, Span(0.8, 2.8))) == "I'm I'm sure it is so"


def test_the_same_word_said_again_later_is_no_place_to_meet() -> None:
    left = said(("users", 1.0), ("came", 1.4))
    right = said(("back", 3.0), ("users", 3.4), ("left", 3.8))
    assert texts(sewn(left, right, Span(1.0, 3.2))) == "users came back users left"


def test_readings_that_share_no_word_meet_in_the_middle() -> None:
    left = said(("one", 1.0), ("to", 2.0), ("tree", 3.0))
    right = said(("too", 2.0), ("three", 3.0), ("four", 4.0))
    assert texts(sewn(left, right, Span(1.6, 3.4))) == "one to three four"


def test_where_one_reading_understood_nothing_the_other_stands() -> None:
    left, right = said(("one", 1.0), ("two", 2.0)), said(("two", 2.0), ("three", 3.0))
    assert sewn((), right, Span(1.5, 3.5)) == right
    assert sewn(left, (), Span(0.5, 2.5)) == left
    assert texts(sewn(left[:1], right, Span(1.5, 3.5))) == "one two three"


def test_a_long_window_is_read_in_parts_and_live_as_from_the_file(
    engine: Engine, recording: Recordings
) -> None:
    sound = recording("read/kennedy_moon_21s.flac")
    counted = _CountedReader(engine)
    whole = Hearing(counted, "en")
    whole.hear(sound)
    expected = whole.finish()
    live = _heard_live(Hearing(counted, "en"), sound)
    assert live == expected
    assert max(counted.parts_seconds) <= LONGEST_PART_SECONDS


def _heard_live(hearing: Hearing, sound: np.ndarray) -> Recognition:
    for start in range(0, len(sound), SAMPLE_RATE // 2):
        hearing.hear(sound[start : start + SAMPLE_RATE // 2])
        while hearing.read_on():
            pass
    return hearing.finish()


class _CountedReader:
    """A loaded model that notes how long the parts are that it reads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.name
        self.voice_detector = engine.voice_detector
        self.pitch_tracker = engine.pitch_tracker
        self.detect_language = engine.detect_language
        self.complete = engine.complete
        self.read_roughly = engine.read_roughly
        self.parts_seconds: list[float] = []

    def read_part(self, samples: np.ndarray, part: Window, language: str) -> Reading:
        self.parts_seconds.append(part.seconds)
        return self._engine.read_part(samples, part, language)
