import os
import random
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from whypm.domain.errors import ModelError, StorageError
from whypm.transcription.models.catalogue import CATALOGUE, DEFAULT_MODEL, find_model
from whypm.transcription.models.shelf import ModelFolder, ModelShelf

BASE_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"


@pytest.fixture
def own_shelf(tmp_path: Path) -> ModelShelf:
    return ModelShelf(tmp_path / "models")


@pytest.fixture
def copy(tiny: ModelFolder, tmp_path: Path) -> Path:
    """A folder with the files of tiny.en, to be spoilt."""
    return Path(shutil.copytree(tiny.path, tmp_path / "copy"))


def spoil(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(1000)
        byte = stream.read(1)
        stream.seek(1000)
        stream.write(bytes([byte[0] ^ 1]))


def test_the_default_model_comes_with_the_program_and_is_joined_once(tmp_path: Path) -> None:
    shelf = ModelShelf(tmp_path / "models")
    model = shelf.resolve(DEFAULT_MODEL)
    assert model == ModelFolder("base", tmp_path / "models" / "base", BASE_SHA256)
    if os.name == "posix":  # Windows guards the user's folder by its access list
        assert model.path.stat().st_mode & 0o077 == 0
        assert all(file.stat().st_mode & 0o077 == 0 for file in model.path.iterdir())
    joined = (model.path / "model.bin").stat().st_mtime_ns
    assert ModelShelf(tmp_path / "models").resolve(DEFAULT_MODEL) == model
    assert (model.path / "model.bin").stat().st_mtime_ns == joined
    assert {path.name for path in (tmp_path / "models").iterdir()} == {"base", "checked.json"}


def test_a_model_in_one_package_is_used_where_it_lies(own_shelf: ModelShelf, tmp_path: Path) -> None:
    model = own_shelf.resolve("tiny.en")
    assert tmp_path not in model.path.parents


def test_installed_lists_what_can_be_used_at_once(own_shelf: ModelShelf, copy: Path) -> None:
    assert [model.name for model in own_shelf.installed()] == ["tiny.en", "base"]
    (copy / "model.bin").write_bytes(b"other weights")
    own_shelf.install_from_file(copy)
    assert [model.name for model in own_shelf.installed()] == ["tiny.en", "base", "copy"]


def test_a_changed_byte_is_noticed_though_size_and_name_are_right(own_shelf: ModelShelf, copy: Path) -> None:
    assert own_shelf.resolve(str(copy)).name == "copy"
    spoil(copy / "model.bin")
    with pytest.raises(ModelError, match=r"model\.bin is damaged"):
        own_shelf.resolve(str(copy))


def test_weights_of_ones_own_are_accepted_with_their_checksum(own_shelf: ModelShelf, copy: Path) -> None:
    spoil(copy / "model.bin")
    with pytest.raises(ModelError) as caught:
        own_shelf.resolve(str(copy))
    assert "SHA256SUMS" in caught.value.remedy
    import hashlib

    digest = hashlib.sha256((copy / "model.bin").read_bytes()).hexdigest()
    (copy / "SHA256SUMS").write_text(f"{digest} *model.bin\n")
    assert own_shelf.resolve(str(copy)).sha256 == digest


def test_verify_reads_the_files_even_where_time_and_size_stayed_the_same(
    own_shelf: ModelShelf, copy: Path
) -> None:
    own_shelf.resolve(str(copy))
    state = (copy / "model.bin").stat()
    spoil(copy / "model.bin")
    os.utime(copy / "model.bin", ns=(state.st_atime_ns, state.st_mtime_ns))
    with pytest.raises(ModelError, match=r"model\.bin is damaged"):
        own_shelf.verify(str(copy))


@pytest.mark.parametrize("name", ["config.json", "model.bin", "tokenizer.json", "vocabulary.txt"])
def test_a_folder_without_one_of_the_files_is_refused(own_shelf: ModelShelf, copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelError, match=f"not a whole Whisper model: {name}.* missing"):
        own_shelf.resolve(str(copy))


def test_an_unknown_name_and_a_model_not_installed_say_what_to_do(own_shelf: ModelShelf) -> None:
    with pytest.raises(ModelError, match="no model or folder called huge") as unknown:
        own_shelf.resolve("huge")
    assert "models list" in unknown.value.remedy
    with pytest.raises(ModelError, match=r"small\.en is not installed") as missing:
        own_shelf.resolve("small.en")
    assert "models install small.en" in missing.value.remedy


@pytest.mark.parametrize("kind", ["zip", "tar", "folder"])
def test_a_model_is_installed_from_a_file(
    own_shelf: ModelShelf, copy: Path, tmp_path: Path, kind: str
) -> None:
    (copy / "model.bin").write_bytes(b"weights of my own")
    source = tmp_path / f"mine.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(source, "w") as archive:
            for file in copy.iterdir():
                archive.write(file, f"some/folder/{file.name}")
    elif kind == "tar":
        with tarfile.open(source, "w:gz", compresslevel=1) as tar:
            tar.add(copy, "inside")
    else:
        copy.rename(source)
    model = own_shelf.install_from_file(source)
    assert model.name == {"zip": "mine", "tar": "mine", "folder": "mine.folder"}[kind]
    assert (model.path / "model.bin").read_bytes() == b"weights of my own"
    assert own_shelf.resolve(model.name) == model
    own_shelf.remove(model.name)
    assert not model.path.exists()


def test_a_known_model_from_a_file_gets_its_own_name(own_shelf: ModelShelf, copy: Path) -> None:
    assert own_shelf.install_from_file(copy).name == "tiny.en"


def test_an_archive_cannot_write_outside_its_folder(
    own_shelf: ModelShelf, copy: Path, tmp_path: Path
) -> None:
    source = tmp_path / "evil.tar"
    with tarfile.open(source, "w") as tar:
        for file in copy.iterdir():
            tar.add(file, f"../../escaped/{file.name}")
        link = tarfile.TarInfo("preprocessor_config.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    model = own_shelf.install_from_file(source)
    assert not (tmp_path / "escaped").exists()
    assert not (model.path / "preprocessor_config.json").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a zip", b"just text"])
def test_what_is_no_archive_is_refused(own_shelf: ModelShelf, tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "model.zip"
    source.write_bytes(content)
    with pytest.raises(ModelError, match="not a whole"):
        own_shelf.install_from_file(source)


def packed(folder: Path, kind: str) -> Path:
    """Return an archive of a folder's files, as ``kind`` names it."""
    archive = folder.with_name(f"mine.{kind}")
    if kind.startswith("zip"):
        method = {"zip": zipfile.ZIP_DEFLATED, "zip.bz2": zipfile.ZIP_BZIP2, "zip.xz": zipfile.ZIP_LZMA}[kind]
        with zipfile.ZipFile(archive, "w", method) as packing:
            for file in folder.iterdir():
                packing.write(file, file.name)
    else:
        with tarfile.open(archive, f"w:{kind.rpartition('.')[2]}") as tar:  # type: ignore[call-overload] # one of three
            tar.add(folder, "inside")
    return archive


@pytest.mark.parametrize("kind", ["tar.gz", "tar.bz2", "tar.xz", "zip", "zip.bz2", "zip.xz"])
def test_an_archive_that_was_damaged_on_its_way_is_refused_as_such(
    own_shelf: ModelShelf, copy: Path, kind: str
) -> None:
    (copy / "model.bin").write_bytes(random.Random(5).randbytes(3_000_000))
    source = packed(copy, kind)
    damaged = bytearray(source.read_bytes())
    middle = len(damaged) // 2
    damaged[middle : middle + 200] = bytes(200)
    source.write_bytes(damaged)
    with pytest.raises(ModelError, match="not a whole zip or tar file") as raised:
        own_shelf.install_from_file(source)
    assert "Fetch it again" in raised.value.remedy
    assert [model.name for model in own_shelf.installed()] == ["tiny.en", "base"]


def test_an_archive_that_is_locked_with_a_password_says_so(own_shelf: ModelShelf, copy: Path) -> None:
    (copy / "model.bin").write_bytes(b"weights of my own")
    source = packed(copy, "zip")
    locked = bytearray(source.read_bytes())
    for entry, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(entry)
        while place >= 0:
            locked[place + flags] |= 1
            place = locked.find(entry, place + 1)
    source.write_bytes(locked)
    with pytest.raises(ModelError, match="locked with a password"):
        own_shelf.install_from_file(source)


def test_another_model_of_the_same_name_is_refused_and_not_taken_for_the_one_that_is_there(
    own_shelf: ModelShelf, copy: Path
) -> None:
    (copy / "model.bin").write_bytes(b"weights of my own")
    first = own_shelf.install_from_file(copy)
    assert own_shelf.install_from_file(copy) == first
    (copy / "model.bin").write_bytes(b"weights that I trained on")
    with pytest.raises(ModelError, match="another model called copy") as raised:
        own_shelf.install_from_file(copy)
    assert "models remove copy" in raised.value.remedy
    own_shelf.remove("copy")
    assert own_shelf.install_from_file(copy).sha256 != first.sha256


@pytest.mark.parametrize("content", [b"", b"RIFF, a recording", b"PK\x03\x04 cut off"])
def test_a_file_of_another_kind_is_refused_in_one_line(
    own_shelf: ModelShelf, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "answer.wav").write_bytes(content)
    with pytest.raises(ModelError) as raised:
        own_shelf.install_from_file(tmp_path / "answer.wav")
    assert raised.value.message == f"{tmp_path / 'answer.wav'} is not a whole zip or tar file."


def test_a_model_that_comes_with_whypm_is_told_as_such_where_it_is_to_be_removed(
    own_shelf: ModelShelf,
) -> None:
    with pytest.raises(ModelError, match=r"tiny\.en comes with WhyPM"):
        own_shelf.remove("tiny.en")


def test_a_missing_file_is_refused(own_shelf: ModelShelf, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        own_shelf.install_from_file(tmp_path / "nothing.zip")


def test_a_name_cannot_lead_out_of_the_shelf(own_shelf: ModelShelf, copy: Path) -> None:
    for name in ("../copy", str(copy), ".", "..", ""):
        with pytest.raises(ModelError, match="to remove"):
            own_shelf.remove(name)
    assert copy.is_dir()


def test_a_shelf_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    shelf = ModelShelf(tmp_path / "file" / "models")
    with pytest.raises(StorageError, match="Nothing can be stored") as caught:
        shelf.resolve("base")
    assert "--data-dir" in caught.value.remedy
    assert shelf.resolve("tiny.en").name == "tiny.en"


def test_a_full_disk_says_so_and_leaves_nothing_behind(
    tmp_path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("whypm.transcription.models.shelf.join_parts", full)
    with pytest.raises(StorageError, match="the disk is full"):
        ModelShelf(tmp_path / "models").resolve("base")
    assert list((tmp_path / "models").iterdir()) == []
    assert copy.is_dir()


def test_models_that_an_installer_laid_down_are_found(tmp_path: Path, copy: Path) -> None:
    (tmp_path / "shipped").mkdir()
    copy.rename(tmp_path / "shipped" / "tiny.en")
    shelf = ModelShelf(tmp_path / "models", shipped=tmp_path / "shipped")
    assert shelf.resolve("tiny.en").path == tmp_path / "shipped" / "tiny.en"


def test_every_model_of_the_catalogue_has_a_name_of_its_own_and_whole_checksums() -> None:
    names = [model.name for model in CATALOGUE]
    assert len(set(names)) == len(names)
    for file in (file for model in CATALOGUE for file in model.files):
        assert len(file.sha256) == 64
        assert set(file.sha256) <= set("0123456789abcdef")
    default = find_model(DEFAULT_MODEL)
    assert default is not None
    assert default.packaged
