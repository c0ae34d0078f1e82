import os
from collections.abc import Callable
from pathlib import Path

import pytest

from whypm.content.library import Library, load_library
from whypm.domain.errors import PackError, UnknownQuestionError

PackWriter = Callable[..., Path]

BUILTIN = Path(__file__).parents[2] / "content" / "why-pm"


def renamed(pack_id: str) -> tuple[str, str, str]:
    return ("pack.toml", '"small"', f'"{pack_id}"')


def ids(library: Library) -> list[str]:
    return [pack.id for pack in library.packs]


def messages(library: Library) -> list[str]:
    return [error.message for error in library.refused]


def test_without_a_folder_of_their_own_users_have_the_built_in_pack(tmp_path: Path) -> None:
    library = load_library(BUILTIN, tmp_path / "nowhere")
    assert ids(library) == ["why-pm"]
    assert library.refused == ()


def test_the_built_in_pack_comes_first_and_the_others_by_the_name_of_their_folder(
    write_pack: PackWriter,
) -> None:
    user = write_pack("b", renamed("a-pack")).parent
    write_pack("a", renamed("z-pack"))
    assert ids(load_library(BUILTIN, user)) == ["why-pm", "z-pack", "a-pack"]


def test_a_broken_pack_is_refused_and_the_others_load(write_pack: PackWriter) -> None:
    user = write_pack("broken", ("questions.toml", '"Why that?"', '""')).parent
    write_pack("sound")
    library = load_library(BUILTIN, user)
    assert ids(library) == ["why-pm", "small"]
    assert messages(library) == ["broken/questions.toml: family[2].question[1].text is empty."]


def test_a_pack_cannot_take_the_place_of_the_built_in_one(write_pack: PackWriter) -> None:
    library = load_library(BUILTIN, write_pack("mine", renamed("why-pm")).parent)
    assert [len(pack.checklist) for pack in library.packs] == [10]
    assert messages(library) == [
        "mine/pack.toml: id is 'why-pm', which the pack 'Why product management?' has already."
    ]
    assert library.refused[0].remedy == "Give your pack another id."


def test_of_two_packs_with_one_id_the_first_loads(write_pack: PackWriter) -> None:
    user = write_pack("one", ("pack.toml", "A small pack", "The first")).parent
    write_pack("two")
    library = load_library(BUILTIN, user)
    assert [pack.title for pack in library.packs[1:]] == ["The first"]
    assert messages(library) == ["two/pack.toml: id is 'small', which the pack 'The first' has already."]


def test_a_folder_without_a_pack_file_and_a_stray_file_are_no_packs(write_pack: PackWriter) -> None:
    user = write_pack("mine").parent
    (user / "notes").mkdir()
    (user / "README.txt").write_text("mine", encoding="utf-8")
    library = load_library(BUILTIN, user)
    assert ids(library) == ["why-pm", "small"]
    assert library.refused == ()


@pytest.mark.parametrize(
    ("moves", "message", "remedy"),
    [
        (
            {"mine/pack.toml": "mine/pack.toml.txt"},
            "mine/pack.toml is missing. There is a file that ends in .toml.txt.",
            "Let its name end in .toml.",
        ),
        (
            {"mine/pack.toml": "mine/packs.toml"},
            "mine/pack.toml is missing.",
            "Add the file; the built-in pack shows what goes into it.",
        ),
        (
            {"mine": "unpacked/mine"},
            "unpacked/pack.toml is missing. There is one in unpacked/mine.",
            "Move mine out of unpacked.",
        ),
        (
            {"mine/pack.toml": "pack.toml", "mine/checklist.toml": "checklist.toml", "mine": ".mine"},
            "checklist.toml lies in {user} itself.",
            "Give the files of each pack a folder of their own there.",
        ),
    ],
    ids=["an ending that Windows hides", "another name", "a folder in a folder", "no folder"],
)
def test_what_was_meant_as_a_pack_does_not_just_vanish(
    write_pack: PackWriter, moves: dict[str, str], message: str, remedy: str
) -> None:
    user = write_pack("mine").parent
    for old, new in moves.items():
        (user / new).parent.mkdir(exist_ok=True)
        (user / old).rename(user / new)
    library = load_library(BUILTIN, user)
    assert ids(library) == ["why-pm"]
    (error,) = library.refused
    assert (error.message, error.remedy) == (message.format(user=user), remedy)


