"""A transcript put right by the user: what agrees keeps its time, and the figures follow."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from whypm.domain.content import Pack
from whypm.domain.feedback import AskedQuestion, Report
from whypm.domain.transcript import Recognition
from whypm.feedback.reports.report import build_report
from whypm.feedback.reports.transcript_edit import edited_recognition

SAID = ("I was a purse for nine years.", "I want to change what gets built.")


@pytest.fixture
def report(pack: Pack, judge_by: type, speak: Callable[..., Recognition]) -> Report:
    recognition = speak(SAID, silence_seconds=1.5)
    return build_report(AskedQuestion(), pack, judge_by({}), recognition=recognition, opening_seconds=0.5)


def edited(report: Report, text: str, pack: Pack, judge_by: type) -> Report:
    recognition = edited_recognition(report, text, 0.5)
    return build_report(AskedQuestion(), pack, judge_by({}), recognition=recognition, opening_seconds=0.5)


def test_the_same_text_gives_the_same_figures(report: Report, pack: Pack, judge_by: type) -> None:
    again = edited(report, report.transcript.text, pack, judge_by)
    assert again.timing == report.timing
    assert again.transcript.text == report.transcript.text
    assert [(word.start, word.end) for word in again.transcript.words] == [
        (word.start, word.end) for word in report.transcript.words
    ]


def test_a_word_put_right_takes_the_time_of_the_one_misheard(
    report: Report, pack: Pack, judge_by: type
) -> None:
    again = edited(report, report.transcript.text.replace("purse", "nurse"), pack, judge_by)
    before, after = report.transcript.words[3], again.transcript.words[3]
    assert (after.text, after.start, after.end) == ("nurse", before.start, pytest.approx(before.end))
    assert not any(word.is_unsure for word in again.transcript.words)
    assert again.transcript.sentences[0].text == "I was a nurse for nine years."


def test_words_that_were_missed_and_invented_change_the_counts(
    report: Report, pack: Pack, judge_by: type
) -> None:
    text = "So, um, I was a hospital nurse for nine years. I want to change what gets built."
    again = edited(report, text, pack, judge_by)
    assert report.timing is not None
    assert again.timing is not None
    assert again.timing.word_count == report.timing.word_count + 2
    assert [filler.text for filler in again.timing.fillers] == ["um"]
    assert again.timing.pauses == report.timing.pauses
    words = again.transcript.words
    assert all(before.start <= after.start for before, after in pairwise(words))
    shorter = edited(report, "I want to change what gets built.", pack, judge_by)
    assert shorter.timing is not None
    assert shorter.timing.word_count == 7
    assert shorter.transcript.words[0].start == pytest.approx(report.transcript.words[7].start)


def test_where_nobody_was_heard_there_are_no_times_to_keep(pack: Pack, judge_by: type) -> None:
    silent = build_report(
        AskedQuestion(), pack, judge_by({}), recognition=Recognition("base", "en", 0.4, 8.0, (), ())
    )
    assert edited_recognition(silent, "I did say something.", 0.0) is None


def test_a_sentence_that_was_added_or_moved_is_not_said_in_no_time(
    report: Report, pack: Pack, judge_by: type
) -> None:
    """It shares the time of those beside it, and ends with the recording."""
    assert report.timing is not None
    for text in (" ".join(reversed(SAID)), " ".join((*SAID, *SAID)), " ".join(SAID * 10)):
        words = edited(report, text, pack, judge_by).transcript.words
        assert words[-1].end <= report.timing.duration_seconds
        assert all(before.end <= after.start + 1e-6 for before, after in pairwise(words))
        assert min(word.end - word.start for word in words) >= 0.03
