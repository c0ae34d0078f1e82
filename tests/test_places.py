"""Where things lie: in the checkout, in an installed wheel, in a frozen build."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from whypm import places
from whypm.domain.errors import StorageError
from whypm.places import find_places, prepare


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


def test_a_frozen_build_finds_what_lies_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "assets").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert (find_places().content, find_places().assets) == (tmp_path / "content", tmp_path / "assets")


@pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's folder by its access list")
def test_the_user_s_folders_are_made_for_their_owner_only(tmp_path: Path) -> None:
    made = find_places(tmp_path / "data")
    (tmp_path / "data").mkdir(mode=0o755)
    prepare(made)
    for folder in (made.data, made.recordings, made.packs, made.models, made.spoken, made.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


def test_a_data_folder_that_is_a_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StorageError, match="cannot be written") as raised:
        prepare(find_places(tmp_path / "data"))
    assert "--data-dir" in raised.value.remedy
