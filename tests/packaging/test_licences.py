"""Nothing under the GPL is bundled, and the words of every licence come along: tried on the real packages."""

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

import bundle
import licence_table
import licences
from components import Row, UnknownOriginError, components

ROOT = Path(__file__).parents[2]
BUNDLED = (
    "numpy",
    "soxr",
    "soundfile",
    "sounddevice",
    "faster-whisper",
    "ctranslate2",
    "onnxruntime",
    "swift-f0",
    "tokenizers",
    "PySide6-Essentials",
    "shiboken6",
    "pyttsx3",
    "platformdirs",
    "tqdm",
    "huggingface-hub",
)


def rows_of(
    package: str, pattern: str = r".*\.(py|so[.\d]*|dylib|dll|pyd)$", kind: str = "DATA"
) -> list[Row]:
    """Rows as PyInstaller would have them, for some files of an installed package."""
    try:
        files = distribution(package).files or ()
    except PackageNotFoundError:
        pytest.skip(f"{package} is not installed on this system")
    found = [file for file in files if re.fullmatch(pattern, str(file)) and ".." not in file.parts]
    return [(str(file), str(file.locate()), kind) for file in found]


@pytest.mark.parametrize(
    ("expression", "permitted"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND 0BSD AND MIT", True),
        ("LGPL-3.0-only", True),
        ("LGPL-3.0-only OR GPL-3.0-only", True),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", True),
        ("GPL-2.0-or-later", False),
        ("MIT AND GPL-2.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_a_licence_is_permitted_only_if_one_of_its_choices_is(expression: str, permitted: bool) -> None:
    assert licences.is_permitted(expression) is permitted


def test_every_bundled_package_may_be_passed_on_and_brings_its_words(tmp_path: Path) -> None:
    rows = [row for package in BUNDLED for row in rows_of(package)]
    entries = {entry.name: entry for entry in licences.collect(rows, tmp_path)}
    assert {package.lower() for package in BUNDLED} <= entries.keys()
    for entry in entries.values():
        assert licences.is_permitted(entry.licence), entry
    folders = [folder for folder in tmp_path.iterdir() if folder.is_dir()]
    assert len(folders) == len({name.partition(",")[0] for name in entries})
    for folder in folders:
        assert max(file.stat().st_size for file in folder.iterdir()) > 500, folder


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into Linux wheels")
@pytest.mark.parametrize(
    ("package", "pattern"), [("av", r".*libx26[45].*"), ("espeakng-loader", r".*\.so.*")]
)
def test_a_library_under_the_gpl_is_refused_whatever_its_package_says_of_itself(
    package: str, pattern: str, tmp_path: Path
) -> None:
    rows = rows_of(package, pattern, "BINARY")
    assert rows
    with pytest.raises(licences.LicenceError, match="under the GPL"):
        licences.collect(rows, tmp_path)


def test_a_package_whose_licence_nobody_knows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(licence_table, "PACKAGES", {})
    monkeypatch.setattr(licences, "PACKAGES", {})
    with pytest.raises(licences.LicenceError, match="tokenizers: no licence known"):
        licences.collect(rows_of("tokenizers"), tmp_path)


def test_a_file_from_nowhere_is_refused(tmp_path: Path) -> None:
    stranger = tmp_path / "libstranger.so"
    with pytest.raises(UnknownOriginError, match="libstranger"):
        components([("libstranger.so", str(stranger), "BINARY")])


def test_a_library_inside_a_package_is_listed_by_itself(tmp_path: Path) -> None:
    rows = rows_of("numpy", r"numpy\.libs/.*|numpy/__init__\.py")
    if len(rows) < 3:
        pytest.skip("numpy brings no libraries of its own on this system")
    entries = {entry.name: entry for entry in licences.collect(rows, tmp_path)}
    assert entries["OpenBLAS"].licence == "BSD-3-Clause"
    assert entries["OpenBLAS"].inside == f"numpy {distribution('numpy').version}"
    assert entries["GCC's runtime libraries"].licence.endswith("GCC-exception-3.1")
    assert entries["numpy"].version == distribution("numpy").version


def test_the_lgpl_comes_with_its_text_and_how_to_replace_a_library(tmp_path: Path) -> None:
    licences.collect(rows_of("PySide6-Essentials", r"PySide6/Qt/lib/.*|PySide6/QtCore.*\.so"), tmp_path)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (tmp_path / "Qt" / "LGPL-3.0.txt").read_text("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in (tmp_path / "Qt" / "GPL-3.0.txt").read_text("utf-8")
    told = (tmp_path / "README.txt").read_text("utf-8")
    assert "Replacing a library" in told
    assert "Qt in pyside6-essentials" in told
    assert "https://code.qt.io" in told


def test_the_list_is_there_for_programs_too(tmp_path: Path) -> None:
    entries = licences.collect(rows_of("soxr"), tmp_path)
    told = json.loads((tmp_path / licences.INDEX).read_text("utf-8"))
    assert [row["name"] for row in told] == [entry.name for entry in entries]
    assert all(row["licence"] for row in told)


def test_every_text_that_the_table_names_exists() -> None:
    for part in (*licence_table.PARTS, *licence_table.PACKAGES.values()):
        for name in part.texts:
            assert (licences.TEXTS / name).is_file() or (bundle.ROOT / name).is_file(), f"{part.name}: {name}"
        assert licences.is_permitted(part.expression), part.name
