from collections.abc import Callable

import pytest

from whypm.domain.transcript import Recognition, Sentence, Span, Word
from whypm.feedback.delivery.pace import count_words, pace_curve, per_minute
from whypm.feedback.delivery.pauses import measure_pauses
from whypm.feedback.delivery.timing import measure_timing
from whypm.feedback.fillers.fillers import mark_fillers
from whypm.feedback.fillers.phrase_judge import PhraseJudge
from whypm.feedback.text.sentences import split_words

Speak = Callable[..., Recognition]


def said(*texts: str) -> list[Word]:
    return [Word(text, index * 0.4, index * 0.4 + 0.3, 0.9) for index, text in enumerate(texts)]


def test_a_silence_of_half_a_second_is_a_pause_and_a_shorter_one_is_not() -> None:
    voiced = [Span(0.0, 1.0), Span(1.5, 2.0), Span(2.47, 3.0)]
    assert [(pause.start, pause.end) for pause in measure_pauses(voiced, [])] == [(1.0, 1.5)]


def test_half_a_second_is_known_to_the_20_ms_that_a_border_is() -> None:
    assert len(measure_pauses([Span(0.0, 1.0), Span(1.485, 2.0)], [])) == 1


def test_silence_before_and_after_the_speech_is_no_pause() -> None:
    assert measure_pauses([Span(5.0, 6.0)], [Sentence("Yes.", 5.0, 6.0)]) == ()


def test_a_pause_in_mid_sentence_is_told_from_one_between_sentences() -> None:
    sentences = [Sentence("I was there.", 0.0, 4.0), Sentence("It rained.", 6.0, 8.0)]
    voiced = [Span(0.0, 1.0), Span(2.0, 4.0), Span(6.0, 8.0)]
    assert [pause.inside_sentence for pause in measure_pauses(voiced, sentences)] == [True, False]


@pytest.mark.parametrize(("end", "start"), [(6.0, 6.0), (4.0, 4.0), (4.2, 5.8), (3.8, 6.2)])
def test_words_stretched_over_the_silence_do_not_move_a_pause_into_a_sentence(
    end: float, start: float
) -> None:
    sentences = [Sentence("I was there.", 0.0, end), Sentence("It rained.", start, 8.0)]
    (pause,) = measure_pauses([Span(0.0, 4.0), Span(6.0, 8.0)], sentences)
    assert not pause.inside_sentence


def test_words_are_counted_without_fillers_and_lone_marks() -> None:
    words = mark_fillers(said(" Um,", " I", " like", " well", " known", " -", " users."))
    assert count_words(words) == 5


@pytest.mark.parametrize(
    ("written", "said_words"),
    [
        (" well -known", "well known"),
        (" cost-effective", "cost effective"),
        (" Alright,", "all right"),
        (" I don't", "I don't"),
        (" 2,383", "two thousand three hundred eighty three"),
        (" $5 million", "five million dollars"),
        (" 20%", "twenty percent"),
        (" 3.5 hours", "three point five hours"),
        (" the 31st", "the thirty first"),
        (" since 2019", "since twenty nineteen"),
        (" the 1990s", "the nineteen nineties"),
        (" 10x at 5pm", "ten x at five pm"),
        (" 24/7", "twenty four seven"),
        (" R&D", "R and D"),
        (" C-L-Y-D", "C L Y D"),
        (" 12345678901234567890", "one two three four five six seven eight nine oh " * 2),
    ],
)
def test_words_are_counted_as_they_are_said_however_they_are_written(written: str, said_words: str) -> None:
    assert count_words([Word(written, 0.0, 1.0, 0.9)]) == len(said_words.split())


def test_words_without_spaces_of_their_own_are_counted_too() -> None:
    assert count_words(said("I", "like", "users.")) == 3


def test_a_rate_needs_time() -> None:
    assert per_minute(150, 60.0) == 150
    assert per_minute(0, 0.0) is None


def test_the_figures_of_an_answer_follow_from_voice_and_words(speak: Speak, phrases: PhraseJudge) -> None:
    recognition = speak(["Um, I was a nurse.", "I like, you know, users."], silence_seconds=2.0)
    words = mark_fillers(recognition.words, phrases)
    timing = measure_timing(recognition, words, split_words(words, recognition.voiced))
    assert timing.response_latency_seconds == pytest.approx(1.0)
    assert timing.speaking_seconds == pytest.approx(6.0)
    assert timing.word_count == 7
    assert timing.words_per_minute == pytest.approx(70)
    assert timing.articulation_words_per_minute == pytest.approx(105)
    assert [filler.text for filler in timing.fillers] == ["um", "you know"]
    assert timing.fillers_per_minute == pytest.approx(20)
    assert [(pause.seconds, pause.inside_sentence) for pause in timing.pauses] == [
        (pytest.approx(2.0), False)
    ]
    assert timing.longest_pause_seconds == pytest.approx(2.0)


def test_time_before_the_recording_counts_towards_the_latency(speak: Speak) -> None:
    recognition = speak(["I like users."])
    timing = measure_timing(recognition, recognition.words, (), opening_seconds=0.5)
    assert timing.response_latency_seconds == pytest.approx(1.5)


def test_where_nobody_speaks_there_are_no_rates() -> None:
    timing = measure_timing(Recognition("base", "en", 0.5, 8.0, (), ()), (), ())
    assert timing.duration_seconds == 8.0
    assert timing.response_latency_seconds is None
    assert (timing.speaking_seconds, timing.word_count, timing.longest_pause_seconds) == (0.0, 0, 0.0)
    assert timing.words_per_minute is None
    assert timing.articulation_words_per_minute is None
    assert timing.fillers_per_minute is None


def test_the_pace_over_the_answer_shows_where_it_was_rushed() -> None:
    calm = [Word(" calm", second * 0.5, second * 0.5 + 0.4, 0.9) for second in range(20)]
    rushed = [Word(" rush", 10 + number * 0.25, 10.2 + number * 0.25, 0.9) for number in range(40)]
    curve = pace_curve(mark_fillers([*calm, *rushed]), Span(0.0, 20.0))
    assert [(stretch.start, stretch.end) for stretch in curve] == [(0.0, 10.0), (10.0, 20.0)]
    assert [stretch.words_per_minute for stretch in curve] == [pytest.approx(120), pytest.approx(240)]


@pytest.mark.parametrize("seconds", [3.0, 14.0, 16.0, 87.0])
def test_the_stretches_of_the_curve_hold_every_word_once(seconds: float) -> None:
    words = mark_fillers([Word(" well", at / 3, at / 3 + 0.2, 0.9) for at in range(int(seconds * 3))])
    words = (*words, Word("-known", seconds - 0.1, seconds + 0.2, 0.9))
    curve = pace_curve(words, Span(0.0, seconds))
    counted = sum(s.words_per_minute * (s.end - s.start) / 60 for s in curve)
    assert counted == pytest.approx(count_words(words))
    assert curve[-1].end == pytest.approx(seconds)
    assert all(5 < stretch.end - stretch.start < 15 for stretch in curve) or seconds < 5


def test_where_nobody_speaks_there_is_no_curve() -> None:
    assert pace_curve((), Span(0.0, 0.0)) == ()
