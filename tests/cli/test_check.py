"""``whypm check``: typed answers."""

import json
from pathlib import Path

import jsonschema
import pytest

from terminal import whypm

ANSWER = (
    "It began in support, where I answered the same question forty times a week. I drew a new settings page, "
    "our engineer built it, and the calls fell by half. In five years I want to lead the product for a small "
    "bank."
)


def test_a_typed_answer_becomes_the_contract_without_timing(data: Path, report_schema: dict) -> None:
    told = whypm("check", "--text", ANSWER, "--json", data=data)
    jsonschema.validate(told.json, report_schema)
    assert told.json["timing"] is None
    assert told.json["transcript"]["model"] is None
    assert len(told.json["transcript"]["sentences"]) == 3
    levels = {item["id"]: item["level"] for item in told.json["checklist"]}
    assert levels["path"] != "missing"
    assert levels["aspiration"] != "missing"


def test_an_answer_in_a_file_gives_the_same_report(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "answer.txt"
    file.write_text(ANSWER, encoding="utf-8-sig")
    assert (
        whypm("check", "--file", file, "--json", data=data).out
        == whypm("check", "--text", ANSWER, "--json", data=data).out
    )


def test_many_answers_give_a_line_each_with_their_id(data: Path, tmp_path: Path, report_schema: dict) -> None:
    lines = tmp_path / "answers.jsonl"
    given = [{"id": f"a{n}", "question": "Why product?", "text": ANSWER} for n in range(3)]
    lines.write_text("\n".join(map(json.dumps, given)) + "\n\n")
    told = whypm("check", "--jsonl", lines, data=data)
    reports = [json.loads(line) for line in told.out.splitlines()]
    assert [report["id"] for report in reports] == ["a0", "a1", "a2"]
    for report in reports:
        assert report["question"] == {"id": None, "text": "Why product?"}
        jsonschema.validate(report, report_schema)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "[" * 100_000,
        '{"id": 1}',
        '{"id": 1, "text": 5}',
        '{"id": 1, "text": "x", "question": 5}',
        '{"id": 1, "text": "half a character: \\ud800"}',
        '{"id": 1, "text": "x", "question": "half a character: \\udc00"}',
        '{"id": NaN, "text": "x"}',
        '{"id": [-Infinity], "text": "x"}',
    ],
    ids=lambda line: line[:30],
)
def test_a_bad_line_is_named_and_the_others_are_done(data: Path, line: str) -> None:
    good = json.dumps({"id": 7, "question": None, "text": ANSWER})
    told = whypm("check", "--jsonl", "-", data=data, given=f"{good}\n{line}\n{good}\n")
    assert told.code == 2
    assert "line 2" in told.err
    assert [json.loads(out)["id"] for out in told.out.splitlines()] == [7, 7]


def test_bad_texts_are_told_in_words(data: Path, tmp_path: Path) -> None:
    binary = tmp_path / "answer.wav"
    binary.write_bytes(b"RIFF\xff\xff\xff\xff")
    notepad = tmp_path / "answer.txt"
    notepad.write_text(ANSWER, encoding="utf-16")
    for arguments, words in (
        (("--text", "  "), ("empty",)),
        (("--file", tmp_path / "missing.txt"), ("missing.txt",)),
        (("--file", tmp_path), (str(tmp_path),)),
        (("--file", binary), ("UTF-8", "analyze")),
        (("--file", notepad), ("UTF-8", "Save it")),
        (("--text", ANSWER, "--question", "nope-1"), ("nope-1",)),
    ):
        whypm("check", *arguments, data=data).complains(*words)


def test_the_same_text_gives_the_same_report_twice(data: Path) -> None:
    first, second = (whypm("check", "--text", ANSWER, "--json", data=data).out for _ in range(2))
    assert first == second
