"""Labelled answers: what the judge is trained and measured on."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"

ITEMS = (
    "passion",
    "experience",
    "strategy",
    "collaboration",
    "company",
    "change",
    "skills",
    "contribution",
    "path",
    "aspiration",
)
LEVELS = ("missing", "mention", "evidence")

#: The files that came with the labelling guideline, one author each; figures are given on these.
CORE_AUTHORS = ("a", "c", "e", "f", "g", "h", "i", "j", "k")


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """One answer; ``levels[s][i]`` is 0 missing, 1 mention, 2 evidence for sentence ``s`` and item ``i``."""

    id: str
    author: str
    question: str
    sentences: tuple[str, ...]
    levels: tuple[tuple[int, ...], ...]

    @property
    def answer_levels(self) -> tuple[int, ...]:
        """The highest level of any sentence, an item at a time (the guideline's definition)."""
        return tuple(max(column) for column in zip(*self.levels, strict=True))


def read_answers(path: Path, author: str) -> list[LabelledAnswer]:
    """Read one file of labelled answers (JSON lines); raise ValueError naming the line that is wrong."""
    answers = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            answers.append(_answer(json.loads(line), author))
        except (KeyError, TypeError, ValueError) as error:
            message = f"{path.name}, line {number}: not a labelled answer ({error!r})"
            raise ValueError(message) from error
    return answers


def _answer(record: Mapping[str, object], author: str) -> LabelledAnswer:
    sentences = tuple(str(sentence) for sentence in _sequence(record["sentences"]))
    if not sentences:
        raise ValueError("no sentences")
    labels = record["labels"]
    if not isinstance(labels, Mapping):
        raise TypeError("labels must map a sentence's number to its items")
    stray = set(labels) - {str(index) for index in range(len(sentences))}
    if stray:
        raise ValueError(f"labels for sentences that are not there: {sorted(stray)}")
    levels = tuple(_sentence_levels(labels.get(str(index), {})) for index in range(len(sentences)))
    return LabelledAnswer(str(record["id"]), author, str(record.get("question", "")), sentences, levels)


def _sequence(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise TypeError("sentences must be a list")
    return value


def _sentence_levels(labels: Mapping[str, str]) -> tuple[int, ...]:
    unknown = set(labels) - set(ITEMS)
    if unknown:
        raise ValueError(f"unknown items {sorted(unknown)}")
    return tuple(LEVELS.index(labels.get(item, "missing")) for item in ITEMS)


def load_authors(authors: Iterable[str] | None = None, folder: Path = DATA) -> list[LabelledAnswer]:
    """Every labelled answer of the named authors (all that have a file in ``folder`` by default)."""
    if authors is None:
        authors = sorted(path.stem.removeprefix("author_") for path in folder.glob("author_*.jsonl"))
    paths = {author: folder / f"author_{author}.jsonl" for author in authors}
    return [answer for author, path in paths.items() for answer in read_answers(path, author)]
