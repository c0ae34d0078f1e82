"""Answers to report on: the labelled ones beside the repository, and speech made of text."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from whypm.content.loader import load_pack
from whypm.domain.consistency import KeptAnswer
from whypm.domain.content import Pack
from whypm.domain.feedback import AskedQuestion, EvidenceSentence, ItemVerdict, Level
from whypm.domain.transcript import Recognition, Span, Word
from whypm.feedback.fillers.phrase_judge import PhraseJudge
from whypm.feedback.reports.report import build_report
from whypm_lab.speech.lab_model import lab_phrases

ANSWERS = Path(__file__).parents[3] / "shared" / "answers"
PACK = load_pack(Path(__file__).parents[2] / "content" / "why-pm")
WORD_SECONDS = 0.4
VOICE_SECONDS = 0.35


@dataclass(frozen=True)
class LabelledAnswer:
    """One answer of the shared set: its sentences, and the items of each by its number."""

    id: str
    question: str
    sentences: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]


class LabelJudge:
    """Judges by labels that people gave, with one confidence for all."""

    def __init__(self, labels: Mapping[str, Mapping[str, str]], confidence: float = 0.9) -> None:
        self._labels = labels
        self._confidence = confidence

    def judge(self, sentences: Sequence[str], *, company: str | None = None) -> tuple[ItemVerdict, ...]:
        del company
        return tuple(self._verdict(item.id, len(sentences)) for item in PACK.checklist)

    def _verdict(self, item_id: str, sentences: int) -> ItemVerdict:
        carrying = [
            EvidenceSentence(int(number), Level(items[item_id]))
            for number, items in self._labels.items()
            if item_id in items and int(number) < sentences  # two short ones may have become one
        ]
        carrying.sort(key=lambda evidence: (evidence.level is not Level.EVIDENCE, evidence.sentence))
        level = carrying[0].level if carrying else Level.MISSING
        item = PACK.item(item_id)
        assert item is not None
        return ItemVerdict(item_id, item.group, level, self._confidence, tuple(carrying))


@pytest.fixture(scope="session")
def pack() -> Pack:
    return PACK


@pytest.fixture(scope="session")
def answers() -> list[LabelledAnswer]:
    """Every labelled answer, author by author."""
    if not ANSWERS.is_dir():
        pytest.skip("the labelled answers beside the repository are not here")
    rows = [
        json.loads(line)
        for path in sorted(ANSWERS.glob("author_*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [
        LabelledAnswer(row["id"], row["question"], tuple(row["sentences"]), row["labels"]) for row in rows
    ]


@pytest.fixture(scope="session")
def judge_by() -> type[LabelJudge]:
    return LabelJudge


@pytest.fixture(scope="session")
def speak() -> Callable[..., Recognition]:
    """Make speech of sentences: 150 words a minute, the first after 1 s, a silence after each sentence."""

    def spoken(
        sentences: Sequence[str],
        *,
        silence_seconds: float = 0.6,
        word_seconds: float = WORD_SECONDS,
        opening_seconds: float = 1.0,
        language: str = "en",
    ) -> Recognition:
        words: list[Word] = []
        voiced: list[Span] = []
        now = start = opening_seconds
        for sentence in sentences:
            start = now
            for token in sentence.split():
                words.append(Word(f" {token}", now, now + word_seconds * 0.9, 0.9))
                now += word_seconds
            voiced.append(Span(start, now))
            now += silence_seconds
        return Recognition("base", language, 0.98, now + 0.5, tuple(words), tuple(voiced))

    return spoken


@pytest.fixture
def verdicts_on() -> Callable[..., tuple[ItemVerdict, ...]]:
    """Make verdicts: ``collaboration=(0, "mention")`` and so on; all other items are missing for sure."""

    def verdicts(confidence: float = 0.9, **shown: tuple[int, str]) -> tuple[ItemVerdict, ...]:
        made = []
        for item in PACK.checklist:
            if item.id in shown:
                sentence, level = shown[item.id][0], Level(shown[item.id][1])
                evidence = (EvidenceSentence(sentence, level),)
                made.append(ItemVerdict(item.id, item.group, level, confidence, evidence))
            else:
                made.append(ItemVerdict(item.id, item.group, Level.MISSING, confidence))
        return tuple(made)

    return verdicts


@pytest.fixture(scope="session")
def phrases() -> PhraseJudge:
    """What tells fillers from words that are meant, as it is shipped."""
    return lab_phrases()


@pytest.fixture
def answered(pack: Pack, judge_by: type) -> Callable[..., KeptAnswer]:
    """Make a kept answer of sentences and labels; all that is not labelled is missing for sure."""

    question = AskedQuestion("plain-1", "Why product management?")

    def make(
        answer_id: str,
        sentences: Sequence[str],
        labels: Mapping[str, Mapping[str, str]] | None = None,
        *,
        confidence: float = 0.9,
    ) -> KeptAnswer:
        judge = judge_by(labels or {}, confidence=confidence)
        return KeptAnswer(answer_id, build_report(question, pack, judge, text=" ".join(sentences)))

    return make
