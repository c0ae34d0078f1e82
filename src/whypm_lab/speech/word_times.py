"""When each word of a recording was said, by forced alignment that people have published with it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from whypm.domain.transcript import Word
from whypm.transcription.words.readings import plain_form
from whypm_lab.speech.recordings import SPEECH_FOLDER


@dataclass(frozen=True, slots=True)
class TimedRecording:
    """A recording with the times of its words."""

    name: str
    path: Path
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class TimeErrors:
    """How far recognised words are from their reference, in seconds; positive is late."""

    starts: tuple[float, ...]
    ends: tuple[float, ...]


def timed_recordings(folder: Path = SPEECH_FOLDER) -> Iterator[TimedRecording]:
    """Yield the recordings that have a ``.words.json`` (LibriVox) or a ``.TextGrid`` (MFA) beside them."""
    for path in sorted([*folder.rglob("*.words.json"), *folder.rglob("*.TextGrid")]):
        stem = path.name.split(".")[0]
        sound = next(each for each in path.parent.glob(f"{stem}.*") if each.suffix in {".flac", ".wav"})
        read = _aligned_words if path.suffix == ".json" else _textgrid_words
        yield TimedRecording(f"{path.parent.name}/{stem}", sound, tuple(read(path)))


def time_errors(reference: Sequence[Word], recognised: Sequence[Word]) -> TimeErrors:
    """Return the errors of the words that both have, in their order."""
    expected = [plain_form(word.text) for word in reference]
    heard = [plain_form(word.text) for word in recognised]
    pairs = [
        (reference[block.a + step], recognised[block.b + step])
        for block in SequenceMatcher(None, expected, heard, autojunk=False).get_matching_blocks()
        for step in range(block.size)
    ]
    return TimeErrors(
        tuple(ours.start - theirs.start for theirs, ours in pairs),
        tuple(ours.end - theirs.end for theirs, ours in pairs),
    )


def _aligned_words(path: Path) -> Iterator[Word]:
    """Words with begin and duration; "to(3)" is the third way to say "to", and "<sil>" is none."""
    for word in json.loads(path.read_text(encoding="utf-8"))["w"]:
        text = word["t"].partition("(")[0]
        if not text.startswith("<"):
            yield Word(text, word["b"], word["b"] + word["d"], word["p"])


def _textgrid_words(path: Path) -> Iterator[Word]:
    """Words of the tier "words" of a TextGrid in Praat's short form: start, end and label, a line each."""
    lines = path.read_text(encoding="utf-8").splitlines()
    begin = lines.index('"words"')
    count = int(lines[begin + 3])
    rows = lines[begin + 4 : begin + 4 + 3 * count]
    for start, end, label in zip(rows[::3], rows[1::3], rows[2::3], strict=True):
        text = label.strip('"')
        if text and not text.startswith(("<", "[")):
            yield Word(text, float(start), float(end), 1.0)
