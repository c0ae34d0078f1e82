"""The real recordings beside the repository, with their references."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SPEECH_FOLDER = Path(__file__).parents[3].parent / "shared" / "speech"


@dataclass(frozen=True, slots=True)
class TestRecording:
    """One recording; ``verbatim`` says whether its reference keeps the hesitations."""

    name: str
    path: Path
    reference: str | None
    verbatim: bool


def require_recordings(folder: Path = SPEECH_FOLDER) -> None:
    """End the program with a sentence where there is nothing to measure: a clone comes without recordings."""
    if not folder.is_dir():
        sys.exit(f"There is no folder {folder}: the recordings to measure are not part of the repository.")


def recordings(folder: Path = SPEECH_FOLDER) -> Iterator[TestRecording]:
    """Yield what ``MANIFEST.tsv`` lists; in a folder without one, every WAV with a ``.ref.txt`` beside it."""
    manifest = folder / "MANIFEST.tsv"
    if not manifest.is_file():
        for path in sorted(folder.glob("*.wav")):
            yield TestRecording(path.name, path, _reference(path), verbatim=False)
        return
    with manifest.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            path = folder / row["file"]
            yield TestRecording(row["file"], path, _reference(path), row["fillers_verbatim"] == "yes")


def _reference(path: Path) -> str | None:
    file = path.with_suffix(".ref.txt")
    return file.read_text(encoding="utf-8") if file.is_file() else None
