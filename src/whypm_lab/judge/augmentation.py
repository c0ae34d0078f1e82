"""Variation of labelled answers, so that the judge learns what is said and not how it was written down.

Every step keeps the labels true. A *segment* is what the network is shown as one sentence; ``sources`` says
which labelled sentences it came from, because recognisers merge and split sentences.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from whypm_lab.judge.answers import ITEMS, LabelledAnswer
from whypm_lab.judge.recasting import deny, lend

_FILLERS = ("um", "uh", "er", "like", "you know", "I mean", "so", "well", "sort of", "basically", "yeah")
#: Words that recognisers take for one another; every pair sounds alike in some accent.
_SOUND_ALIKES = (
    ("right", "write"), ("there", "their"), ("role", "roll"), ("led", "let"), ("hole", "whole"),
    ("road map", "rode map"), ("customers", "costumers"), ("feature", "future"), ("sales", "sails"),
    ("team", "theme"), ("need", "kneed"), ("one", "won"), ("launch", "lunch"), ("wait", "weight"),
    ("product", "products"), ("users", "user's"), ("stakeholders", "stake holders"), ("data", "date a"),
    ("build", "billed"), ("new", "knew"), ("our", "are"), ("would", "wood"), ("sell", "cell"),
    ("sprint", "spring"), ("worked", "work"), ("asked", "ask"), ("decided", "decide"), ("plan", "plane"),
)  # fmt: skip
_SWAPS = {a: b for pair in _SOUND_ALIKES for a, b in (pair, pair[::-1])}
_ABOUT_SELF = ("passion", "experience", "strategy", "collaboration", "path", "aspiration")
_PERSONAL = tuple(ITEMS.index(item) for item in _ABOUT_SELF)
#: A level that the labels cannot tell (kept out of the loss).
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Segmented:
    """An answer as the network sees it: ``sources[s]`` are the labelled sentences inside segment ``s``."""

    answer: LabelledAnswer
    segments: tuple[str, ...]
    sources: tuple[tuple[int, ...], ...]


def as_written(answer: LabelledAnswer) -> Segmented:
    """The answer unchanged, a segment a sentence."""
    return Segmented(answer, answer.sentences, tuple((index,) for index in range(len(answer.sentences))))


def vary(answer: LabelledAnswer, rng: random.Random) -> Segmented:
    """One random variation: sentences left out or turned, split and merged, words and marks disturbed."""
    if rng.random() < 0.35:
        answer = _leave_out(answer, rng)
    if rng.random() < 0.40:
        answer = _turn(answer, rng)
    segmented = as_written(answer)
    if rng.random() < 0.30:
        segmented = _resegment(segmented, rng)
    segments = segmented.segments
    if rng.random() < 0.35:
        rate = rng.uniform(0.02, 0.10)
        segments = tuple(_disturb(segment, rate, rng) for segment in segments)
    if rng.random() < 0.30:
        segments = tuple(_without_marks(segment) for segment in segments)
    return replace(segmented, segments=segments)


def _leave_out(answer: LabelledAnswer, rng: random.Random) -> LabelledAnswer:
    keep = [index for index in range(len(answer.sentences)) if rng.random() > 0.2]
    if not keep:
        return answer
    return _pick(answer, keep)


def _pick(answer: LabelledAnswer, keep: Sequence[int]) -> LabelledAnswer:
    sentences = tuple(answer.sentences[index] for index in keep)
    return replace(answer, sentences=sentences, levels=tuple(answer.levels[index] for index in keep))


def _turn(answer: LabelledAnswer, rng: random.Random) -> LabelledAnswer:
    """Deny some sentences or tell them of somebody else: by the guideline their labels fall."""
    sentences, levels = list(answer.sentences), list(answer.levels)
    for index, sentence in enumerate(answer.sentences):
        if rng.random() > 0.3:
            continue
        denied, lent = deny(sentence, rng), lend(sentence, rng)
        if denied is not None and (lent is None or rng.random() < 0.4):
            sentences[index], levels[index] = denied, (0,) * len(ITEMS)
        elif lent is not None:
            # What a reason says of the role itself survives; UNKNOWN keeps it out of the loss.
            sentences[index] = lent
            levels[index] = tuple(
                0 if item in _PERSONAL or level == 0 else UNKNOWN for item, level in enumerate(levels[index])
            )
    return replace(answer, sentences=tuple(sentences), levels=tuple(levels))


def _resegment(segmented: Segmented, rng: random.Random) -> Segmented:
    segments: list[str] = []
    sources: list[tuple[int, ...]] = []
    for index, sentence in enumerate(segmented.segments):
        chance = rng.random()
        words = sentence.split()
        if chance < 0.2 and segments:
            segments[-1] = f"{segments[-1]} {sentence}"
            sources[-1] = (*sources[-1], index)
        elif chance < 0.35 and len(words) >= 10:
            cut = rng.randrange(4, len(words) - 3)
            segments += [" ".join(words[:cut]), " ".join(words[cut:])]
            sources += [(index,), (index,)]
        else:
            segments.append(sentence)
            sources.append((index,))
    return Segmented(segmented.answer, tuple(segments), tuple(sources))


def _disturb(sentence: str, rate: float, rng: random.Random) -> str:
    words: list[str] = []
    for word in sentence.split():
        chance = rng.random()
        if chance < rate * 0.4:
            continue
        if chance < rate:
            words.append(rng.choice(_FILLERS))
        elif chance < rate * 1.3:
            words.append(word)
        words.append(_SWAPS.get(word.lower(), word) if rng.random() < 4 * rate else word)
    return " ".join(words) or sentence


def _without_marks(sentence: str) -> str:
    return re.sub(r"(?<!\w)['\"]|['\"](?!\w)|[.,;:!?()—–-]+", " ", sentence).lower()
