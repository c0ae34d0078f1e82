import pytest

from whypm.domain.feedback import Level
from whypm.domain.remarks import SpecificKind, Specifics
from whypm.domain.transcript import Sentence
from whypm.feedback.substance.amounts import counted
from whypm.feedback.substance.specifics import find_specifics


def details(text: str) -> list[tuple[str, str]]:
    found = find_specifics([Sentence(text)], ())
    assert found is not None
    return [(detail.kind.value, detail.text) for detail in found.details]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I ran forty customer calls.", [("number", "forty customer calls")]),
        (
            "I did nine product reviews with two web shops.",
            [("number", "nine product reviews"), ("number", "two web shops")],
        ),
        ("Eleven of fourteen got stuck.", [("number", "Eleven"), ("number", "fourteen")]),
        ("I can say which two matter.", [("number", "two")]),
        ("Of thirty, nine stayed.", [("number", "thirty"), ("number", "nine")]),
        ("I have eleven signed letters.", [("number", "eleven signed letters")]),
        ("One ticket in four was mine.", [("number", "One ticket in four")]),
        (
            "No-shows went from one in five to one in twenty.",
            [
                ("outcome", "went from one in five to one in twenty"),
                ("number", "one in five"),
                ("number", "one in twenty"),
            ],
        ),
        ("I stood there at five in the morning.", [("number", "five in the morning")]),
        ("I have six plus years there.", [("number", "six plus years")]),
        ("In 2021 our firm grew.", [("number", "2021")]),
        (
            "It cut the late deliveries from twelve percent to four.",
            [
                ("outcome", "cut the late deliveries from twelve percent to four"),
                ("number", "twelve percent"),
                ("number", "four"),
            ],
        ),
        (
            "Churn came down from nine to five because we asked.",
            [("outcome", "came down from nine to five"), ("number", "nine"), ("number", "five")],
        ),
        (
            "We raised listening time by 14% in a month and then went on.",
            [("outcome", "raised listening time by 14% in a month"), ("number", "14%")],
        ),
        (
            "Complaints dropped from, like, one in five to none.",
            [("outcome", "dropped from, like, one in five to none"), ("number", "one in five")],
        ),
        (
            "It went from 1.9 to 4.6.",
            [("outcome", "went from 1.9 to 4.6"), ("number", "1.9"), ("number", "4.6")],
        ),
        ("I went to six stores.", [("number", "six stores")]),
        ("My colleague June moved to Leeds in June.", [("name", "June"), ("name", "Leeds")]),
        ("It took 14 % off our costs.", [("number", "14 %")]),
        ("About two hundred drivers use it.", [("number", "two hundred drivers")]),
        ("We had twenty-six people answer.", [("number", "twenty-six people")]),
        ("It cost $3,500 a month.", [("number", "$3,500")]),
        ("I asked a hundred nurses.", [("number", "a hundred nurses")]),
        ("I worked at Acme Parcels with Petra.", [("name", "Acme Parcels"), ("name", "Petra")]),
        ("We moved to Berlin's office.", [("name", "Berlin")]),
        ("The queue dropped to nothing.", [("outcome", "dropped to nothing")]),
        (
            "The calls went from nine to two.",
            [("outcome", "went from nine to two"), ("number", "nine"), ("number", "two")],
        ),
        ("And then we shipped it.", [("outcome", "we shipped it")]),
        (
            "We shipped 4,000 books.",
            [("outcome", "We shipped 4,000 books"), ("number", "4,000 books")],
        ),
        ("Tickets fell by 37.5%, and so on.", [("outcome", "fell by 37.5%"), ("number", "37.5%")]),
        ("Then Dr. Smith and Mr. Jones came.", [("name", "Smith"), ("name", "Jones")]),
        ("I won 12 points there.", [("number", "12 points")]),
        ("It doubled within a month.", [("outcome", "doubled within a month")]),
    ],
)
def test_numbers_names_and_outcomes_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert details(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I have two reasons.",
        "There are three main things I would say.",
        "I worked with many teams on many projects.",
        "One day I would like to lead.",
        "I'm a PM and I like UX and APIs.",
        "Passion and strategy, that is me. So I want this.",
        "It was a Monday.",
        "Um, That would move me to make a rule, The best one.",
        "I went to the shop and went up to the desk.",
        "I like English and I'm good at it.",
        "I closed it in March and then in May.",
        "I want to bring these two together.",
        "In five years I would like to lead a team.",
        "I see myself in three to five years as a head of product.",
    ],
)
def test_general_words_hold_no_details(text: str) -> None:
    assert details(text) == []


def test_a_claim_without_a_detail_is_general_and_a_proof_is_not(judge_by: type) -> None:
    texts = [
        "I work well with others.",
        "I ran forty calls.",
        "I sat with them until they agreed.",
        "It rained.",
    ]
    labels = {
        "0": {"collaboration": "mention"},
        "1": {"experience": "mention"},
        "2": {"collaboration": "evidence"},
    }
    found = find_specifics([Sentence(text) for text in texts], judge_by(labels).judge(texts))
    assert found is not None
    assert found.general == (0,)


def test_no_sentences_have_no_specifics() -> None:
    assert find_specifics((), ()) is None


def test_sentences_labelled_as_proof_hold_details_more_often_than_claims(answers: list) -> None:
    with_detail = {Level.EVIDENCE: 0, Level.MENTION: 0}
    counted = dict(with_detail)
    for answer in answers:
        found = find_specifics([Sentence(text) for text in answer.sentences], ())
        assert isinstance(found, Specifics)
        detailed = {detail.sentence for detail in found.details}
        for number, items in answer.labels.items():
            level = Level.EVIDENCE if "evidence" in items.values() else Level.MENTION
            counted[level] += 1
            with_detail[level] += int(number) in detailed
    proof = with_detail[Level.EVIDENCE] / counted[Level.EVIDENCE]
    claim = with_detail[Level.MENTION] / counted[Level.MENTION]
    assert proof > 1.5 * claim


def numbers(text: str) -> list[str]:
    found = find_specifics([Sentence(text)], [])
    assert found is not None
    return [detail.text for detail in found.details if detail.kind is SpecificKind.NUMBER]


def test_numbers_are_read_whole() -> None:
    assert numbers("from 3k to 30k users in the 2010s at 40p") == ["3k", "30k users", "2010s", "40p"]
    assert numbers("one hundred and twenty nurses") == ["one hundred and twenty nurses"]
    assert numbers("71 percent within two quarters, as only 3% used it") == [
        "71 percent",
        "two quarters",
        "3%",
    ]
    assert numbers("in twenty nineteen and in nineteen ninety-four") == [
        "twenty nineteen",
        "nineteen ninety-four",
    ]
    assert counted("one hundred and twenty nurses") == counted("120 nurses")
    assert counted("30k users") == counted("30,000 users")
    assert counted("forty customer calls") == counted("40 calls")
    assert counted("one in five") is None
