from functools import cache
from pathlib import Path

import pytest

from whypm.domain.transcript import Word
from whypm.feedback.delivery.repairs import find_repairs
from whypm.feedback.fillers.fillers import mark_fillers
from whypm_lab.speech.lab_model import lab_phrases

SPEECH = Path(__file__).parents[3] / "shared" / "speech"

shipped_phrases = cache(lab_phrases)


def words_of(text: str) -> tuple[Word, ...]:
    tokens = text.split()
    words = [Word(f" {token}", index * 0.4, index * 0.4 + 0.3, 0.9) for index, token in enumerate(tokens)]
    return mark_fillers(words, shipped_phrases())


def repairs(text: str) -> list[tuple[str, str]]:
    return [(repair.kind.value, repair.text) for repair in find_repairs(words_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I, I wrote to them.", [("repeat", "I")]),
        ("The the the best one.", [("repeat", "The"), ("repeat", "the")]),
        ("So we, uh, we called them.", [("repeat", "we")]),
        ("We had a we had a long problem.", [("repeat", "We had a")]),
        ("If you if you look at it.", [("repeat", "If you")]),
        ("I'd like to be, um, I'd like to be her.", [("repeat", "I'd like to be")]),
        ("I sent a, well, it was four pages.", [("restart", "a")]),
        ("It was the, I forgot the name.", [("restart", "the")]),
        ("You all kn- basically have an idea.", [("cut off", "kn-")]),
        ("It was th- the best.", [("cut off", "th-")]),
        ("I like that, that is true.", [("repeat", "that")]),
        ("And we and we and we went.", [("repeat", "And we"), ("repeat", "and we")]),
        ("And then and then it broke.", [("repeat", "And then")]),
        ("I sold the, it was theirs.", [("restart", "the")]),
        ("And it, it was late.", [("repeat", "it")]),
        ("I think it, it was late, and, it, uh, it broke.", [("repeat", "it"), ("repeat", "it")]),
        ("We tried it, it, it broke.", [("repeat", "it")]),
        (
            "In in in March they they they left.",
            [("repeat", "In"), ("repeat", "in")] + [("repeat", "they")] * 2,
        ),
        ("The team, team was small.", [("repeat", "team")]),
    ],
)
def test_repeats_restarts_and_broken_words_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert repairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It was very, very slow.",
        "I really really like it.",
        "I know that that is hard.",
        "They had had enough.",
        "Over and over again.",
        "No, no, not at all.",
        "I did it. It was fine.",
        "I came. I saw. I left.",
        "We have end-to-end tests in the self-service shop.",
        "The pre- and post-launch plans were mine.",
        "It rose from 20 20 times.",
        "I want a, um, small team.",
        "Knock, knock, who is there?",
        "It was very, very, very, very good.",
        "No, no, no, no.",
        "I was super, super excited about a big, big change.",
        "We tested it over and over and over.",
        "Step by step by step it grew, and so on and so on.",
        "Tests, reviews, et cetera, et cetera, and blah, blah, blah.",
        "Our short- and long-term goals for full- or part-time staff.",
        "I helped our, uh, IT department.",
        "When I got there, there was no plan, and when we launched it, it broke.",
        "If somebody needs you, you call them, and the way I see it, um, it works.",
        "I built the U S S D menu and led the B B C team in twenty twenty.",
        "You test, test, test, and you ask why, why, why, why.",
        "Listen, listen, listen, listen, listen, and then ship ship ship.",
    ],
)
def test_emphasis_and_plain_speech_are_no_repairs(text: str) -> None:
    assert repairs(text) == []


def test_a_repair_knows_its_words_and_times() -> None:
    (repair,) = find_repairs(words_of("And we had a we had a problem."))
    assert (repair.first_word, repair.last_word) == (1, 3)
    assert (repair.start, repair.end) == (pytest.approx(0.4), pytest.approx(1.5))


def test_repairs_do_not_overlap() -> None:
    found = find_repairs(words_of("I I I was was in a in a in a shop."))
    struck = [index for repair in found for index in range(repair.first_word, repair.last_word + 1)]
    assert len(struck) == len(set(struck))
    assert len(found) >= 4


@pytest.mark.skipif(not SPEECH.is_dir(), reason="the recordings beside the repository are not here")
def test_meeting_talk_is_full_of_repairs_and_reading_is_not() -> None:
    meeting = (SPEECH / "meeting" / "ami_trn03_EN2001e.ref.txt").read_text(encoding="utf-8")
    assert [text for _, text in repairs(meeting)] == ["we", "we had a", "in", "in a in a", "in a", "if you"]
    read = [path.read_text(encoding="utf-8") for path in sorted((SPEECH / "read").glob("rosehill*.ref.txt"))]
    assert read
    assert [repairs(text) for text in read] == [[]] * len(read)
