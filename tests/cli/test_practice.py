"""What follows a kept session in the terminal: corrections, drills, follow-up questions."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from kept_answer import keep_answer
from terminal import whypm
from whypm.audio.file_card import FileCard
from whypm.cli.conversation import Conversation
from whypm.cli.rehearse import print_session
from whypm.domain.feedback import AskedQuestion, Level
from whypm.domain.session import Session
from whypm.sessions.events import Stop
from whypm.sessions.practice import ask_drill, ask_follow_up, pack_that_drills
from whypm.studio import Studio

SAID = "I am good with people of every kind. I want a say in what gets built."


@pytest.fixture
def kept(tmp_path: Path) -> Session:
    with Studio(tmp_path) as studio:
        return keep_answer(studio, "abc123abc123", SAID)


@pytest.mark.usefixtures("kept")
def test_a_correction_stands_beside_the_verdict_and_can_be_taken_back(
    tmp_path: Path, report_schema: dict
) -> None:
    told = whypm("sessions", "correct", "abc", "strategy", "evidence", "--json", data=tmp_path).json
    jsonschema.validate(told, report_schema)
    row = next(row for row in told["checklist"] if row["id"] == "strategy")
    assert (row["level"], row["corrected"]) == ("missing", "evidence")
    assert told["session"]["corrections"] == {"strategy": "evidence"}
    page = whypm("sessions", "show", "abc", data=tmp_path).out
    assert "shown      Choosing what to do, and why (so you say; judged missing)" in page
    cleared = whypm("sessions", "correct", "abc", "strategy", "--clear", "--json", data=tmp_path).json
    assert cleared["session"]["corrections"] == {}
    assert {row["corrected"] for row in cleared["checklist"]} == {None}


@pytest.mark.usefixtures("kept")
def test_a_transcript_is_put_right_and_what_was_recognised_stays(tmp_path: Path, report_schema: dict) -> None:
    words = "I am good with engineers. I want a say in what gets built."
    (tmp_path / "said.txt").write_text(words, encoding="utf-8")
    file = str(tmp_path / "said.txt")
    told = whypm("sessions", "edit", "abc", "--file", file, "--json", data=tmp_path).json
    jsonschema.validate(told, report_schema)
    assert told["transcript"]["text"] == words
    assert told["session"]["original_text"] == SAID
    assert "goes back" in whypm("sessions", "show", "abc", data=tmp_path).out
    restored = whypm("sessions", "edit", "abc", "--restore", "--json", data=tmp_path).json
    assert (restored["transcript"]["text"], restored["session"]["original_text"]) == (SAID, None)
    refused = whypm("sessions", "edit", "abc", "--text", " ", data=tmp_path)
    assert (refused.code, "empty" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sessions", "correct", "abc", "charm", "mention"), "charm"),
        (("sessions", "correct", "abc", "path", "great"), "invalid choice"),
        (("sessions", "correct", "abc", "path"), "required"),
        (("sessions", "correct", "zzz", "path", "mention"), "zzz"),
        (("rehearse", "--drill", "charm"), "collaboration"),
        (("rehearse", "--drill", "path", "--of", "zzz"), "zzz"),
        (("rehearse", "--of", "abc"), "--drill"),
        (("rehearse", "--drill", "path", "--follow-up", "abc"), "not allowed"),
        (("rehearse", "--drill", "path", "--question", "plain-1"), "--question"),
        (("rehearse", "--follow-up", "zzz"), "zzz"),
    ],
)
@pytest.mark.usefixtures("kept")
def test_what_cannot_be_done_is_named(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    whypm(*arguments, data=tmp_path).complains(words)


def test_a_drill_of_another_pack_than_the_chosen_is_found(tmp_path: Path) -> None:
    with Studio(tmp_path) as studio:
        chosen = studio.chosen_pack()
    own = replace(chosen, id="own", checklist=(replace(chosen.checklist[0], id="care"),))
    assert pack_that_drills("care", chosen, (chosen, own)) is own
    assert pack_that_drills("pace", chosen, (own, chosen)) is chosen
    assert pack_that_drills("charm", chosen, (chosen, own)) is chosen


def test_a_verdict_that_is_not_sure_asks_the_user(tmp_path: Path, kept: Session) -> None:
    assert kept.report is not None
    first, *others = kept.report.checklist
    with Studio(tmp_path) as studio:
        unsure = replace(kept.report, checklist=(replace(first, confidence=0.5), *others))
        studio.store.keep(replace(kept, report=unsure))
    page = whypm("sessions", "show", kept.id, data=tmp_path).out
    assert f"whypm sessions correct {kept.id} {first.id} missing|mention|evidence" in page


def test_the_follow_up_of_a_session_is_what_is_asked(tmp_path: Path, kept: Session) -> None:
    assert kept.report is not None
    assert kept.report.follow_up is not None
    asked = ask_follow_up(kept)
    assert (asked.text, asked.company, asked.pack_id) == (kept.report.follow_up.text, "Acme", "why-pm")
    page = whypm("sessions", "show", kept.id, data=tmp_path).out
    assert f"whypm rehearse --follow-up {kept.id}" in page


def test_a_session_that_was_followed_up_to_the_end_is_told_so(tmp_path: Path, kept: Session) -> None:
    asked = ask_follow_up(kept)
    assert kept.report is not None
    with Studio(tmp_path) as studio:
        report = replace(kept.report, follow_up=None)
        question = AskedQuestion(None, asked.text)
        studio.store.keep(replace(kept, id="fed654fed654", question=question, report=report))
    whypm("rehearse", "--follow-up", "abc", data=tmp_path).complains("nothing more to ask")


def test_a_drill_is_recorded_kept_and_held_against_the_answer_it_came_from(
    tmp_path: Path, reply: Path, kept: Session, capsys: pytest.CaptureFixture[str], report_schema: dict
) -> None:
    with Studio(tmp_path, "tiny.en") as studio:
        asked = ask_drill("experience", studio.pack_of(kept), of=kept)
        conversation: Conversation
        studio.use_card(FileCard(reply, lambda: conversation.intend(Stop()), 20.0))
        conversation = Conversation(studio, answer_seconds=600.0)
        drilled = conversation.hold(asked, keyboard=False)
        print_session(studio, drilled, as_json=True)
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, report_schema)
    assert [row["id"] for row in told["checklist"]] == ["experience"]
    assert told["drill"]["seconds"] == 20
    assert told["question"]["text"] == told["drill"]["prompt"]
    assert told["outcome"] == {
        "about": "experience",
        "before": Level.MISSING,
        "after": Level.EVIDENCE,
        "sure": True,
        "shown": True,
        "unproven": False,
    }
    assert told["session"]["drill"] == {"about": "experience", "of": kept.id}
    assert {advice["about"] for advice in told["advice"]} == {
        "speaking_s"
    }  # a minute is too long for a drill
    page = whypm("sessions", "show", drilled.id, data=tmp_path).out
    assert "Your own earlier work: not said before, shown now." in page
    assert "Working with others" not in page
