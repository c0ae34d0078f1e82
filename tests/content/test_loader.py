from collections.abc import Callable
from pathlib import Path

import pytest

from whypm.content.loader import load_pack
from whypm.domain.content import Approach, Band, Group, Question
from whypm.domain.errors import PackError

PackWriter = Callable[..., Path]


def refusal(folder: Path) -> PackError:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return caught.value


def test_a_pack_is_read_whole_and_in_the_order_of_its_files(write_pack: PackWriter) -> None:
    pack = load_pack(write_pack())
    assert (pack.id, pack.title, pack.version) == ("small", "A small pack", "7")
    assert [(family.id, family.title) for family in pack.families] == [
        ("first", "The first family"),
        ("second", "The second family"),
    ]
    assert pack.questions == (
        Question("first-1", "Why this?", "first"),
        Question("first-2", "Why this at {company}?", "first"),
        Question("second-1", "Why that?", "second"),
    )
    warmth, calm = pack.checklist
    assert (warmth.id, warmth.group, warmth.title) == ("warmth", Group.THEME, "Warmth")
    assert (warmth.meaning, warmth.why, warmth.how) == ("You are warm.", "Cold is worse.", "Smile.")
    assert warmth.follow_ups == ("When?", "Where?", "With whom?")
    assert (warmth.examples, warmth.counterexamples) == (("I smiled.",), ("It was warm.",))
    assert (calm.examples, calm.counterexamples) == ((), ())
    assert (warmth.drill, calm.drill) == ("", "Breathe in, then speak.")
    assert pack.approaches == (Approach("short", "Be short", "Say little.", ("Begin.", "End."), "I did it."),)
    assert pack.bands == (
        Band("pace", "Pace", "words a minute", 120.0, 160.0, 110.0, 190.5, "An opinion."),
        Band("pauses", "Pauses", "seconds", None, 2.0, None, 2.0, "An opinion."),
    )


def test_wrapped_text_is_one_line(write_pack: PackWriter) -> None:
    wrapped = ("approaches.toml", '"I did it."', '"""\n  I did\r\n\tit. """')
    assert load_pack(write_pack("mine", wrapped)).approaches[0].sample == "I did it."


def test_a_byte_order_mark_such_as_windows_editors_write_does_no_harm(write_pack: PackWriter) -> None:
    folder = write_pack()
    file = folder / "pack.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().lstrip())
    assert load_pack(folder).id == "small"


