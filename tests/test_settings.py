"""The user's choices on disk."""

import errno
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from whypm.domain.errors import StorageError
from whypm.settings import DeviceChoice, Settings, load_settings, save_settings

CHOSEN = Settings(
    microphone=DeviceChoice("Blue Yeti", "ALSA"),
    voice="gmw/en-us",
    speech_words_per_minute=140,
    speak_questions=False,
    model="tiny.en",
    company="Söhne & Co",
    theme="dark",
    text_percent=150,
    reduce_motion=True,
    live_text=True,
)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    save_settings(tmp_path / "settings.json", CHOSEN)
    assert load_settings(tmp_path / "settings.json") == CHOSEN


def test_without_a_file_every_choice_has_its_default(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == Settings()


def test_one_value_that_cannot_be_used_does_not_cost_the_others(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(
        json.dumps(
            {
                "theme": "plaid",
                "text_percent": 151,
                "speech_words_per_minute": True,
                "company": "Acme",
                "microphone": 3,
            }
        )
    )
    assert load_settings(file) == Settings(company="Acme")


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"", b"[1, 2]", b"null"])
def test_a_damaged_file_is_set_aside_and_not_lost(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    assert load_settings(file) == Settings()
    assert (tmp_path / "settings.damaged.json").read_bytes() == content


def test_a_folder_that_is_missing_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        save_settings(tmp_path / "missing" / "settings.json", CHOSEN)


@pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's folder by its access list")
def test_the_settings_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    save_settings(tmp_path / "settings.json", CHOSEN)
    assert stat.S_IMODE((tmp_path / "settings.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ['{"theme": []}', "[" * 100_000])
def test_odd_json_gives_the_defaults(tmp_path: Path, content: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content)
    assert load_settings(file) == Settings()


def test_the_new_settings_are_on_the_disk_before_they_take_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, fsync = tmp_path / "settings.json", os.fsync
    on_disk = []

    def look(number: int) -> None:
        fsync(number)
        (draft,) = tmp_path.glob("*.new")
        on_disk.append((json.loads(draft.read_text())["company"], load_settings(file)))

    save_settings(file, CHOSEN)
    monkeypatch.setattr(os, "fsync", look)
    save_settings(file, Settings(company="Acme"))
    assert on_disk == [("Acme", CHOSEN)]
    assert list(tmp_path.iterdir()) == [file]


def test_two_programs_that_save_at_once_do_not_write_into_each_other_s_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, fsync = tmp_path / "settings.json", os.fsync

    def overtaken(number: int) -> None:
        monkeypatch.setattr(os, "fsync", fsync)
        with ThreadPoolExecutor(1) as other:
            other.submit(save_settings, file, Settings(company="A name far longer than the other")).result()
        fsync(number)

    monkeypatch.setattr(os, "fsync", overtaken)
    save_settings(file, CHOSEN)
    assert load_settings(file) == CHOSEN
    assert list(tmp_path.iterdir()) == [file]


def test_a_draft_that_cannot_be_written_whole_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        save_settings(tmp_path / "settings.json", CHOSEN)
    assert list(tmp_path.iterdir()) == []
