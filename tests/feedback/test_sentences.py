import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from whypm.domain.transcript import Recognition, Span, Word
from whypm.feedback.text.clauses import DANGLING, LONGEST_RUN_WORDS
from whypm.feedback.text.sentences import split_text, split_words
from whypm.feedback.text.tokens import joined

if TYPE_CHECKING:
    from conftest import LabelledAnswer

PUNCTUATED_AUTHORS = "aefghik"


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split_text(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I like it. I do.", ["I like it.", "I do."]),
        ("Why product? Because I can!", ["Why product?", "Because I can!"]),
        ("I asked Dr. Patel about it. She agreed.", ["I asked Dr. Patel about it.", "She agreed."]),
        ("It grew by 3.5 percent. Good.", ["It grew by 3.5 percent.", "Good."]),
        ("J. K. Rowling came by. We talked.", ["J. K. Rowling came by.", "We talked."]),
        ("We went with plan B. It worked.", ["We went with plan B.", "It worked."]),
        ("I used tools, e.g. Figma and Miro. Daily.", ["I used tools, e.g. Figma and Miro.", "Daily."]),
        ("I moved to the U.S. in May. I stayed.", ["I moved to the U.S. in May.", "I stayed."]),
        ("I worked in the U.S. Then I left.", ["I worked in the U.S.", "Then I left."]),
        ("She said, “Who asked for this?” Nobody had.", ["She said, “Who asked for this?”", "Nobody had."]),
        ("“Is it done?” he asked. It was.", ["“Is it done?” he asked.", "It was."]),
        ("And then... I left. It hurt.", ["And then... I left.", "It hurt."]),
        (
            "It was number No. 5 in the queue. Nobody knew.",
            ["It was number No. 5 in the queue.", "Nobody knew."],
        ),
        ("i like it. i do. really i do.", ["i like it.", "i do.", "really i do."]),
        ("First paragraph\n\nSecond paragraph", ["First paragraph", "Second paragraph"]),
        ("- I ask\n- I build\n2. I ship", ["I ask", "I build", "I ship"]),
        ("I like to ask\nThen I build", ["I like to ask", "Then I build"]),
        (
            "I like to ask people, and\nI build what they need.",
            ["I like to ask people, and I build what they need."],
        ),
        ("  spaced   out \t text. ", ["spaced out text."]),
        ("...", []),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_typed_text_is_split_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_typed_sentences_have_no_times() -> None:
    assert [(sentence.start, sentence.end) for sentence in split_text("One. Two.")] == [(None, None)] * 2


def test_the_sentences_of_labelled_answers_come_back(answers: "list[LabelledAnswer]") -> None:
    ours = [answer for answer in answers if answer.id[0] in PUNCTUATED_AUTHORS]
    whole = sum(texts(" ".join(answer.sentences)) == list(answer.sentences) for answer in ours)
    assert whole / len(ours) >= 0.98


def test_unpunctuated_text_yields_pieces_of_a_sentence_s_length(answers: "list[LabelledAnswer]") -> None:
    for answer in answers:
        plain = re.sub(r"[.,?!;:]", "", " ".join(answer.sentences)).lower()
        pieces = texts(plain)
        assert " ".join(pieces).split() == plain.split()
        assert all(len(piece.split()) <= LONGEST_RUN_WORDS for piece in pieces)


def test_unpunctuated_text_is_cut_before_words_that_open_a_clause() -> None:
    text = (
        "i have been a nurse on the night shift for nine years now in the big hospital by the river and so i "
        "saw every alarm that our pumps could make because nobody who built them had ever been there at night"
    )
    openings = [" ".join(piece.split()[:2]) for piece in texts(text)]
    assert openings[0] == "i have"
    assert openings[1:]
    assert set(openings[1:]) <= {"and so", "because nobody"}


def test_spoken_words_are_all_kept_in_their_order(
    answers: "list[LabelledAnswer]", speak: Callable[..., Recognition]
) -> None:
    for answer in answers[::7]:
        recognition = speak(answer.sentences)
        sentences = split_words(recognition.words, recognition.voiced)
        assert " ".join(sentence.text for sentence in sentences) == joined(recognition.words)


def test_spoken_sentences_last_from_their_first_to_their_last_word(speak: Callable[..., Recognition]) -> None:
    recognition = speak(["I like it.", "I do, really."])
    first, second = split_words(recognition.words, recognition.voiced)
    assert (first.start, first.end) == (recognition.words[0].start, recognition.words[2].end)
    assert (second.start, second.end) == (recognition.words[3].start, recognition.words[5].end)


def test_unpunctuated_talk_is_cut_at_its_pauses(speak: Callable[..., Recognition]) -> None:
    said = ["i was a nurse for nine years", "we had these pumps that beeped all night", "so i wrote to them"]
    recognition = speak(said, silence_seconds=1.0)
    sentences = split_words(recognition.words, recognition.voiced)
    assert [sentence.text for sentence in sentences] == said


def test_a_pause_after_an_unfinished_phrase_cuts_nothing(speak: Callable[..., Recognition]) -> None:
    recognition = speak(
        ["i was working as a nurse in the", "big hospital by the river then"], silence_seconds=2.0
    )
    assert len(split_words(recognition.words, recognition.voiced)) == 1


def test_a_pause_inside_a_punctuated_sentence_cuts_nothing(speak: Callable[..., Recognition]) -> None:
    recognition = speak(
        ["I was a nurse in a clinic", "before I came here to you.", "That was it."], silence_seconds=1.5
    )
    sentences = split_words(recognition.words, recognition.voiced)
    assert [sentence.text for sentence in sentences] == [
        "I was a nurse in a clinic before I came here to you.",
        "That was it.",
    ]


def test_a_capital_after_a_long_pause_starts_a_sentence(speak: Callable[..., Recognition]) -> None:
    recognition = speak(
        ["We shipped it in May", "Then the calls stopped.", "All of them."], silence_seconds=1.5
    )
    assert len(split_words(recognition.words, recognition.voiced)) == 3


def test_a_capital_that_only_a_sentence_s_start_has_starts_one(speak: Callable[..., Recognition]) -> None:
    recognition = speak(
        ["There were some errors This is me talking slowly We saw that, And I left. It rained."]
    )
    assert [sentence.text for sentence in split_words(recognition.words, recognition.voiced)] == [
        "There were some errors",
        "This is me talking slowly",
        "We saw that, And I left.",
        "It rained.",
    ]


def test_a_full_stop_after_an_open_word_ends_no_sentence(speak: Callable[..., Recognition]) -> None:
    recognition = speak(["So it was quite a...", "A sizable test.", "I like the.", "The app."])
    assert [sentence.text for sentence in split_words(recognition.words, recognition.voiced)] == [
        "So it was quite a... A sizable test.",
        "I like the. The app.",
    ]


def test_no_cut_falls_inside_a_written_word() -> None:
    pieces = [" It", " was", " a", " well", "-known.", "5", " thing.", " So", " it", " was."]
    words = [Word(piece, index * 0.3, index * 0.3 + 0.2, 0.9) for index, piece in enumerate(pieces)]
    sentences = split_words(words, [Span(0.0, 3.0)])
    assert [sentence.text for sentence in sentences] == ["It was a well-known.5 thing.", "So it was."]


def test_talk_without_any_voice_found_is_cut_at_the_gaps_between_words(
    speak: Callable[..., Recognition],
) -> None:
    recognition = speak(["i was a nurse for nine years", "we had these pumps all night"], silence_seconds=1.2)
    assert len(split_words(recognition.words, ())) == 2


def test_sentences_follow_one_another_in_time(
    answers: "list[LabelledAnswer]", speak: Callable[..., Recognition]
) -> None:
    for answer in answers[::11]:
        recognition = speak(answer.sentences)
        for left, right in pairwise(split_words(recognition.words, recognition.voiced)):
            assert left.end is not None
            assert right.start is not None
            assert left.end <= right.start


def test_no_words_make_no_sentences() -> None:
    assert split_words((), (Span(0.0, 2.0),)) == ()


def test_no_sentence_of_cut_talk_ends_on_an_open_word(answers: "list[LabelledAnswer]") -> None:
    open_ends = pieces = 0
    for answer in answers[::5]:
        cut = texts(re.sub(r"[.,?!;:]", "", " ".join(answer.sentences)).lower())
        pieces += len(cut) - 1
        open_ends += sum(piece.split()[-1] in DANGLING for piece in cut[:-1])
    assert open_ends <= 0.05 * pieces


@pytest.mark.parametrize(
    ("phrases", "silence_seconds", "count"),
    [
        (("They changed it that year,", "so I want to decide."), 6.0, 2),
        (("They changed it that year,", "that is why I came."), 1.2, 2),
        (("I talk when I am excited.", "and I hope you see."), 0.9, 2),
        (("They changed it that year,", "so I want to decide."), 0.6, 1),
        (("I was there four years, and", "I saw that nobody asked."), 2.8, 1),
        (("When the whole thing broke,", "we had no plan at all."), 2.8, 1),
        (("I asked what they need,", "and what they really want."), 2.8, 1),
        (("I called, as we do,", "so I could ask them."), 2.8, 1),
    ],
)
def test_a_main_clause_after_a_long_pause_is_a_sentence_of_its_own(
    phrases: tuple[str, str], silence_seconds: float, count: int, speak: Callable[..., Recognition]
) -> None:
    recognition = speak(phrases, silence_seconds=silence_seconds)
    assert len(split_words(recognition.words, recognition.voiced)) == count