def test_the_pack_is_named_even_when_its_folder_is_the_current_one(
    write_pack: PackWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_pack("mine", ("pack.toml", 'version = "7"', ""))
    monkeypatch.chdir(folder)
    assert refusal(Path()).message == "mine/pack.toml: version is missing."


@pytest.mark.parametrize(
    ("change", "message", "remedy"),
    [
        pytest.param(
            ("pack.toml", 'id = "small"', ""),
            "mine/pack.toml: id is missing.",
            "Add the key.",
            id="a missing key",
        ),
        pytest.param(
            ("checklist.toml", "meaning", "meanning"),
            "mine/checklist.toml: item[1].meanning is not a key that WhyPM knows.",
            "Did you mean meaning?",
            id="a misspelt key",
        ),
        pytest.param(
            ("questions.toml", 'id = "first-2"', 'id = "first-2"\nmood = "stern"'),
            "mine/questions.toml: family[1].question[2].mood is not a key that WhyPM knows.",
            "The keys here are id, text.",
            id="an unknown key",
        ),
        pytest.param(
            ("pack.toml", '"7"', "7"),
            "mine/pack.toml: version should be text but is a number.",
            "Put it in quotes.",
            id="a number for a text",
        ),
        pytest.param(
            ("pack.toml", '"A small pack"', "2026-01-01"),
            "mine/pack.toml: title should be text but is a date or time.",
            "Put it in quotes.",
            id="a date for a text",
        ),
        pytest.param(
            ("questions.toml", '"Why that?"', '"  "'),
            "mine/questions.toml: family[2].question[1].text is empty.",
            "Write some text there.",
            id="an empty text",
        ),
        pytest.param(
            ("questions.toml", "Why that?", "Why \\u001b[31mthat?"),
            "mine/questions.toml: family[2].question[1].text holds the control character '\\x1b'.",
            "Take it out.",
            id="a command to the terminal",
        ),
        pytest.param(
            ("questions.toml", "{company}", "{firm}"),
            "mine/questions.toml: family[1].question[2].text has {firm}, which WhyPM cannot fill.",
            "The only slot here is {company}.",
            id="an unknown slot",
        ),
        pytest.param(
            ("questions.toml", "{company}", "{company"),
            "mine/questions.toml: family[1].question[2].text has {, which WhyPM cannot fill.",
            "The only slot here is {company}.",
            id="a slot left open",
        ),
        pytest.param(
            ("checklist.toml", '"Where?"', '"Where at {company}?"'),
            "mine/checklist.toml: item[1].follow_ups[2] has {company}, which WhyPM cannot fill.",
            "This text can have no slots.",
            id="a slot outside a question",
        ),
        pytest.param(
            ("questions.toml", '"first-1"', '"First 1"'),
            "mine/questions.toml: family[1].question[1].id is 'First 1', which is no id.",
            "Use lower-case letters, digits and single hyphens.",
            id="an id of the wrong form",
        ),
        pytest.param(
            ("questions.toml", '"second-1"', '"first-1"'),
            "mine/questions.toml: family[2].question[1].id is 'first-1', as in family[1].question[1].",
            "Give each its own.",
            id="a question id used in two families",
        ),
        pytest.param(
            ("questions.toml", '"second"', '"first"'),
            "mine/questions.toml: family[2].id is 'first', as in family[1].",
            "Give each its own.",
            id="a family id used twice",
        ),
        pytest.param(
            ("checklist.toml", '"calm"', '"warmth"'),
            "mine/checklist.toml: item[2].id is 'warmth', as in item[1].",
            "Give each its own.",
            id="an item id used twice",
        ),
        pytest.param(
            ("delivery.toml", '"pauses"', '"pace"'),
            "mine/delivery.toml: band[2].figure is 'pace', as in band[1].",
            "Give each its own.",
            id="a figure with two bands",
        ),
        pytest.param(
            ("checklist.toml", '"calm"', '"pace"'),
            "mine/checklist.toml: item[2].id is 'pace', the name of a delivery figure.",
            "Choose another id.",
            id="an item named like a figure",
        ),
        pytest.param(
            ("checklist.toml", '"theme"', '"topic"'),
            "mine/checklist.toml: item[1].group is 'topic'.",
            "Choose one of: tip, theme, story.",
            id="an unknown group",
        ),
        pytest.param(
            ("checklist.toml", ', "What for?"', ""),
            "mine/checklist.toml: item[2].follow_ups has 2 questions and needs 3.",
            "Add or remove some.",
            id="too few follow-ups",
        ),
        pytest.param(
            ("checklist.toml", '"What for?"', '"What for?", "And then?"'),
            "mine/checklist.toml: item[2].follow_ups has 4 questions and needs 3.",
            "Add or remove some.",
            id="too many follow-ups",
        ),
        pytest.param(
            ("checklist.toml", '["I smiled."]', '"I smiled."'),
            "mine/checklist.toml: item[1].examples should be a list of texts but is text.",
            "Put it in square brackets.",
            id="a text for a list",
        ),
        pytest.param(
            ("checklist.toml", '["I smiled."]', '["I smiled.", true]'),
            "mine/checklist.toml: item[1].examples[2] should be text but is true or false.",
            "Put it in quotes.",
            id="a list with a wrong entry",
        ),
        pytest.param(
            ("approaches.toml", '["Begin.", "End."]', "[]"),
            "mine/approaches.toml: approach[1].steps has no step.",
            "Give at least one.",
            id="an approach without steps",
        ),
        pytest.param(
            ("approaches.toml", "[[approach]]", "[approach]"),
            "mine/approaches.toml: approach should be a list of tables but is a table.",
            "Head each with its name in double square brackets.",
            id="single brackets for double",
        ),
        pytest.param(
            ("questions.toml", '[[family.question]]\nid = "second-1"\ntext = "Why that?"', "question = [1]"),
            "mine/questions.toml: family[2].question[1] should be a table but is a number.",
            "",
            id="a number for a table",
        ),
        pytest.param(
            ("questions.toml", '[[family.question]]\nid = "second-1"\ntext = "Why that?"', "question = []"),
            "mine/questions.toml: family[2].question is empty.",
            "Give at least one.",
            id="a family without questions",
        ),
        pytest.param(
            ("delivery.toml", '"pauses"', '"loudness"'),
            "mine/delivery.toml: band[2].figure is 'loudness'.",
            "Choose one of: length, latency, pace, fillers, pauses.",
            id="an unknown figure",
        ),
        pytest.param(
            ("delivery.toml", "160", '"160"'),
            "mine/delivery.toml: band[1].good_high should be a number but is text.",
            "Write it without quotes.",
            id="a text for a number",
        ),
        pytest.param(
            ("delivery.toml", "160", "true"),
            "mine/delivery.toml: band[1].good_high should be a number but is true or false.",
            "Write it without quotes.",
            id="a truth value for a number",
        ),
        pytest.param(
            ("delivery.toml", "120", "-1"),
            "mine/delivery.toml: band[1].good_low is not between 0 and 1,000,000.",
            "Give an ordinary number.",
            id="a negative number",
        ),
        pytest.param(
            ("delivery.toml", "160", "nan"),
            "mine/delivery.toml: band[1].good_high is not between 0 and 1,000,000.",
            "Give an ordinary number.",
            id="not a number",
        ),
        pytest.param(
            ("delivery.toml", "160", "9" * 400),
            "mine/delivery.toml: band[1].good_high is not between 0 and 1,000,000.",
            "Give an ordinary number.",
            id="a number too long for a float",
        ),
        pytest.param(
            ("delivery.toml", "good_high = 2\nnear_high = 2\n", ""),
            "mine/delivery.toml: band[2].good_high is missing, and so is good_low.",
            "Give at least one of them.",
            id="a band without a target",
        ),
        pytest.param(
            ("delivery.toml", "near_low = 110\n", ""),
            "mine/delivery.toml: band[1].near_low is missing.",
            "good_low and near_low come together.",
            id="a target without its wider limit",
        ),
        pytest.param(
            ("delivery.toml", "good_high = 160\n", ""),
            "mine/delivery.toml: band[1].good_high is missing.",
            "good_high and near_high come together.",
            id="a wider limit without its target",
        ),
        pytest.param(
            ("delivery.toml", "110", "130"),
            "mine/delivery.toml: band[1].near_low is 130, above good_low, which is 120.",
            "Swap them.",
            id="bounds in the wrong order",
        ),
        pytest.param(
            ("pack.toml", 'id = "small"', "id = small"),
            "mine/pack.toml is not valid TOML: Invalid value (at line 2, column 6).",
            "Mend it at that place.",
            id="malformed TOML",
        ),
    ],
)
def test_a_faulty_pack_is_refused_with_file_key_and_reason(
    write_pack: PackWriter, change: tuple[str, str, str], message: str, remedy: str
) -> None:
    error = refusal(write_pack("mine", change))
    assert (error.message, error.remedy) == (message, remedy)


@pytest.mark.parametrize(
    "file", ["pack.toml", "questions.toml", "checklist.toml", "approaches.toml", "delivery.toml"]
)
def test_a_missing_file_is_named(write_pack: PackWriter, file: str) -> None:
    folder = write_pack()
    (folder / file).unlink()
    assert refusal(folder).message == f"mine/{file} is missing."


def test_an_empty_file_is_refused_by_its_first_missing_key(write_pack: PackWriter) -> None:
    folder = write_pack()
    (folder / "delivery.toml").write_bytes(b"")
    assert refusal(folder).message == "mine/delivery.toml: band is missing."


def test_text_in_another_encoding_is_refused_with_its_line(write_pack: PackWriter) -> None:
    folder = write_pack()
    (folder / "pack.toml").write_bytes('id = "small"\ntitle = "Café"\nversion = "1"\n'.encode("latin-1"))
    error = refusal(folder)
    assert error.message == "mine/pack.toml is not UTF-8 text: see line 2."
    assert error.remedy == "Save it again as UTF-8."


def test_a_folder_in_place_of_a_file_is_refused(write_pack: PackWriter) -> None:
    folder = write_pack()
    (folder / "pack.toml").unlink()
    (folder / "pack.toml").mkdir()
    assert refusal(folder).message.startswith("mine/pack.toml cannot be read: ")


def test_a_number_longer_than_python_converts_is_a_fault_of_the_file(write_pack: PackWriter) -> None:
    folder = write_pack("mine", ("delivery.toml", "160", "9" * 5000))
    assert refusal(folder).message.startswith("mine/delivery.toml is not valid TOML: ")


def test_endless_nesting_is_a_fault_of_the_file(write_pack: PackWriter) -> None:
    folder = write_pack()
    (folder / "pack.toml").write_text("id = " + "[" * 100_000, encoding="utf-8")
    assert refusal(folder).message == "mine/pack.toml is nested too deeply."
