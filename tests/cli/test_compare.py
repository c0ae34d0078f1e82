"""``whypm sessions compare``: kept answers beside each other."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kept_answer import keep_answer
from retellings import BOOKS, WARD, WARD_AGAIN
from terminal import whypm
from whypm.cli.comparison import page
from whypm.domain.consistency import Consistency, Course, Quote, Reason
from whypm.domain.errors import UsageError
from whypm.domain.feedback import AskedQuestion
from whypm.domain.session import DrillOf, SessionState
from whypm.sessions.comparison import MOST_ANSWERS, compare
from whypm.studio import Studio

SIXTEEN = tuple(sentence.replace("eleven beds", "sixteen beds") for sentence in WARD_AGAIN)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three whole answers, the newest ``ccc``; a drill, a follow-up's answer and a take without report."""
    data = tmp_path_factory.mktemp("compared")
    with Studio(data) as studio:
        first = keep_answer(studio, "aaa1", " ".join(WARD), minutes=0)
        keep_answer(studio, "bbb2", " ".join(BOOKS), minutes=1)
        keep_answer(studio, "ccc3", " ".join(SIXTEEN), minutes=2)
        studio.store.keep(replace(first, id="ddd4", drill=DrillOf("path", "aaa1")))
        studio.store.keep(replace(first, id="eee5", question=AskedQuestion(None, "Who was Ilse?")))
        studio.store.keep(replace(first, id="fff6", report=None, state=SessionState.RECORDED))
    return data


def test_whole_answers_are_compared_the_newest_first(kept: Path) -> None:
    told = whypm("sessions", "compare", "--json", data=kept).json
    assert told["answers"] == ["ccc3", "bbb2", "aaa1"]
    assert [quote["answer"] for quote in told["stories"][0]["told"]] == ["ccc3", "aaa1"]
    assert {reason["item"] for reason in told["reasons"]} <= {"change", "skills", "contribution"}


def test_named_sessions_alone_are_compared(kept: Path) -> None:
    told = whypm("sessions", "compare", "aaa", "eee5", "--json", data=kept).json
    assert sorted(told["answers"]) == ["aaa1", "eee5"]
    assert told["repetitions"][0]["share"] == 1.0


def test_the_page_quotes_both_sides(kept: Path) -> None:
    page = " ".join(whypm("sessions", "compare", data=kept).out.split())
    assert "1 ccc3 2026-11-22 12:02 Why product management?" in page
    assert "Two numbers of beds: which is right? 1: “For two weeks I counted" in page
    assert "eleven beds for two weeks.”" in page
    assert "In 1, 3, not in the others" in page


def test_an_answer_said_again_is_told_in_words(kept: Path) -> None:
    page = " ".join(whypm("sessions", "compare", "aaa", "eee", data=kept).out.split())
    assert "says 100% of its words just as answer 2 does" in page


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        (("ddd4", "aaa1"), "drill"),
        (("fff6", "aaa1"), "no report"),
        (("zzz", "aaa1"), "zzz"),
        (("aaa1",), "one"),
    ],
)
def test_what_cannot_be_compared_is_named(kept: Path, ids: tuple[str, ...], words: str) -> None:
    whypm("sessions", "compare", *ids, data=kept).complains(words)


def test_nothing_to_compare_is_said(tmp_path: Path) -> None:
    whypm("sessions", "compare", data=tmp_path).complains("there is none", "whypm rehearse")


@pytest.mark.parametrize(
    ("course", "lacking", "wording"),
    [
        (Course.STAYS, (), "in 2; in the others it is not sure"),
        (Course.COMES_AND_GOES, ("aaa1",), "in 2, not in 3"),
        (Course.COMES_AND_GOES, ("ccc3", "aaa1"), "in 2, not in the others"),
    ],
)
def test_answers_of_which_it_is_not_sure_are_neither_in_nor_out(
    kept: Path, course: Course, lacking: tuple[str, ...], wording: str
) -> None:
    with Studio(kept) as studio:
        sessions = tuple(studio.store.find(each) for each in ("ccc3", "bbb2", "aaa1"))
        pack = studio.pack("why-pm")
    reason = Reason("change", course, (Quote("bbb2", 0, "I like to decide."),), lacking)
    ids = tuple(session.id for session in sessions)
    lines = page(sessions, Consistency(ids, (reason,), without_reason=("aaa1",)), pack, 100)
    assert f"  To bring about change: {wording}" in lines
    assert "  No reason for this job in 3: say in each why you want it and no other." in lines
    lines = page(sessions, Consistency(ids, without_reason=ids), pack, 100)
    assert "  No reason for this job in any answer: say in each why you want it and no other." in lines


def test_answers_to_another_pack_s_questions_are_left_out(tmp_path: Path) -> None:
    with Studio(tmp_path) as studio:
        first = keep_answer(studio, "aaa1", " ".join(WARD), minutes=0)
        keep_answer(studio, "bbb2", " ".join(BOOKS), minutes=1)
        other = replace(first, id="ccc3", pack="why-nurse 1", created=first.created + timedelta(minutes=2))
        studio.store.keep(other)
        assert [session.id for session in compare(studio.store)[0]] == ["bbb2", "aaa1"]
        studio.store.delete("aaa1")
        with pytest.raises(UsageError, match="there is one"):
            compare(studio.store)
        assert len(compare(studio.store, ["bbb2", "ccc3"])[0]) == 2


def test_of_many_answers_the_last_are_compared(tmp_path: Path) -> None:
    with Studio(tmp_path) as studio:
        first = keep_answer(studio, "aaa1", " ".join(WARD), minutes=0)
        for number in range(MOST_ANSWERS):
            later = first.created + timedelta(minutes=number + 1)
            studio.store.keep(replace(first, id=f"b{number:03}", created=later))
        compared = [session.id for session in compare(studio.store)[0]]
        assert len(compared) == MOST_ANSWERS
        assert compared[0] == f"b{MOST_ANSWERS - 1:03}"
        assert "aaa1" not in compared