def test_what_a_mac_puts_into_an_archive_is_no_pack(write_pack: PackWriter) -> None:
    user = write_pack("mine").parent
    (user / ".DS_Store").touch()
    for folder in ("__MACOSX", "__MACOSX/mine"):
        (user / folder).mkdir()
        (user / folder / "._pack.toml").touch()
    assert load_library(BUILTIN, user).refused == ()


def test_a_folder_that_may_not_be_opened_is_told_and_the_others_load(write_pack: PackWriter) -> None:
    shut = write_pack("shut", renamed("shut"))
    write_pack("open")
    shut.chmod(0)
    if os.access(shut, os.R_OK):
        shut.chmod(0o700)
        pytest.skip("nothing is closed to this user (root, or Windows)")
    library = load_library(BUILTIN, shut.parent)
    shut.chmod(0o700)
    assert ids(library) == ["why-pm", "small"]
    assert [message.partition(":")[0] for message in messages(library)] == ["shut/pack.toml cannot be read"]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few users make links")
def test_a_folder_that_cannot_be_looked_into_does_not_just_vanish(write_pack: PackWriter) -> None:
    user = write_pack("open").parent
    (user / "round").symlink_to("round")
    library = load_library(BUILTIN, user)
    assert ids(library) == ["why-pm", "small"]
    assert [message.partition(":")[0] for message in messages(library)] == ["round/pack.toml cannot be read"]


def test_a_file_in_place_of_the_users_folder_is_told_and_the_built_in_pack_loads(tmp_path: Path) -> None:
    user = tmp_path / "packs"
    user.write_text("not a folder", encoding="utf-8")
    library = load_library(BUILTIN, user)
    assert ids(library) == ["why-pm"]
    assert len(library.refused) == 1
    assert str(user) in library.refused[0].message


def test_a_broken_built_in_pack_stops_the_start(write_pack: PackWriter, tmp_path: Path) -> None:
    builtin = write_pack("builtin", ("pack.toml", 'version = "7"', ""))
    with pytest.raises(PackError, match=r"builtin/pack\.toml: version is missing\."):
        load_library(builtin, tmp_path / "nowhere")


def test_a_question_is_found_in_any_pack_with_its_pack(write_pack: PackWriter) -> None:
    library = load_library(BUILTIN, write_pack().parent)
    for pack in library.packs:
        for question in pack.questions:
            assert library.find(question.id) == (pack, question)


def test_a_question_id_that_two_packs_use_is_told_apart_by_the_packs_id(write_pack: PackWriter) -> None:
    user = write_pack("mine", ("questions.toml", '"first-1"', '"plain-1"')).parent
    library = load_library(BUILTIN, user)
    assert library.find("plain-1")[0].id == "why-pm"
    assert library.find("why-pm/plain-1")[0].id == "why-pm"
    pack, question = library.find("small/plain-1")
    assert (pack.id, question.text) == ("small", "Why this?")


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("plane-1", "plain-1"), ("Sceptic-2", "sceptic-2"), ("elsewhere/plain-1", "plain-1")],
)
def test_an_unknown_question_is_answered_with_ids_that_look_like_it(
    asked: str, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(UnknownQuestionError) as caught:
        load_library(BUILTIN, tmp_path).find(asked)
    assert caught.value.message == f"There is no question {asked!r}."
    assert caught.value.remedy.startswith(f"Did you mean {hint}")


@pytest.mark.parametrize("asked", ["", "/", "xyzzy", "why-pm"])
def test_an_id_like_no_other_is_answered_with_where_to_look(asked: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownQuestionError) as caught:
        load_library(BUILTIN, tmp_path).find(asked)
    assert caught.value.remedy
