from dataclasses import replace

import pytest

from whypm.domain.transcript import Word
from whypm.transcription.words.readings import (
    Reading,
    believable,
    goes_round,
    is_hesitation,
    merge_readings,
    without_inventions,
)


def reading(text: str, probability: float = 0.9, start: float = 0.0) -> Reading:
    """Words of 0.3 s, one after the other; a word may carry its own probability as ``word:0.1``."""
    words = []
    for index, item in enumerate(text.split()):
        word, _, own = item.partition(":")
        at = start + index * 0.3
        words.append(Word(word, at, at + 0.3, float(own) if own else probability))
    return tuple(words)


def text(words: Reading) -> str:
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("plain", "verbatim", "merged"),
    [
        ("I like users.", "I, um, like users.", "I um, like users."),
        ("I like users.", "Um, I like users, uh.", "Um, I like users. Uh."),
        ("I like users and maps.", "I, uh, like maps.", "I uh, like users and maps."),
        ("It ended. Hopefully well.", "It ended, uh, hopefully well.", "It ended. Uh, hopefully well."),
        ("It ended hopefully.", "It ended. Uh, hopefully.", "It ended uh, hopefully."),
        ("I was there.", "I was, I was there.", "I was, I was there."),
        ("I was there then.", "I was there there there there there then.", "I was there then."),
        ("We shipped maps in May.", "Thanks for watching and please subscribe.", "We shipped maps in May."),
        ("", "Um.", "Um."),
        ("So um I went.", "So, um, I went.", "So um, I went."),
        ("So um I went.", "So I went.", "So um I went."),
        ("I um like users.", "I um, I like users.", "I um, I like users."),
        ("I went, uh.", "I went, um.", "I went, um."),
        ("We shipped it.", "", "We shipped it."),
    ],
)
def test_the_verbatim_reading_adds_hesitations_and_repeats_and_takes_nothing_away(
    plain: str, verbatim: str, merged: str
) -> None:
    assert text(merge_readings(reading(plain), reading(verbatim))) == merged


def test_where_readings_differ_the_surer_word_wins() -> None:
    assert text(merge_readings(reading("a nice sail:0.4 today"), reading("a nice sale today"))) == (
        "a nice sale today"
    )
    assert text(merge_readings(reading("a nice sale today"), reading("a nice sail:0.4 today"))) == (
        "a nice sale today"
    )


def timed(*words: tuple[str, float, float, float]) -> Reading:
    return tuple(Word(*word) for word in words)


def test_a_hesitation_inside_a_word_of_the_plain_reading_is_part_of_that_word() -> None:
    agreed = (("than", 0.0, 0.3, 0.9), ("the", 0.3, 0.5, 0.9)), (("corpus", 1.1, 1.6, 0.9),)
    verbatim = timed(*agreed[0], ("um,", 0.6, 0.7, 0.5), ("sick", 0.8, 1.1, 0.6), *agreed[1])
    full = timed(*agreed[0], ("acoustic", 0.5, 1.1, 0.3), *agreed[1])
    assert text(merge_readings(full, verbatim)) == "than the acoustic corpus"
    stretched = timed(*agreed[0], ("a", 0.5, 1.1, 0.3), *agreed[1])
    assert text(merge_readings(stretched, verbatim)) == "than the um, sick corpus"


def test_readings_that_agree_on_less_than_half_are_no_source_of_hesitations() -> None:
    plain = reading("so the house you might not be poor")
    assert merge_readings(plain, reading("un-out of the office you may uh be uh or know")) == plain


def test_words_that_both_heard_take_the_times_that_leave_room_for_the_hesitation() -> None:
    merged = merge_readings(reading("so we went"), reading("so um we went"))
    assert [word.start for word in merged] == pytest.approx([0.0, 0.3, 0.6, 0.9])


@pytest.mark.parametrize(
    ("heard", "kept"),
    [
        ("It went well. Yeah. Yeah. Yeah. Yeah. Yeah. Yeah. Yeah.", "It went well."),
        ("one two one two one two one two then three", "one two then three"),
        ("no no no it was words words words words again", "no no no it was words words words words again"),
        ("It went well. uh:0.01 uh uh", "It went well."),
        ("It went well uh:0.6", "It went well uh"),
        ("It went well. Bye.:0.001", "It went well."),
        ("Well, ummmmmmmmmm, yes", "Well, umm, yes"),
        ("Pffffff, the zoooom broke", "Pffffff, the zoooom broke"),
    ],
)
def test_loops_and_inventions_in_the_last_silence_are_left_out(heard: str, kept: str) -> None:
    assert text(without_inventions(reading(heard))) == kept


def test_a_sentence_said_once_more_in_no_time_is_left_out() -> None:
    said = reading("at the moment our best guess is that")
    again = [replace(word, start=2.4, end=2.4) for word in reading("at the moment our best guess is")]
    assert without_inventions((*said, *again)) == said
    assert without_inventions((*said, *again[:2])) == (*said, *again[:2])


def test_nobody_says_sixty_words_in_two_seconds() -> None:
    words = reading(" ".join(f"{i * 7919:x}{i * 104729:x}" for i in range(1, 61)))
    assert not believable(words, voiced_seconds=2.0)
    assert believable(words, voiced_seconds=20.0)


def test_words_of_which_the_voice_detector_hears_little_are_believed_for_the_time_they_took() -> None:
    words = reading(" ".join(f"{i * 7919:x}" for i in range(1, 35)))
    unhurried = tuple(replace(word, start=0.2 * i, end=0.2 * i + 0.2) for i, word in enumerate(words))
    crammed = tuple(replace(word, start=0.02 * i, end=0.02 * i + 0.02) for i, word in enumerate(words))
    assert believable(unhurried, voiced_seconds=2.9)
    assert not believable(crammed, voiced_seconds=2.9)


def test_a_decoder_that_goes_round_is_told_from_somebody_who_repeats_a_word() -> None:
    assert goes_round(
        reading("so I ran the tests and then the tests and then the tests and then the tests and then")
    )
    assert not goes_round(reading("I was, I was, I was so very, very, very glad"))


def test_text_that_repeats_itself_in_other_ways_than_a_plain_loop_is_not_believed() -> None:
    words = reading("the thing is that the thing was that the thing is what " * 8)
    assert not believable(words, voiced_seconds=60.0)


@pytest.mark.parametrize(
    ("word", "hesitation"), [("Um,", True), ("uh...", True), ("umbrella", False), ("her", False)]
)
def test_hesitations_are_whole_sounds(word: str, hesitation: bool) -> None:
    assert is_hesitation(Word(word, 0.0, 0.1, 1.0)) is hesitation
