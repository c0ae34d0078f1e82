from collections.abc import Callable
from dataclasses import replace

import pytest

from whypm.domain.content import Pack
from whypm.feedback.text.clauses import DANGLING
from whypm.feedback.text.tokens import bare
from whypm.feedback.wording.quotes import people_in, quote
from whypm.feedback.wording.topics import topic_of


@pytest.fixture
def topic(pack: Pack) -> Callable[[str], frozenset[str]]:
    def of(item_id: str) -> frozenset[str]:
        item = pack.item(item_id)
        assert item is not None
        return topic_of(item)

    return of


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("I like users.", "“I like users”"),
        ("So, um, I like, uh, users.", "“So I like users”"),
        ("And, uh, the owners ask me now.", "“And the owners ask me now”"),
        (
            "I worked with many teams on many projects, and then I went on to do other things with them all.",
            "“I worked with many teams on many projects …”",
        ),
        (" ".join(["word"] * 19), f"“{' '.join(['word'] * 18)} …”"),
    ],
)
def test_a_quote_is_short_and_free_of_fillers(sentence: str, expected: str) -> None:
    assert quote(sentence) == expected


LOGISTICS = (
    "I have worked in logistics for ten years in two ports and I want to move into product because I like to "
    "decide things."
)
PATIENCE = (
    "I see the big picture and the small one as well, I have the patience of a stone and a half, and I am a "
    "team player with engineers."
)
MIX = (
    "I like the mix of business and technology, and apart from that my mother always told me to look for a "
    "job with a pension."
)


@pytest.mark.parametrize(
    ("item", "sentence", "expected"),
    [
        ("change", LOGISTICS, "“… and I want to move into product because I like to decide things”"),
        (
            "experience",
            LOGISTICS,
            "“I have worked in logistics for ten years in two ports and I want to move into product …”",
        ),
        (
            "collaboration",
            PATIENCE,
            "“… I have the patience of a stone and a half, and I am a team player with engineers”",
        ),
        ("skills", MIX, "“I like the mix of business and technology …”"),
    ],
)
def test_a_long_sentence_is_quoted_where_it_speaks_of_the_matter(
    topic: Callable[[str], frozenset[str]], item: str, sentence: str, expected: str
) -> None:
    assert quote(sentence, topic(item)) == expected


def test_words_that_only_lead_in_are_left_out_of_a_long_quote() -> None:
    said = "Yeah, well, I have been on rostering software for five years, and I know it very well by now."
    assert quote(said).startswith("“I have been on rostering software")


def test_no_quote_of_a_labelled_sentence_ends_on_a_word_that_leaves_a_phrase_open(
    answers: list, topic: Callable[[str], frozenset[str]]
) -> None:
    quotes = [
        quote(answer.sentences[int(number)], topic(item))
        for answer in answers
        for number, items in answer.labels.items()
        for item in items
    ]
    cut = [text.removesuffix(" …”") for text in quotes if text.endswith(" …”")]
    assert len(cut) > 100
    assert not [text for text in cut if bare(text.split()[-1]) in DANGLING]
    assert not [text for text in cut if text.endswith((" I mean", " you know"))]


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("I work closely with engineering and design.", "the engineers"),
        ("I sat with our designer every day.", "that designer"),
        ("I get on well with engineers.", "the engineers"),
        ("I get on with many different teams.", "one of those teams"),
        ("I am a team player.", None),
        ("I enjoy working with people.", None),
    ],
)
def test_people_are_those_that_the_speaker_named(sentence: str, people: str | None) -> None:
    assert people_in(sentence) == people


def test_an_item_of_another_pack_is_known_by_its_own_words(pack: Pack) -> None:
    item = replace(
        pack.checklist[0], id="calm", title="Calm in a storm", meaning="You stay calm.", examples=()
    )
    said = (
        "I was an officer on a tanker for nine long winters with the same crew, and in a storm I stay calm."
    )
    assert quote(said, topic_of(item)) == "“… and in a storm I stay calm”"
