"""Numbers of two answers that cannot both be right, and the many that can."""

from collections.abc import Callable, Sequence

import pytest

from whypm.domain.consistency import Clash, KeptAnswer
from whypm.domain.transcript import Sentence
from whypm.feedback.retellings.consistency import compare_answers
from whypm.feedback.substance.amounts import SHARE, SUM, TEAM, amounts_in
from whypm.feedback.substance.specifics import find_specifics

Answerer = Callable[..., KeptAnswer]
PROOF = {"1": {"experience": "evidence"}}

GATE = (
    "Our homework app sent parents eleven emails a week, and they stopped reading them.",
    "I asked forty parents at the gate what they wanted.",
)
GATE_AGAIN = (
    "The homework app we used sent parents far too many emails.",
    "So I stood at the school gate and asked about a hundred and twenty parents what they really wanted.",
)
FILTER = (
    "I found that the allergy filter was hidden, and refunds fell by 30% when we moved the filter.",
    "It saved us £200,000 a year.",
    "I led a team of four on that.",
)


@pytest.fixture
def clashes(answered: Answerer) -> Callable[[Sequence[str], Sequence[str]], list[tuple[str, str, str]]]:
    """Compare two answers: what their numbers are of, with the newer and the older sentence."""

    def found(newer: Sequence[str], older: Sequence[str]) -> list[tuple[str, str, str]]:
        answers = [answered("b", newer, PROOF), answered("a", older, PROOF)]
        return [
            (each.about, each.newer.text, each.older.text)
            for each in compare_answers(answers).contradictions
            if each.clash is Clash.NUMBER
        ]

    return found


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Refunds fell by 40%.", [(SHARE, 40)]),
        ("Refunds fell by forty percent.", [(SHARE, 40)]),
        ("Two thirds of the parents opened it.", [(SHARE, 200 / 3)]),
        ("Pre-orders are a quarter of our sales.", [(SHARE, 25)]),
        ("We cut the wait by half.", [(SHARE, 50)]),
        ("One in five left.", [(SHARE, 20)]),
        ("It saved £200,000 a year.", [(SUM, 200_000)]),
        ("It brought in $2 million.", [(SUM, 2_000_000)]),
        ("I led a team of six there.", [(TEAM, 6)]),
        ("I led a team of about twenty five people.", [(TEAM, 25)]),
        ("I asked forty parents.", [("parent", 40)]),
        ("I led a team of engineers for half a year, a third time.", []),
    ],
)
def test_what_a_sentence_gives_numbers_of(text: str, amounts: list[tuple[str, float]]) -> None:
    specifics = find_specifics([Sentence(text, None, None)], ())
    assert specifics is not None
    found = amounts_in(text, [detail.text for detail in specifics.details if detail.kind == "number"])
    named = [(amount.thing, amount.value) for amount in found if amount.thing in {SHARE, SUM, TEAM, "parent"}]
    assert named == [(thing, pytest.approx(value)) for thing, value in amounts]


def test_a_number_beside_what_both_tell_is_held_against_the_other(clashes: Callable) -> None:
    assert clashes(GATE_AGAIN, GATE) == [("parents", GATE_AGAIN[1], GATE[1])]


@pytest.mark.parametrize(
    ("old", "new", "about"),
    [("30%", "55%", SHARE), ("£200,000", "£2 million", SUM), ("team of four", "team of nine", TEAM)],
)
def test_shares_sums_and_team_sizes_clash_as_whisper_writes_them(
    clashes: Callable, old: str, new: str, about: str
) -> None:
    other = tuple(sentence.replace(old, new) for sentence in FILTER)
    ((told, newer, older),) = clashes(other, FILTER)
    assert (told, new in newer, old in older) == (about, True, True)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        (FILTER, (FILTER[0].replace("30%", "about a third"), *FILTER[1:])),
        (
            ("On the Dublin line I interviewed ninety drivers, and online tickets rose by 60%.", GATE[1]),
            ("On the Larne line I interviewed forty drivers, and online tickets rose by 20%.", GATE[1]),
        ),
        (
            ("My newsletter for runners has nine thousand readers by now.", GATE[1]),
            ("My newsletter for runners had two hundred readers in the first month.", GATE[1]),
        ),
        (
            ("I saved the clinic £36,000 a year with a form for prescriptions.", GATE[1]),
            ("I saved the clinic £3,000 a month with a form for prescriptions.", GATE[1]),
        ),
        (
            ("I do research at a hospital.", "I interviewed twelve nurses on three wards."),
            ("I do research at a hospital.", "I interviewed thirty nurses on nine wards."),
        ),
        (
            ("On our ward the handover took an hour, and I cut it to fifteen minutes with a sheet.",),
            ("On our ward the handover took forty minutes, and I cut it to fifteen with a sheet.",),
        ),
        (
            ("I phoned thirty members, and the door code was the trouble.", "With a new one a quarter left."),
            ("I phoned thirty members, and the door code was the trouble.", "Half of the members left."),
        ),
    ],
    ids=[
        "a rounded share",
        "other places",
        "another time",
        "month and year",
        "another project",
        "both ends of a change",
        "other shares",
    ],
)
def test_numbers_that_may_both_be_right_are_no_clash(
    clashes: Callable, newer: tuple[str, ...], older: tuple[str, ...]
) -> None:
    assert clashes(newer, older) == []
    assert clashes(older, newer) == []


def test_an_answer_that_gives_both_numbers_knows_of_two_things(answered: Answerer) -> None:
    both = answered("c", ["At the gate I asked forty parents, and on the bus a hundred and twenty parents."])
    answers = [both, answered("b", GATE_AGAIN, PROOF), answered("a", GATE, PROOF)]
    assert compare_answers(answers).contradictions == ()
