from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from whypm.content.loader import load_pack
from whypm.content.picker import Picker
from whypm.domain.content import Question
from whypm.domain.errors import UnknownQuestionError

PACK = load_pack(Path(__file__).parents[2] / "content" / "why-pm")
SEEDS = range(20)
each_seed = pytest.mark.parametrize("seed", SEEDS)


def seeded(seed: int) -> Picker:
    return Picker(PACK, Random(seed))


def asked_in_turn(seed: int, turns: int, family: str | None = None) -> list[Question]:
    picker = seeded(seed)
    asked: list[Question] = []
    for _ in range(turns):
        asked.append(picker.pick([question.id for question in asked], family))
    return asked


@each_seed
def test_the_first_question_ever_is_the_plain_one(seed: int) -> None:
    assert seeded(seed).pick([]).id == "plain-1"


@each_seed
def test_every_family_is_asked_before_one_comes_back(seed: int) -> None:
    families = [question.family for question in asked_in_turn(seed, len(PACK.families))]
    assert len(set(families)) == len(families)


@each_seed
def test_no_question_comes_back_while_another_of_its_family_is_unasked(seed: int) -> None:
    asked = asked_in_turn(seed, 80)
    for family in PACK.families:
        ids = [question.id for question in asked if question.family == family.id][: len(family.questions)]
        assert len(set(ids)) == len(ids)


@each_seed
def test_every_question_is_reached(seed: int) -> None:
    assert set(asked_in_turn(seed, 200)) == set(PACK.questions)


@each_seed
def test_a_family_never_follows_itself(seed: int) -> None:
    families = [question.family for question in asked_in_turn(seed, 100)]
    assert all(before != after for before, after in pairwise(families))


@each_seed
def test_within_a_chosen_family_each_question_is_asked_before_one_comes_back(seed: int) -> None:
    sceptic = next(family for family in PACK.families if family.id == "sceptic")
    asked = asked_in_turn(seed, len(sceptic.questions), "sceptic")
    assert set(asked) == set(sceptic.questions)


@each_seed
def test_in_a_worn_out_family_one_of_the_longest_unasked_half_is_next(seed: int) -> None:
    origin = next(family for family in PACK.families if family.id == "origin")
    recent = [question.id for question in origin.questions]
    assert seeded(seed).pick(recent, "origin").id in recent[:3]


def test_the_latest_time_that_a_question_was_asked_is_what_counts() -> None:
    origin = next(family for family in PACK.families if family.id == "origin")
    ids = [question.id for question in origin.questions]
    recent = [*ids, ids[0]]
    picked = {seeded(seed).pick(recent, "origin").id for seed in SEEDS}
    assert picked == set(ids[1:4])


def test_the_same_seed_gives_the_same_questions_and_seeds_differ() -> None:
    runs = [tuple(asked_in_turn(seed, 20)) for seed in SEEDS]
    assert runs == [tuple(asked_in_turn(seed, 20)) for seed in SEEDS]
    assert len(set(runs)) > len(SEEDS) // 2


def test_questions_of_another_pack_leave_the_first_question_as_it_is() -> None:
    assert seeded(1).pick(["foreign-1", "foreign-2"]).id == "plain-1"


def test_an_unknown_family_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownQuestionError, match=r"'trick'.*plain, why-this-field"):
        seeded(1).pick([], "trick")
